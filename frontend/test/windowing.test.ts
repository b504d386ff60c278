// The mapping between the capped canvas and the content of a million rows.
import { describe, expect, test } from 'vitest'
import {
  CANVAS_CAP,
  IDENTITY_ZONE,
  canvasHeight,
  drawnRange,
  maxContent,
  maxScroll,
  revealOffset,
  rowNumbers,
  toContent,
  toScroll,
} from '../src/lib/windowing'

const million = { rows: 1_000_000, rowHeight: 44, view: 731 }
const few = { rows: 100, rowHeight: 44, view: 731 }

describe('a list that fits the canvas', () => {
  test('maps one to one', () => {
    expect(canvasHeight(few)).toBe(4400)
    for (const at of [0, 1, 1234.5, maxScroll(few)]) expect(toContent(few, at)).toBe(at)
  })

  test('shorter than the view cannot scroll', () => {
    expect(maxScroll({ ...few, rows: 3 })).toBe(0)
    expect(drawnRange({ ...few, rows: 3 }, 0)).toEqual({ first: 0, end: 3 })
    expect(drawnRange({ ...few, rows: 0 }, 0)).toEqual({ first: 0, end: 0 })
  })
})

describe('a million rows', () => {
  test('stand on a canvas that every engine lays out', () => {
    expect(canvasHeight(million)).toBe(CANVAS_CAP)
    expect(maxContent(million)).toBe(44_000_000 - 731)
  })

  test('both ends are exact', () => {
    expect(toContent(million, 0)).toBe(0)
    expect(toContent(million, maxScroll(million))).toBe(maxContent(million))
    expect(drawnRange(million, maxContent(million)).end).toBe(1_000_000)
  })

  test('the first and last zone move pixel for pixel', () => {
    for (const d of [1, 500, IDENTITY_ZONE - 1]) {
      expect(toContent(million, d)).toBe(d)
      expect(toContent(million, maxScroll(million) - d)).toBe(maxContent(million) - d)
    }
  })

  test('the mapping rises everywhere and has no step at the seams', () => {
    let before = -1
    for (let scroll = 0; scroll <= maxScroll(million); scroll += 9_973) {
      const at = toContent(million, scroll)
      expect(at).toBeGreaterThan(before)
      before = at
    }
    for (const seam of [IDENTITY_ZONE, maxScroll(million) - IDENTITY_ZONE]) {
      expect(toContent(million, seam + 0.5) - toContent(million, seam - 0.5)).toBeLessThan(6)
    }
  })

  test('every row is reached back from its scroll position', () => {
    for (let row = 0; row < 1_000_000; row += 4_999) {
      const offset = Math.min(row * 44, maxContent(million))
      expect(toContent(million, toScroll(million, offset))).toBeCloseTo(offset, 4)
    }
  })

  test('the thumb is honest to one part in a hundred', () => {
    for (let part = 0; part <= 1; part += 0.05) {
      const at = toContent(million, part * maxScroll(million)) / maxContent(million)
      expect(Math.abs(at - part)).toBeLessThan(0.0125)
    }
  })
})

describe('what is drawn and revealed', () => {
  test('rows in view and six on each side', () => {
    expect(drawnRange(million, 4_400)).toEqual({ first: 94, end: 123 })
  })

  test('a row is revealed with the least movement', () => {
    expect(revealOffset(few, 440, 12)).toBe(440)
    expect(revealOffset(few, 440, 5)).toBe(220)
    expect(revealOffset(few, 0, 50)).toBe(51 * 44 - 731)
  })

  test('the active row stays drawn when it is out of view', () => {
    expect(rowNumbers({ first: 10, end: 13 }, 11)).toEqual([10, 11, 12])
    expect(rowNumbers({ first: 10, end: 13 }, 2)).toEqual([2, 10, 11, 12])
    expect(rowNumbers({ first: 10, end: 13 }, 13)).toEqual([10, 11, 12, 13])
    expect(rowNumbers({ first: 0, end: 0 }, -1)).toEqual([])
  })
})
