// Measures in the window, not tests: `go run ./build bench window` runs them.
import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

// One after the other: beside another one they would measure that too.
export default defineConfig({ ...tests, testMatch: '*.bench.ts', timeout: 0, workers: 1 })
