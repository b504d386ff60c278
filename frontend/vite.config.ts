// How the window is built and tested. What the content security policy forbids
// (inline code, foreign hosts) must not appear in the build.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // The tests mount components, so they need Svelte's browser half.
  resolve: mode === 'test' ? { conditions: ['browser'] } : undefined,
  build: {
    target: ['safari16.4', 'chrome120'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // Its build for Node has no default export.
    server: { deps: { inline: ['@panzoom/panzoom'] } },
    testTimeout: 60_000,
  },
}))
