// End-to-end tests: the built app with its real back end, in a browser and in
// its own window. `go run ./build test` builds what they need and runs them.
import { defineConfig } from '@playwright/test'

const browser = process.env.VERIDESK_BROWSER ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: '.',
  // Not *.test.ts: those are vitest's.
  testMatch: '*.e2e.ts',
  outputDir: '.results',
  // A test waits about as long as it works: two at a time, each with a display, keep two cores busy.
  workers: 2,
  // Far more than a quiet machine needs: these are no tests of speed.
  timeout: 600_000,
  expect: {
    timeout: 30_000,
    // Other builds of the browser draw some edges otherwise; what moves takes along all that follows it, and is far more.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01 },
  },
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 820 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.platform === 'linux' ? browser : process.env.VERIDESK_BROWSER,
      channel: { win32: 'msedge', darwin: 'chrome' }[process.platform as string],
      // The last three keep the browser from calling its maker.
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
