// Where the focus begins.

/** Puts the focus on the part that is marked data-first, when its surroundings appear. */
export function focusFirst(element: HTMLElement): void {
  element.querySelector<HTMLElement>('[data-first]')?.focus()
}

/**
 * Puts the focus on what stands at a place, counted from 0, or on the last before it: where something
 * was taken away, the next key then does the same to what came in its place.
 */
export function focusPlace(surroundings: HTMLElement, stops: string, place: number): void {
  const found = surroundings.querySelectorAll<HTMLElement>(stops)
  found[Math.min(place, found.length - 1)]?.focus()
}

/** Where the focus may stand within a region, in the order of the page. */
const STOPS = 'input:enabled, button:enabled:not([tabindex="-1"]), select:enabled, [tabindex="0"]'

/** Puts the focus into the next part of the window (1) or the one before (-1); parts are marked data-region. */
export function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.querySelector(STOPS))
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const to = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % regions.length
  regions.at(to)?.querySelector<HTMLElement>(STOPS)?.focus()
}
