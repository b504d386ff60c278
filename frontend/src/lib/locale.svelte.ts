// The language and the zone that the window speaks in now. Every text depends on
// them, so they stand in one place, and a text that is read in a component
// changes with them. The only variable of lib.
import type { Failures } from './failures'
import { formats } from './formats'
import { LANGUAGES } from './languages'
import type { Language, Messages } from './languages'

export class Locale {
  /** For the page's lang, and for choosing plurals. */
  tag = $state(LANGUAGES.en.tag)
  /** Empty until the first language is there, which is before anything is drawn. */
  messages = $state.raw({} as Messages)
  /** The back end's failures in this language. Nothing has failed yet: they may come later. */
  failures = $state.raw<Failures>({})
  /** '' the computer's own. */
  timeZone = $state('')
  /** Times are said as from now, and in full on hover; else the other way round. */
  relative = $state(false)
  formats = $derived(formats(this.tag, this.timeZone))
  #wanted = 0
  #language: Language = 'en'
  #failuresToo = false

  /** Changes the language once its texts are there. The newest wish wins. */
  async speak(language: Language): Promise<void> {
    const wish = ++this.#wanted
    const { tag, load, failures } = LANGUAGES[language]
    const [messages, said] = await Promise.all([load(), this.#failuresToo ? failures() : {}])
    if (wish !== this.#wanted) return
    this.#language = language
    this.use(tag, messages, said)
  }

  /** Fetches the back end's failures in the language of now, and from here on with every language. */
  async learnFailures(): Promise<void> {
    this.#failuresToo = true
    const language = this.#language
    const failures = await LANGUAGES[language].failures()
    if (language === this.#language) this.failures = failures
  }

  use(tag: string, messages: Messages, failures: Failures = {}): void {
    this.tag = tag
    this.messages = messages
    this.failures = failures
  }
}

export const locale = new Locale()
