// How long a person waits, in marks of our own: the Event Timing of browsers is
// not in every web view, and stops before rows that come later.

/** The measure's name: from the keystroke until the rows that answer it are painted. */
export const KEYSTROKE = 'veridesk.keystroke'

/**
 * Notes how long it took until what is in the document now was painted. since is
 * an event's timeStamp. Only the newest measure is kept; observers see them all.
 */
export function measurePaint(name: string, since: number): void {
  requestAnimationFrame(() => {
    // The first task behind a frame comes when the frame is painted.
    setTimeout(() => {
      performance.clearMeasures(name)
      performance.measure(name, { start: since })
    })
  })
}
