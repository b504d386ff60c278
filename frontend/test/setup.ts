// What jsdom lacks of a browser's layout, and a clean page after each test.
import { cleanup } from '@testing-library/svelte'
import { afterEach } from 'vitest'

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize
Element.prototype.scrollIntoView ??= () => {}

afterEach(() => cleanup())
