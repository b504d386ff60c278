// The time of now for texts like "5 minutes ago", as often as they can change.

const MINUTE = 60_000

export class Clock {
  now = $state.raw(new Date())

  /** Goes on until the returned function is called. */
  run(): () => void {
    const timer = setInterval(() => (this.now = new Date()), MINUTE)
    return () => clearInterval(timer)
  }
}
