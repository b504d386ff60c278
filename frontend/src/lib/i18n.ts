// The texts of the window: ICU messages by key. A key that does not exist does
// not compile.
import { IntlMessageFormat } from 'intl-messageformat'
import en from '../locales/en.json'

export type Key = keyof typeof en
export type Values = Record<string, string | number>

const ready = new Map<Key, IntlMessageFormat>()

/** The text of a key with its values put in. */
export function t(key: Key, values?: Values): string {
  let message = ready.get(key)
  if (!message) {
    message = new IntlMessageFormat(en[key], 'en')
    ready.set(key, message)
  }
  return String(message.format(values))
}
