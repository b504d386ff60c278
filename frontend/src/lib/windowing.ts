// Where rows of one height stand in a list that is longer than a browser can
// lay out. Engines refuse elements beyond about 33.5 million pixels, a million
// rows of 44 pixels need 44 million: so the canvas that scrolls is capped, and
// its pixels are mapped to the pixels of the content. The first and the last
// zone map one to one, which keeps both ends exact; the middle is compressed.

/** Canvas height that every engine lays out with sub-pixel precision. */
export const CANVAS_CAP = 8_000_000
/** Pixels at each end that map one to one. */
export const IDENTITY_ZONE = 100_000
/** Rows kept ready above and below the visible ones. */
export const OVERSCAN = 6
/** A scroll of more than so many views is a jump: it maps by proportion. */
export const JUMP_VIEWS = 4

/** What the mapping depends on, in pixels; rows is a count. */
export interface Geometry {
  rows: number
  rowHeight: number
  /** Height of the visible part. */
  view: number
}

/** Half-open range of row numbers, from 0. */
export interface Range {
  first: number
  end: number
}

export function contentHeight(g: Geometry): number {
  return g.rows * g.rowHeight
}

export function canvasHeight(g: Geometry): number {
  return Math.min(contentHeight(g), CANVAS_CAP)
}

/** The farthest content offset: the last row stands at the bottom. */
export function maxContent(g: Geometry): number {
  return Math.max(0, contentHeight(g) - g.view)
}

/** The farthest scroll position of the canvas. */
export function maxScroll(g: Geometry): number {
  return Math.max(0, canvasHeight(g) - g.view)
}

/** The content offset that a scroll position stands for. */
export function toContent(g: Geometry, scroll: number): number {
  const content = maxContent(g)
  const canvas = maxScroll(g)
  if (content <= canvas || scroll <= IDENTITY_ZONE) return scroll
  if (scroll >= canvas - IDENTITY_ZONE) return scroll + content - canvas
  return IDENTITY_ZONE + ((scroll - IDENTITY_ZONE) * (content - 2 * IDENTITY_ZONE)) / (canvas - 2 * IDENTITY_ZONE)
}

/** The inverse of toContent. */
export function toScroll(g: Geometry, offset: number): number {
  const content = maxContent(g)
  const canvas = maxScroll(g)
  if (content <= canvas || offset <= IDENTITY_ZONE) return offset
  if (offset >= content - IDENTITY_ZONE) return offset - content + canvas
  return IDENTITY_ZONE + ((offset - IDENTITY_ZONE) * (canvas - 2 * IDENTITY_ZONE)) / (content - 2 * IDENTITY_ZONE)
}

export function clampContent(g: Geometry, offset: number): number {
  return Math.max(0, Math.min(offset, maxContent(g)))
}

/** The rows to draw at a content offset, overscan included. */
export function drawnRange(g: Geometry, offset: number): Range {
  return {
    first: Math.max(0, Math.floor(offset / g.rowHeight) - OVERSCAN),
    end: Math.min(g.rows, Math.ceil((offset + g.view) / g.rowHeight) + OVERSCAN),
  }
}

/** The offset nearest to the present one that shows the whole row. */
export function revealOffset(g: Geometry, offset: number, row: number): number {
  const top = row * g.rowHeight
  const bottom = top + g.rowHeight
  if (top < offset) return top
  if (bottom > offset + g.view) return bottom - g.view
  return offset
}

/** Whole rows that fit into the view: the step of Page Down. */
export function rowsPerView(g: Geometry): number {
  return Math.max(1, Math.floor(g.view / g.rowHeight) - 1)
}

/**
 * The rows to draw: those of the range, and the active one also when it is out
 * of view, so that the focus is not lost.
 */
export function rowNumbers(range: Range, active: number): number[] {
  const numbers = Array.from({ length: Math.max(0, range.end - range.first) }, (_, i) => range.first + i)
  if (active >= 0 && active < range.first) numbers.unshift(active)
  if (active >= range.end) numbers.push(active)
  return numbers
}
