// What the settings allow.

/** Idle minutes to choose from; 0 is never. */
export const LOCK_MINUTES: readonly number[] = [1, 5, 10, 15, 30, 0]

const MOST_YEARS = 100

/** The years that were typed; 0 for nothing typed, null for what is no number of years. */
export function retentionYears(typed: string): number | null {
  const text = typed.trim()
  if (text === '') return 0
  const years = Number(text)
  return /^\d+$/.test(text) && years >= 1 && years <= MOST_YEARS ? years : null
}

/** The moment before which a completed session is older than so many years. */
export function completedBefore(years: number, now: Date): Date {
  const at = new Date(now)
  at.setUTCFullYear(at.getUTCFullYear() - years)
  return at
}

/** The host names that were typed, with blanks or commas between them. */
export function hostNames(typed: string): string[] {
  return typed.split(/[\s,]+/).filter((name) => name !== '')
}
