// The languages of the window: only the texts of the one that it speaks are loaded.
import type en from '../locales/en.json'
import type { Failures } from './failures'

export type Key = keyof typeof en
/** Every text of a language, as an ICU message. */
export type Messages = Record<Key, string>
export type Language = 'en' | 'ka' | 'ru'

interface About {
  /** Its own name, the same in every language. */
  name: string
  /** For Intl: day before month, as the portal's country writes. */
  tag: string
  load: () => Promise<Messages>
  /** What the back end says when something fails, translated. */
  failures: () => Promise<Failures>
}

export const LANGUAGES: Record<Language, About> = {
  en: {
    name: 'English',
    tag: 'en-GB',
    load: async () => (await import('../locales/en.json')).default,
    failures: async () => ({}),
  },
  ka: {
    name: 'ქართული',
    tag: 'ka',
    load: async () => (await import('../locales/ka.json')).default,
    failures: async () => (await import('../locales/failures.ka.json')).default,
  },
  ru: {
    name: 'Русский',
    tag: 'ru',
    load: async () => (await import('../locales/ru.json')).default,
    failures: async () => (await import('../locales/failures.ru.json')).default,
  },
}

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text)
}

/** The first language of a person's list that the window speaks. */
export function languageOf(preferred: readonly string[]): Language {
  return preferred.map((tag) => tag.toLowerCase().split('-')[0]!).find(isLanguage) ?? 'en'
}
