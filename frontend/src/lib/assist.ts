// What helps with a text field: it offers, and the field asks it first.

export interface Assist {
  /** Of the list of offers. */
  id: string
  /** Something is offered. */
  open: boolean
  /** The id of the offer that Enter and Tab take; '' none: they mean what they always do. */
  active: string
  /** Hears what was typed, and where the cursor stands. */
  typed(text: string, at: number): void
  /** Hears of a key before the field does; whether it was meant for the offers. */
  press(key: string): boolean
  close(): void
}
