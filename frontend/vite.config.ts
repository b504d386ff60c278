// How the window is built and tested. What the content security policy forbids
// (inline code, foreign hosts) must not appear in the build.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { readMessages } from './src/lib/read-messages.ts'

/** Reads the ICU messages while the window is built, so that no parser of them is in it. */
const readAhead: Plugin = {
  name: 'read-messages',
  enforce: 'pre',
  transform(text, file) {
    if (!/\/locales\/\w+\.json$/.test(file)) return undefined
    return JSON.stringify(readMessages(JSON.parse(text) as Record<string, string>))
  },
}
const withoutParser = { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' }

export default defineConfig(({ mode }) => ({
  plugins: mode === 'production' ? [readAhead, svelte()] : [svelte()],
  // The tests mount components, so they need Svelte's browser half.
  resolve: mode === 'test' ? { conditions: ['browser'] } : mode === 'production' ? { alias: withoutParser } : undefined,
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
    hookTimeout: 60_000,
  },
}))
