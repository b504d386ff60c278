// A quiet stand-in for a photo: initials on a tint that belongs to the session.

/** Number of tints in styles/tokens.css (--tint-0 and on). */
export const TINTS = 8

/** The same session always gets the same tint; FNV-1a spreads look-alike IDs. */
export function tintOf(sessionId: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < sessionId.length; i++) {
    hash = Math.imul(hash ^ sessionId.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0) % TINTS
}

/** First letters of both names, or '' when neither could be read. */
export function initials(firstName: string, lastName: string): string {
  const letter = (name: string): string => [...name.trim()].find((c) => /\p{L}/u.test(c)) ?? ''
  return letter(firstName) + letter(lastName)
}
