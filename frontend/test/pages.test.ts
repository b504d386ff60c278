// Rows by pages: what is asked for, kept, dropped and asked again.
import { beforeEach, expect, test } from 'vitest'
import { fakeRow } from '../src/api/fake-rows'
import type { Row } from '../src/lib/idv'
import { PAGE_ROWS, Pages } from '../src/state/pages.svelte'
import { settled } from './fakes'

interface Call {
  page: number
  answer: (rows: Row[]) => void
  fail: (reason: unknown) => void
}

let calls: Call[]
let failures: unknown[]
let pages: Pages

beforeEach(() => {
  calls = []
  failures = []
  pages = new Pages(
    (offset) => new Promise((answer, fail) => calls.push({ page: offset / PAGE_ROWS, answer, fail })),
    (reason) => failures.push(reason),
  )
})

const rowsFrom = (first: number): Row[] => Array.from({ length: PAGE_ROWS }, (_, i) => fakeRow(first + i))
const asked = (): number[] => calls.map((call) => call.page)

test('asks for the pages in view, once', () => {
  pages.want(95, 205)
  pages.want(96, 206)
  expect(asked()).toEqual([0, 1, 2])
})

test('pages that come together each land in their place', async () => {
  pages.want(0, 200)
  calls[1]!.answer(rowsFrom(5000))
  await settled()
  expect(pages.row(0)).toBeUndefined()
  expect(pages.row(107)?.ordinal).toBe(5007)
  calls[0]!.answer(rowsFrom(7000))
  await settled()
  expect(pages.row(99)?.ordinal).toBe(7099)
})

test('a page of an older answer is dropped', async () => {
  pages.want(0, 100)
  pages.reset(rowsFrom(900))
  calls[0]!.answer(rowsFrom(100))
  await settled()
  expect(pages.row(0)?.ordinal).toBe(900)
})

test('a fast scroll does not ask for what it has left behind', async () => {
  for (let row = 0; row < 100_000; row += 1_000) pages.want(row, row + 20)
  expect(calls).toHaveLength(4)
  for (const call of [...calls]) call.answer(rowsFrom(0))
  await settled()
  expect(asked().slice(4)).toEqual([990])
})

test('stale rows stay until new ones come, and one that crossed is asked again', async () => {
  pages.reset(rowsFrom(0))
  pages.want(0, 150)
  pages.markStale()
  expect(pages.row(3)?.ordinal).toBe(3)
  expect(asked()).toEqual([1, 0])
  // The archive moves again while both are under way.
  pages.markStale()
  calls[1]!.answer(rowsFrom(40))
  await settled()
  expect(pages.row(3)?.ordinal).toBe(43)
  expect(asked()).toEqual([1, 0, 0])
})

test('far pages are let go', async () => {
  for (let page = 0; page < 100; page++) {
    pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 1)
    calls.at(-1)!.answer(rowsFrom(page * PAGE_ROWS))
    await settled()
  }
  pages.want(99 * PAGE_ROWS, 99 * PAGE_ROWS + 1)
  expect(pages.row(0)).toBeUndefined()
  expect(pages.row(99 * PAGE_ROWS)?.ordinal).toBe(9900)
})

test('a failure is told once and not retried by itself', async () => {
  pages.want(0, 10)
  calls[0]!.fail('no')
  await settled()
  expect(failures).toEqual(['no'])
  expect(calls).toHaveLength(1)
  pages.markStale()
  expect(calls).toHaveLength(1)
  pages.want(0, 10)
  expect(calls).toHaveLength(2)
})

test('after a failure nothing is asked for by itself, and a new answer brings what is in view', async () => {
  pages.want(300, 900)
  expect(asked()).toEqual([3, 4, 5, 6])
  calls[0]!.fail('no')
  calls[1]!.answer(rowsFrom(400))
  await settled()
  expect(calls).toHaveLength(4)
  pages.reset(rowsFrom(0))
  expect(asked().slice(4)).toEqual([3, 4, 5, 6])
  calls[4]!.answer(rowsFrom(300))
  await settled()
  expect(pages.row(305)?.ordinal).toBe(305)
})
