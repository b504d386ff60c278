// How the window looks and speaks, as a person has chosen it. A change shows at
// once; then it is kept.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError } from '../lib/idv'
import { languageOf } from '../lib/languages'
import type { Language } from '../lib/languages'
import { locale } from '../lib/locale.svelte'
import { firstWindowSettings, nextScale, readableSettings } from '../lib/window-settings'
import type { WindowSettings } from '../lib/window-settings'
import { Trailing } from './trailing'

export class Look {
  values = $state.raw<WindowSettings>(firstWindowSettings())
  #kept = new Trailing(() => this.api.saveWindowSettings(this.values))

  constructor(
    readonly api: Api,
    /** Hears that a change could not be kept. */
    readonly failed: (error: AppError, retry: () => void) => void,
  ) {}

  /** The language that the window speaks. */
  get language(): Language {
    return this.values.language || languageOf(navigator.languages)
  }

  /** Reads what was kept, and shows it. What cannot be read is at its default. */
  async read(): Promise<void> {
    try {
      this.values = readableSettings(await this.api.windowSettings())
    } catch {
      // The archive's own state fails too then, and says why.
    }
    await this.#speak()
  }

  /** Changes the window now, and keeps it. */
  async change(part: Partial<WindowSettings>): Promise<void> {
    this.values = { ...this.values, ...part }
    await this.#speak()
    await this.keep()
  }

  /** One step larger or smaller. */
  zoom(step: 1 | -1): Promise<void> {
    return this.change({ scale: nextScale(this.values.scale, step) })
  }

  /** Keeps the values as they are. */
  async keep(): Promise<void> {
    try {
      await this.#kept.keep()
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.keep())
    }
  }

  /** A language whose texts do not come leaves the one before it. */
  async #speak(): Promise<void> {
    locale.timeZone = this.values.timeZone
    locale.relative = this.values.dates === 'relative'
    try {
      await locale.speak(this.language)
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.#speak())
    }
  }
}
