// Reads ICU messages before the window runs, which has no parser of them. For the
// build and for tests that put texts of their own in the window's place.
import { IntlMessageFormat } from 'intl-messageformat'
import { WORDS } from './messages'

/** The texts, those that are more than words as what was read in them. */
export function readMessages(messages: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, WORDS.test(message) ? message : new IntlMessageFormat(message, 'en').getAst()]))
}
