// What jsdom lacks of a browser's layout, and a clean page after each test.
import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'
import { LANGUAGES } from '../src/lib/languages'
import { locale } from '../src/lib/locale.svelte'
import en from '../src/locales/en.json'

// Waiting ends with what is waited for; this only bounds a failure on a busy machine.
configure({ asyncUtilTimeout: 20_000 })

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize
Element.prototype.scrollIntoView ??= () => {}
HTMLImageElement.prototype.decode ??= async () => {}

/** A system that wishes for nothing. */
window.matchMedia ??= (media: string) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList

locale.use(LANGUAGES.en.tag, en)

afterEach(() => {
  cleanup()
  locale.use(LANGUAGES.en.tag, en)
  locale.timeZone = ''
  locale.relative = false
})
