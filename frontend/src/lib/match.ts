// The face-match level and the false acceptance rate (FAR) behind it, as the
// portal publishes them. Level 0 is "no data", not a bad match.

/** Segments of the meter: the highest level with a published rate. */
export const MAX_LEVEL = 7

const oneIn = [0, 100, 250, 500, 1_000, 10_000, 100_000, 500_000]

/** One false acceptance in so many; 0 when no rate is published. */
export function farOneIn(level: number): number {
  return oneIn[level] ?? 0
}

/** How many of the seven segments are filled. A vendor's level above 7 fills all. */
export function segments(level: number): number {
  return Math.min(level, MAX_LEVEL)
}

/** Whether there is a level, and it is under the accepted one. */
export function isLow(level: number, accepted: number): boolean {
  return level > 0 && level < accepted
}
