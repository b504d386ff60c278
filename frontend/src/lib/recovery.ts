// The recovery code as it is shown and typed.

/** Characters of a code, without what stands between its groups. */
export const CODE_LENGTH = 56

/** The code in the groups that it is written down in. */
export function groupsOf(code: string): string[] {
  return code.split('-')
}

/** How many characters were typed: blanks and dashes do not count. */
export function typedLength(text: string): number {
  return [...text.normalize('NFKC').replace(/[\s.\p{Dash}\p{Cf}]/gu, '')].length
}
