// The language and the zone that the window speaks in now. Every text depends on
// them, so they stand in one place, and a text that is read in a component
// changes with them. The only variable of lib.
import { formats } from './formats'
import { LANGUAGES } from './languages'
import type { Language, Messages } from './languages'

export class Locale {
  /** For the page's lang, and for choosing plurals. */
  tag = $state(LANGUAGES.en.tag)
  /** Empty until the first language is there, which is before anything is drawn. */
  messages = $state.raw({} as Messages)
  /** '' the computer's own. */
  timeZone = $state('')
  /** Times are said as from now, and in full on hover; else the other way round. */
  relative = $state(false)
  formats = $derived(formats(this.tag, this.timeZone))
  #wanted = 0

  /** Changes the language once its texts are there. The newest wish wins. */
  async speak(language: Language): Promise<void> {
    const wish = ++this.#wanted
    const messages = await LANGUAGES[language].load()
    if (wish === this.#wanted) this.use(LANGUAGES[language].tag, messages)
  }

  use(tag: string, messages: Messages): void {
    this.tag = tag
    this.messages = messages
  }
}

export const locale = new Locale()
