// The small pure functions: formats, keys, words and numbers.
import { describe, expect, test } from 'vitest'
import { TINTS, initials, tintOf } from '../src/lib/avatar'
import { asAppError } from '../src/lib/errors'
import { formats } from '../src/lib/formats'
import { hasMoved, noJob } from '../src/lib/idv'
import { isMac, rowAfter } from '../src/lib/keys'
import type { Step } from '../src/lib/keys'
import { pieces } from '../src/lib/highlight'
import { marked } from '../src/lib/marked'
import { farOneIn, isLow, segments } from '../src/lib/match'
import { extraValues, otherSpelling } from '../src/lib/names'
import { SHORTEST, faultOf, strengthOf } from '../src/lib/passphrase'
import { smallPhoto } from '../src/lib/photos'
import { fraction } from '../src/lib/progress'
import { CODE_LENGTH, groupsOf, typedLength } from '../src/lib/recovery'
import { completedBefore, retentionYears } from '../src/lib/settings'
import { countText, documentTitle, documentWord, livenessWord, locksInText, preparingText, progressText, sessionName, spoofWords, syncState, unreadWord, waitText } from '../src/lib/words'
import { fakeRow, tombstone } from '../src/api/fake-rows'

describe('times', () => {
  const tbilisi = formats('en-GB', 'Asia/Tbilisi')
  const berlin = formats('en-GB', 'Europe/Berlin')

  test('are shown in the zone, which is named', () => {
    expect(tbilisi.dateTime('2026-11-21T18:26:00.448Z')).toBe('21 Nov 2026, 22:26')
    expect(tbilisi.zoneName).toBe('Georgia Standard Time')
  })

  test('the zone’s name holds in summer and in winter', () => {
    expect(berlin.dateTime('2026-07-01T00:00:00Z')).toBe('01 Jul 2026, 02:00')
    expect(berlin.dateTime('2026-12-31T23:30:00Z')).toBe('01 Jan 2027, 00:30')
    expect(berlin.zoneName).toBe('Central European Time')
  })

  test('midnight is 00, no time and no date are empty', () => {
    expect(formats('en-GB', 'UTC').dateTime('2026-03-01T00:00:00Z')).toBe('01 Mar 2026, 00:00')
    expect(tbilisi.dateTime('')).toBe('')
    expect(tbilisi.dateTime('soon')).toBe('')
  })

  test('a moment of the same day is a time of day', () => {
    const now = new Date('2026-11-22T21:00:00Z')
    expect(tbilisi.moment('2026-11-22T20:30:00Z', now)).toBe('00:30')
    expect(tbilisi.moment('2026-11-22T19:30:00Z', now)).toBe('22 Nov 2026, 23:30')
  })

  test('a relative time is the largest whole unit, and never to come', () => {
    const ago = (text: string): string => tbilisi.ago(text, new Date('2026-11-22T12:00:00Z'))
    expect(ago('2026-11-22T11:59:30Z')).toBe('this minute')
    expect(ago('2026-11-22T11:00:01Z')).toBe('59 minutes ago')
    expect(ago('2026-11-22T11:00:00Z')).toBe('1 hour ago')
    expect(ago('2026-11-21T12:00:00Z')).toBe('yesterday')
    expect(ago('2024-11-21T12:00:00Z')).toBe('2 years ago')
    expect([ago('2026-11-22T12:05:00Z'), ago('')]).toEqual(['this minute', ''])
  })

  test('an engine without Georgian says what the others say', () => {
    const [own, lent] = [true, false].map((known) => formats('ka', 'Asia/Tbilisi', known))
    const now = new Date('2026-12-31T12:00:00Z')
    for (let month = 1; month <= 12; month++) {
      const text = `2026-${String(month).padStart(2, '0')}-05T07:04:00Z`
      expect(lent!.dateTime(text)).toBe(own!.dateTime(text))
    }
    for (const days of [0.0001, 0.01, 0.2, 1, 2, 3, 31, 62, 366, 800]) {
      const text = new Date(now.getTime() - days * 86_400_000).toISOString()
      expect(lent!.ago(text, now)).toBe(own!.ago(text, now))
    }
    expect([lent!.zone, lent!.zoneName]).toEqual(['Tbilisi', 'Asia/Tbilisi'])
  })

  test('numbers are grouped', () => expect(tbilisi.number(1_000_000)).toBe('1,000,000'))
})

describe('keys', () => {
  test('platforms', () => {
    expect(isMac('MacIntel')).toBe(true)
    expect(isMac('Win32')).toBe(false)
  })

  test('rows', () => {
    const to = (step: Step, from: number): number => rowAfter(step, from, 100, 15)
    expect([to('rowDown', -1), to('rowDown', 99), to('rowUp', 4), to('rowUp', 0)]).toEqual([0, 99, 3, 0])
    expect([to('rowPageDown', 4), to('rowPageDown', 95), to('rowPageUp', 4), to('rowFirst', 50), to('rowLast', 50)]).toEqual([19, 99, 0, 0, 99])
  })
})

