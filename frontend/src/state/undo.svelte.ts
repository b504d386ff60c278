// The last step that can be taken back. It is offered for a while instead of a
// question before it.

/** How long the offer stands. */
const OFFER_MS = 10_000

export interface Offer {
  /** What was done. */
  text: string
  run: () => void
}

export class Undo {
  offer = $state.raw<Offer | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly milliseconds: number = OFFER_MS) {}

  /** Offers to take a step back. It comes in place of the offer before it. */
  put(text: string, run: () => void): void {
    clearTimeout(this.#timer)
    this.offer = { text, run }
    this.#timer = setTimeout(() => this.clear(), this.milliseconds)
  }

  /** Takes the step back. */
  take(): void {
    const { offer } = this
    this.clear()
    offer?.run()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.offer = null
  }
}
