// Keeps up with what changes faster than that can be done: one call at a time, so
// that none overtakes a later one, and the newest state last.

export class Trailing {
  #keeping = false
  #changed = false

  constructor(
    /** Keeps, or follows, what it is about as that is when it is called. */
    readonly save: () => Promise<void>,
    /** Milliseconds to wait before it is called again. */
    readonly pace?: number,
  ) {}

  /** Resolves when what was changed until now is kept; at once while an earlier call sees to it. */
  async keep(): Promise<void> {
    this.#changed = true
    if (this.#keeping) return
    this.#keeping = true
    try {
      while (this.#changed) {
        this.#changed = false
        await this.save()
        if (this.#changed && this.pace !== undefined) await new Promise((done) => setTimeout(done, this.pace))
      }
    } finally {
      this.#keeping = false
    }
  }
}