test('hits are drawn with what is around them, and nothing is lost', () => {
  const text = ({ start, hits }: ReturnType<typeof marked>): string => start + hits.map((hit) => `[${hit.text}]${hit.after}`).join('')
  const drawn = (of: string, search: string): string => text(marked(pieces(of, search)))
  expect(drawn('NINO BERIDZE', 'ber ni')).toBe('[NI]NO [BER]IDZE')
  expect([drawn('<b>x</b>', 'x'), drawn('ANNA', 'x'), drawn('', 'x'), drawn('x', 'x')]).toEqual(['<b>[x]</b>', 'ANNA', '', '[x]'])
})

describe('match levels', () => {
  test('have the portal’s rates; 0 is no data and 9 is another vendor’s', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(farOneIn)).toEqual([100, 250, 500, 1_000, 10_000, 100_000, 500_000])
    expect([farOneIn(0), farOneIn(9)]).toEqual([0, 0])
  })

  test('fill the meter', () => {
    expect([segments(0), segments(5), segments(9)]).toEqual([0, 5, 7])
    expect([isLow(0, 5), isLow(4, 5), isLow(5, 5), isLow(1, 0)]).toEqual([false, true, false, false])
  })
})

describe('people', () => {
  test('initials are whole letters of any alphabet', () => {
    expect(initials('NINO', 'BERIDZE')).toBe('NB')
    expect(initials('ნინო', '')).toBe('ნ')
    expect(initials(' 𐓲x', '-Ö')).toBe('𐓲Ö')
    expect(initials('', '')).toBe('')
  })

  test('a session keeps its tint, and tints are spread', () => {
    const tints = Array.from({ length: 400 }, (_, i) => tintOf(`session-${i}`))
    expect(tintOf('session-7')).toBe(tints[7])
    expect(new Set(tints).size).toBe(TINTS)
  })

  test('a spelling is shown once', () => {
    expect(otherSpelling('NINO', 'ნინო')).toBe('ნინო')
    expect(otherSpelling('ნინო', 'ნინო')).toBe('')
  })

  test('extra fields lose their names, not their colons', () => {
    expect(extraValues('phoneNumber: +995 555; branch: Tbilisi, Vake')).toBe('+995 555 · Tbilisi, Vake')
    expect(extraValues('at: 10:30: late; loose')).toBe('10:30: late · loose')
    expect(extraValues('')).toBe('')
  })
})

describe('words', () => {
  test('of a session', () => {
    expect([documentWord('ID'), documentWord('passport'), documentWord('')]).toEqual(['ID card', 'Passport', 'Not presented'])
    expect(['RESIDENCE_CARD', 'residence card', 'DRIVING_LICENSE'].map(documentWord)).toEqual(['Residence card', 'Residence card', 'Driving licence'])
    expect(documentWord('SEAMAN_BOOK')).toBe('SEAMAN_BOOK')
    expect(['DRIVING_LICENSE', 'SEAMAN_BOOK', ''].map(documentTitle)).toEqual(['Driving licence · DRIVING_LICENSE', 'SEAMAN_BOOK', 'Not presented'])
    expect([livenessWord('passed'), livenessWord('failed'), livenessWord('')]).toEqual(['Passed', 'Failed', '–'])
    expect(spoofWords(['digital', 'notFull'])).toBe('Digital spoof, Not full ID')
  })

  test('of a count', () => {
    expect(countText(false, '', 0, false)).toBe('Loading…')
    expect(countText(true, ' ', 5, true)).toBe('5 sessions')
    expect(countText(true, 'nino', 1, false)).toBe('1 session found')
  })

  test('of a search that trails: more may come, and it is not done before it is', () => {
    expect(countText(true, 'nino', 12, true)).toBe('12 sessions found, more may come')
    expect(countText(true, 'nino', 0, true)).toBe('Nothing found yet, more may come')
    const preparing = (seq: number, indexed: number): string => preparingText({ seq, indexed, total: 0, noText: false })
    expect(preparing(1000, 629)).toBe('Preparing search · 62 %')
    expect(preparing(1000, 999)).toBe('Preparing search · 99 %')
    expect(preparing(5, 0)).toBe('Preparing search · 0 %')
  })

  test('of a job', () => {
    const ended = { ...noJob(), id: 1, endedAt: '2026-11-22T10:00:00Z' }
    const failed = { ...ended, error: { code: 'refused', message: '', hint: '' } }
    expect(syncState(noJob(), '')).toBe('never')
    expect(syncState(noJob(), '2026-11-22T10:00:00Z')).toBe('idle')
    expect(syncState({ ...failed, running: true }, '', true)).toBe('running')
    expect(syncState(failed, '', true)).toBe('paused')
    expect(syncState(failed, '')).toBe('failed')
    expect(syncState({ ...failed, error: { ...failed.error, code: 'unreachable' } }, '')).toBe('offline')
    expect(syncState({ ...failed, error: { ...failed.error, code: 'cancelled' } }, '')).toBe('cancelled')
    expect(syncState(ended, '')).toBe('done')
  })

  test('of progress', () => {
    expect(progressText({ phase: 'reading', done: 1200, total: 0 })).toBe('1,200')
    expect(progressText({ phase: 'reading', done: 1200, total: 5000 })).toBe('1,200 of 5,000')
    expect(fraction({ phase: 'reading', done: 3, total: 0 })).toBeNull()
    expect(fraction({ phase: 'reading', done: 8, total: 4 })).toBe(1)
  })
})

