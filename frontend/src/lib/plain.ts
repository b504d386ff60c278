// Texts that others wrote, as they are shown.

/** Characters that are not seen and turn what stands around them: a name could read as another one. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The text with a sign in place of each of them, as long as before. */
export function plain(text: string): string {
  return text.replace(TURNING, '\ufffd')
}
