// The scroll position of an element, and the rows it shows.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { maxContent, maxScroll } from '../src/lib/windowing'
import { Viewport } from '../src/state/viewport.svelte'

let element: HTMLElement
let view: Viewport

beforeEach(() => {
  vi.useFakeTimers()
  element = document.createElement('div')
  view = new Viewport()
  view.rows = 1_000_000
  view.view = 731
  view.attach(element)
})
afterEach(() => vi.useRealTimers())

function scrollTo(top: number): void {
  element.scrollTop = top
  view.scrolled()
}

/** Where a row stands in the window. */
const onScreen = (row: number): number => view.y(row) - element.scrollTop

test('End and Home reach the last and the first row exactly', () => {
  view.reveal(999_999)
  expect(element.scrollTop).toBe(maxScroll(view.geometry))
  expect(view.offset).toBe(maxContent(view.geometry))
  expect(view.range.end).toBe(1_000_000)
  expect(onScreen(999_999)).toBeCloseTo(731 - 44)
  view.reveal(0)
  expect(view.offset).toBe(0)
  expect(view.range.first).toBe(0)
})

test('small scrolls move the content pixel for pixel, also in the compressed part', () => {
  view.anchor(22_000_000)
  for (const step of [100, 100, -137, 100]) {
    const before = view.offset
    scrollTo(element.scrollTop + step)
    expect(view.offset).toBeCloseTo(before + step, 6)
  }
})

test('at rest the thumb moves to its place and no row moves on screen', () => {
  view.anchor(22_000_000)
  for (let i = 0; i < 30; i++) scrollTo(element.scrollTop + 100)
  const { offset } = view
  const top = element.scrollTop
  const row = view.range.first
  const before = onScreen(row)
  vi.advanceTimersByTime(200)
  expect(element.scrollTop).not.toBe(top)
  expect(view.offset).toBeCloseTo(offset, 6)
  expect(onScreen(row)).toBeCloseTo(before, 6)
})

test('a drag of the thumb jumps by proportion', () => {
  scrollTo(maxScroll(view.geometry) / 2)
  expect(view.offset / maxContent(view.geometry)).toBeCloseTo(0.5, 2)
})

test('an edge of the canvas that is not the end of the content is never a wall', () => {
  view.anchor(150_000)
  // 1:1 upwards the canvas would end before the content does.
  for (let i = 0; i < 2_000 && view.offset > 0; i++) scrollTo(Math.max(0, element.scrollTop - 100))
  expect(view.offset).toBe(0)
  expect(element.scrollTop).toBe(0)
})

test('a shorter answer does not leave the view beyond its end', () => {
  view.reveal(999_999)
  view.rows = 3
  expect(view.offset).toBe(0)
  expect(view.range).toEqual({ first: 0, end: 3 })
})
