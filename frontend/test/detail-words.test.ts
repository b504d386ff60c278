// The words and lists of a session's page.
import { expect, test } from 'vitest'
import { fakeDetails } from '../src/api/fake-details'
import { fakeRow } from '../src/api/fake-rows'
import { conflictText } from '../src/lib/conflict-words'
import { itemResult, matchText, photoWord } from '../src/lib/detail-words'
import type { Conflict, ConflictField, ConflictKind, MrzItem, Place } from '../src/lib/details'
import { findingFacts, summaryGroups } from '../src/lib/facts'
import { inOrder, pick } from '../src/lib/photo-set'
import { sheetOf } from '../src/lib/print'

function conflict(kind: ConflictKind, field: ConflictField, values: Partial<Record<Place, string>>): Conflict {
  return { kind, field, severity: 'fault', values: Object.entries(values).map(([key, value]) => ({ key: key as Place, value })) }
}

test.each([
  [conflict('differs', 'sex', { mrz: 'male', printed: 'female' }), 'Sex differs: MRZ Male · printed Female'],
  [conflict('lookAlike', 'documentNumber', { mrz: '1', front: 'I' }), 'Document number differs only in signs that look alike (O and 0, I and 1, B and 8, S and 5): MRZ 1 · front side I'],
  [conflict('expired', 'expirationDate', { mrz: '2020-01-01', session: '2021-03-01' }), 'The document expired on 2020-01-01, before the day of the session, 2021-03-01.'],
  [conflict('underAge', 'birthDate', { printed: '2010-01-01', session: '2021-03-01', age: '11' }), 'The person was 11 years old on the day of the session, 2021-03-01: born 2010-01-01, under age.'],
  [conflict('otherCountry', 'nationality', { printed: 'UKR', address: 'GE' }), 'Nationality is UKR, but the client’s address is in GE.'],
  [conflict('underAccepted', 'matchLevel', { session: '2', accepted: '5' }), 'Match level 2 is under the accepted level 5.'],
  [conflict('otherSession', 'sessionId', { attempt: 'S-9' }), 'Attempts of other sessions are among these: S-9'],
  [conflict('mrzOpinion', 'mrz', { portal: 'yes', here: 'no' }), 'The portal calls the machine-readable zone valid; checked here, it is not.'],
  [conflict('mrzOpinion', 'mrz', { portal: 'no', here: 'yes' }), 'The portal calls the machine-readable zone not valid; checked here, all digits fit.'],
])('a conflict is a sentence: %#', (given, text) => {
  expect(conflictText(given)).toBe(text)
})

test('whether a document was shown is said of a session that is here, not of an erased one', () => {
  const said = (erasedAt: string): string | undefined => {
    const details = fakeDetails(fakeRow(0), [], 1)
    const summary = { ...details.summary, documentType: '', erasedAt }
    return summaryGroups({ ...details, summary })[1]!.facts[0]!.value
  }
  expect([said(''), said('2026-11-20T10:00:00Z')]).toEqual(['Not presented', ''])
})

test('a sheet is printed with the photos that are here', () => {
  const missing = [{ name: 'front', why: 'gone' as const }]
  const details = { ...fakeDetails(fakeRow(0), [], 1), photos: ['selfie-1', 'front', 'back'], missing }
  expect(sheetOf(details).photos).toEqual(['selfie-1', 'back'])
})

test('the match level stands to the accepted one in words', () => {
  expect(matchText({ matchLevel: 0, accepted: 5 })).toContain('No match level')
  expect(matchText({ matchLevel: 2, accepted: 5 })).toBe('Match level 2 of 7, false acceptance rate 1 in 250. This is under the accepted level 5.')
  expect(matchText({ matchLevel: 5, accepted: 5 })).toContain('This is accepted')
  expect(matchText({ matchLevel: 9, accepted: 0 })).toBe('Match level 9, no published rate. No level is set as accepted.')
})

test('a digital spoof speaks against the person when it is so, other findings when they are not', () => {
  const { findings } = fakeDetails({ ...fakeRow(0), spoofs: ['digital'] }, [], 0)
  const tones = Object.fromEntries(findingFacts({ ...findings, fullId: 'no', faceMatched: '' }).map(({ label, tone }) => [label, tone]))
  expect([tones['fact.digitalSpoof'], tones['fact.fullId'], tones['fact.faceMatched'], tones['fact.distance']]).toEqual(['bad', 'bad', '', ''])
})

test('a field of the zone: its fault, how the digits compare, or why they do not', () => {
  const item: MrzItem = { field: 'birthDate', raw: '', value: '', digit: '3', expected: '3', ok: 'yes', fault: '', cut: false, portal: '' }
  expect(itemResult(item)).toBe('fits')
  expect(itemResult({ ...item, expected: '4', ok: 'no' })).toBe('does not fit')
  expect(itemResult({ ...item, fault: 'date' })).toBe('no such day')
  expect(itemResult({ ...item, expected: '', ok: '' })).toBe('cannot be computed')
  expect(itemResult({ ...item, digit: '', expected: '', ok: '' })).toBe('no digit')
})

test('photos: selfies by number, front, back, then what is newer than this version', () => {
  const names = ['extra', 'back', 'selfie-10', 'front', 'selfie-2', 'front']
  expect(inOrder(names)).toEqual(['selfie-2', 'selfie-10', 'front', 'back', 'extra'])
  expect([pick(names, 'person', ''), pick(names, 'document', 'back'), pick(['front'], 'person', 'front')]).toEqual(['selfie-2', 'back', ''])
  expect(names.map(photoWord)).toEqual(['extra', 'Document, back', 'Selfie 10', 'Document, front', 'Selfie 2', 'Document, front'])
})

test('the printed sheet has an end, and says what it leaves out', () => {
  const details = fakeDetails(fakeRow(0), [], 0)
  const extra = Array.from({ length: 40 }, () => ({ key: 'k', value: 'w'.repeat(500) }))
  const sheet = sheetOf({ ...details, extra, conflicts: Array.from({ length: 9 }, () => conflict('differs', 'sex', {})) })
  expect([sheet.extra.shown.length, sheet.extra.more, sheet.conflicts.more]).toEqual([10, 30, 3])
  expect(sheet.extra.shown[0]!.value.length).toBeLessThan(90)
})
