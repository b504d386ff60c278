// The texts of the window: ICU messages by key, in the language of now. A key
// that does not exist does not compile.
import { IntlMessageFormat } from 'intl-messageformat'
import { tagsOf } from './formats'
import type { Key, Messages } from './languages'
import { locale } from './locale.svelte'

export type { Key } from './languages'
export type Values = Record<string, string | number>

const ready = new WeakMap<Messages, Map<Key, IntlMessageFormat>>()

/** The text of a key with its values put in. In a component it follows the language. */
export function t(key: Key, values?: Values): string {
  const { messages, tag } = locale
  const known = ready.get(messages) ?? new Map<Key, IntlMessageFormat>()
  ready.set(messages, known)
  let message = known.get(key)
  if (!message) {
    message = new IntlMessageFormat(messages[key], tagsOf(tag))
    known.set(key, message)
  }
  return String(message.format(values))
}
