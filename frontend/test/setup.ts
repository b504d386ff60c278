// What jsdom lacks of a browser's layout, and a clean page after each test.
import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// Waiting ends with what is waited for; this only bounds a failure on a busy machine.
configure({ asyncUtilTimeout: 20_000 })

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize
Element.prototype.scrollIntoView ??= () => {}

afterEach(() => cleanup())
