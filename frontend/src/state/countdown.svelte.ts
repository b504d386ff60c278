// Whole seconds until a moment, counted down for the eye.

const SECOND = 1000

export class Countdown {
  /** Seconds that are left, rounded up; 0 it is over, or was never begun. */
  left = $state(0)
  #end = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  start(seconds: number): void {
    this.#end = Date.now() + seconds * SECOND
    this.#tick()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #tick(): void {
    clearTimeout(this.#timer)
    const ms = this.#end - Date.now()
    this.left = Math.max(0, Math.ceil(ms / SECOND))
    if (ms > 0) this.#timer = setTimeout(() => this.#tick(), ms % SECOND || SECOND)
  }
}
