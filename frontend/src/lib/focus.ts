// Where the focus begins.

/** Puts the focus on the part that is marked data-first, when its surroundings appear. */
export function focusFirst(element: HTMLElement): void {
  element.querySelector<HTMLElement>('[data-first]')?.focus()
}
