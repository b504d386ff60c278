// A text that changes at most once a second, for screen readers: they would
// otherwise read every step of a search.

const GAP_MS = 1000

export class Calm {
  value = $state('')
  #next = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(first: string) {
    this.value = first
  }

  /** Shows the text now, or when a second has passed since the last change. */
  set(text: string): void {
    this.#next = text
    if (this.#timer === undefined) this.#show()
  }

  #show(): void {
    this.#timer = undefined
    if (this.value === this.#next) return
    this.value = this.#next
    this.#timer = setTimeout(() => this.#show(), GAP_MS)
  }
}
