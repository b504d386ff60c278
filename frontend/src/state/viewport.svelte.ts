// The scrolled part of a very long list: ties the mathematics of lib/windowing
// to an element's scroll position.
import { tick, untrack } from 'svelte'
import {
  JUMP_VIEWS,
  canvasHeight,
  clampContent,
  drawnRange,
  maxScroll,
  revealOffset,
  rowsPerView,
  toContent,
  toScroll,
} from '../lib/windowing'
import type { Geometry } from '../lib/windowing'

/** After so long without a scroll the list counts as at rest. (WebKitGTK has no scrollend.) */
const REST_MS = 200

export class Viewport {
  rows = $state(0)
  rowHeight = $state(44)
  view = $state(800)
  /** Scroll position of the canvas. */
  scroll = $state(0)
  /** Content offset less scroll position: small scrolls keep it, jumps set it. */
  #shift = $state(0)
  #seen = 0
  #rest: ReturnType<typeof setTimeout> | undefined
  #element: HTMLElement | null = null

  geometry: Geometry = $derived({ rows: this.rows, rowHeight: this.rowHeight, view: this.view })
  canvas = $derived(canvasHeight(this.geometry))
  /** The content offset at the top of the view. */
  offset = $derived(clampContent(this.geometry, this.scroll + this.#shift))
  range = $derived(drawnRange(this.geometry, this.offset))
  page = $derived(rowsPerView(this.geometry))

  /** Takes the element that scrolls, and scrolls it to where the list stood; the returned function lets it go. */
  attach(element: HTMLElement): () => void {
    this.#element = element
    element.scrollTop = untrack(() => this.scroll)
    return () => {
      clearTimeout(this.#rest)
      this.#element = null
    }
  }

  /** Where a row stands on the canvas. */
  y(row: number): number {
    return row * this.rowHeight - (this.offset - this.scroll)
  }

  /** Puts a content offset at the top of the view, and the thumb where it belongs. */
  anchor(offset: number): void {
    const to = clampContent(this.geometry, offset)
    const scroll = Math.round(toScroll(this.geometry, to))
    this.scroll = scroll
    this.#shift = to - scroll
    this.#seen = scroll
    if (this.#element && Math.abs(this.#element.scrollTop - scroll) >= 1) this.#element.scrollTop = scroll
  }

  /** Gives the rows another height; the row at the top of the view stays there. */
  async resize(rowHeight: number): Promise<void> {
    if (rowHeight === this.rowHeight) return
    const top = this.offset / this.rowHeight
    this.rowHeight = rowHeight
    this.anchor(top * rowHeight)
    // The canvas has its new height only now: the element could not scroll so far before.
    await tick()
    if (this.#element) this.#element.scrollTop = this.scroll
  }

  /** Scrolls as little as is needed to show a row. */
  reveal(row: number): void {
    const to = revealOffset(this.geometry, this.offset, row)
    if (to !== this.offset) this.anchor(to)
  }

  /** Hears that the element was scrolled. */
  scrolled(): void {
    const scroll = this.#element?.scrollTop ?? 0
    const moved = scroll - this.#seen
    if (moved === 0) return
    this.#seen = scroll
    this.scroll = scroll
    if (Math.abs(moved) > this.view * JUMP_VIEWS) {
      this.#shift = toContent(this.geometry, scroll) - scroll
    } else if (this.#atEdge(scroll)) {
      this.#settle()
    }
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#settle(), REST_MS)
  }

  #atEdge(scroll: number): boolean {
    return scroll <= 0 || scroll >= maxScroll(this.geometry) - 1
  }

  /** Moves thumb and canvas to where the content stands; nothing is seen to move. */
  #settle(): void {
    const scroll = Math.round(toScroll(this.geometry, this.offset))
    if (Math.abs(scroll - this.scroll) > 1) this.anchor(this.offset)
  }
}
