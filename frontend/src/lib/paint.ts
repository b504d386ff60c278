// How long a person waits, in marks of our own: the Event Timing of browsers is
// not in every web view, and stops before rows that come later.

/** The measures' names: from the keystroke until its answer is here, its rows are in the document, and are painted. */
export const ANSWER = 'veridesk.answer'
export const ROWS = 'veridesk.rows'
export const KEYSTROKE = 'veridesk.keystroke'

/** Resolves when what is in the document now is painted. */
export function painted(): Promise<void> {
  // The first task behind a frame comes when the frame is painted.
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
}

/**
 * Notes how long it took until now. since is an event's timeStamp; without one
 * nobody waits. Only the newest measure is kept; observers see them all.
 */
export function measure(name: string, since: number | undefined): void {
  if (since === undefined) return
  performance.clearMeasures(name)
  performance.measure(name, { start: since })
}