test('an archive has moved when its store has, or its search has in either direction', () => {
  const moved = (seq: number, indexed: number): boolean => hasMoved({ seq: 10, indexed: 6, total: 3, noText: false }, { seq, indexed, total: 3, noText: false })
  expect([moved(11, 6), moved(11, 0), moved(10, 7), moved(10, 0)]).toEqual([true, true, true, true])
  expect([moved(10, 6), moved(9, 6), moved(9, 9)]).toEqual([false, false, false])
  const base = { seq: 10, indexed: 0, total: 3, noText: false }
  expect(hasMoved(base, { ...base, noText: true })).toBe(true)
})

test('a rejection that is no AppError is internal, and its text is not shown', () => {
  expect(asAppError({ code: 'refused', message: 'No.', hint: 'Try.' }).code).toBe('refused')
  for (const odd of ['panic: secret', new Error('secret'), null, undefined, { code: 5 }]) {
    expect(asAppError(odd)).toMatchObject({ code: 'internal' })
    expect(asAppError(odd).message).not.toContain('secret')
  }
})

describe('passphrases', () => {
  test('are as strong as they are long and varied', () => {
    expect(strengthOf('abc1234')).toBe('short')
    expect(['password', 'aaaaaaaaaaaaaaaaaaaa', '12345678901234', 'Password1!'].map(strengthOf)).toEqual(Array(4).fill('weak'))
    expect(strengthOf('Tbilisi2024!')).toBe('fair')
    expect(strengthOf('q7#Kd9!vR2mZx4')).toBe('fair')
    expect(strengthOf('lamp orbit seven cr')).toBe('good')
    expect(strengthOf('lamp orbit seven crate moss')).toBe('strong')
    expect(strengthOf('ნათურა კოსმოსი შვიდი ხავსი')).toBe('strong')
  })

  test('one more character never makes it weaker', () => {
    const scale = ['short', 'weak', 'fair', 'good', 'strong']
    const text = 'lamp orbit seven crate moss 11112222'
    const steps = Array.from(text, (_, i) => scale.indexOf(strengthOf(text.slice(0, i + 1))))
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
  })

  test('are typed twice, and characters of any alphabet count as one', () => {
    expect(faultOf('x'.repeat(SHORTEST - 1), 'x'.repeat(SHORTEST - 1))).toBe('short')
    expect(faultOf('𐓲'.repeat(SHORTEST - 1), '𐓲'.repeat(SHORTEST - 1))).toBe('short')
    expect(faultOf('open sesame', 'open sesam')).toBe('different')
    expect(faultOf('open sesame', 'open sesame')).toBe('')
  })
})

test('a recovery code is measured without what stands between its groups', () => {
  const code = Array<string>(14).fill('A1B2').join('-')
  expect(groupsOf(code)).toHaveLength(14)
  for (const dress of [code, code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '–\u00a0\n'), `${code}.`]) {
    expect(typedLength(dress)).toBe(CODE_LENGTH)
  }
  expect(typedLength(code.slice(1))).toBe(CODE_LENGTH - 1)
})

test('years to keep sessions: a whole number, or nothing', () => {
  expect(['', ' ', '5', ' 10 ', '100'].map(retentionYears)).toEqual([0, 0, 5, 10, 100])
  expect(['0', '-1', '1.5', '101', 'five', '1e2', '٥'].map(retentionYears)).toEqual(Array(7).fill(null))
  expect(completedBefore(5, new Date('2026-11-22T10:00:00Z')).toISOString()).toBe('2021-11-22T10:00:00.000Z')
})

test('a photo has an address only while there is one to show', () => {
  expect(smallPhoto('/photo/t', 7, 'selfie 1')).toBe('/photo/t/7/small/selfie%201')
  expect([smallPhoto('', 7, 'selfie-1'), smallPhoto('/photo/t', 7, '')]).toEqual(['', ''])
})

describe('words of the lock', () => {
  test('when it locks, and when the next try may come', () => {
    expect([locksInText(0), locksInText(1), locksInText(540), locksInText(541)]).toEqual(['Lock', 'Locks in 1 min', 'Locks in 9 min', 'Locks in 10 min'])
    expect(waitText(45)).toContain('45 s')
    expect(waitText(125)).toContain('2 min 5 s')
  })

  test('a session is named, or its ID is; what is gone says why', () => {
    const row = { ...fakeRow(3), firstName: 'NINO', lastName: '' }
    expect(sessionName(row)).toBe('NINO')
    const gone = tombstone(row, 'retention')
    expect(sessionName(gone)).toBe(`session ${row.sessionId.slice(0, 8)}`)
    expect(unreadWord(gone)).toBe('Erased by retention')
    expect(unreadWord({ ...row, liquidated: true })).toContain('portal has erased')
    expect(unreadWord(row)).toBe('Name could not be read')
  })
})
