// Keeps what changes faster than it is kept: one call at a time, so that none
// overtakes a later one, and the newest values last.

export class Trailing {
  #keeping = false
  #changed = false

  constructor(
    /** Keeps the values as they are when it is called. */
    readonly save: () => Promise<void>,
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
      }
    } finally {
      this.#keeping = false
    }
  }
}
