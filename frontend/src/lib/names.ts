// How a row's texts are shown where the portal left something out.

/** What the portal shows for a name that could not be read. */
export const UNREAD = '******'

/** The second spelling of a name, where it says something the first does not. */
export function otherSpelling(name: string, georgian: string): string {
  return georgian !== name ? georgian : ''
}

/** The start of a session ID: enough to tell neighbours apart, the whole is in the title. */
export function shortId(sessionId: string): string {
  return sessionId.slice(0, 8)
}

/**
 * The company's own fields without their names, which repeat in every row:
 * "phone: 555; branch: Batumi" reads "555 · Batumi". The whole is in the title.
 */
export function extraValues(extra: string): string {
  const values = extra.split('; ').map((field) => field.replace(/^[^:;]*: /, ''))
  return values.filter((value) => value !== '').join(' · ')
}
