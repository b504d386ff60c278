// Numbers about a running job.
import type { Progress } from './idv'

/** The part that is done, 0 to 1, or null when the whole is not known. */
export function fraction(progress: Progress): number | null {
  if (progress.total <= 0) return null
  return Math.max(0, Math.min(1, progress.done / progress.total))
}
