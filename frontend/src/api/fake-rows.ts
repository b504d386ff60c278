// Invented sessions for the archive in memory: any row of any archive size is
// made from its number alone, so a million of them take no memory.
import type { Erased, Row, Spoof, Verified } from '../lib/idv'

const FIRST = ['NINO', 'GIORGI', 'MARIAM', 'LUKA', 'ANA', 'SANDRO', 'ELENE', 'IRAKLI', 'OLENA', 'JÜRGEN']
const FIRST_GE = ['ნინო', 'გიორგი', 'მარიამ', 'ლუკა', 'ანა', 'სანდრო', 'ელენე', 'ირაკლი', '', '']
const LAST = ['BERIDZE', 'LOMIDZE', 'KAPANADZE', 'GELASHVILI', 'TSIKLAURI', 'MAISURADZE', 'SHEVCHENKO', 'GROẞ']
const LAST_GE = ['ბერიძე', 'ლომიძე', 'კაპანაძე', 'გელაშვილი', 'წიკლაური', 'მაისურაძე', '', '']

/** Session number 0 was made at this moment, each later one three minutes after. */
const OLDEST = Date.UTC(2021, 2, 1, 8)
const GAP = 3 * 60_000

/** A well-spread 32-bit number from a session's number and a purpose. */
function mix(n: number, purpose: number): number {
  let h = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

const digits = (n: number, length: number): string => String(n).padStart(length, '0').slice(-length)
const hex = (n: number): string => n.toString(16).padStart(8, '0')

interface Fate {
  verified: Verified
  outcome: string
  matchLevel: number
  spoofs: Spoof[]
}

function fateOf(n: number): Fate {
  const dice = mix(n, 1) % 100
  if (dice < 3) return { verified: 'Pending', outcome: 'pending', matchLevel: 0, spoofs: [] }
  if (dice < 5) return { verified: 'No', outcome: 'failed', matchLevel: 5, spoofs: ['digital'] }
  if (dice < 7) return { verified: 'No', outcome: 'rejected', matchLevel: 6, spoofs: ['notFull'] }
  if (dice < 11) return { verified: 'No', outcome: 'failed', matchLevel: 1 + (mix(n, 2) % 3), spoofs: [] }
  return { verified: 'Yes', outcome: 'verified', matchLevel: 4 + (mix(n, 2) % 4), spoofs: [] }
}

/** Session number n of the archive, counted from the oldest, 0. */
export function fakeRow(n: number): Row {
  const first = mix(n, 3) % FIRST.length
  const last = mix(n, 4) % LAST.length
  const unread = mix(n, 5) % 40 === 0
  const created = OLDEST + n * GAP
  const fate = fateOf(n)
  return {
    ordinal: n,
    sessionId: `${hex(mix(n, 6))}-${digits(mix(n, 7), 4)}-4c64-be02-${hex(mix(n, 8))}${digits(n, 4)}`,
    firstName: unread ? '' : FIRST[first]!,
    lastName: unread ? '' : LAST[last]!,
    firstNameGe: unread ? '' : FIRST_GE[first]!,
    lastNameGe: unread ? '' : LAST_GE[last]!,
    personalNumber: unread ? '' : '0' + digits(mix(n, 9), 10),
    documentNumber: unread ? '' : `${digits(mix(n, 10), 2)}IG${digits(mix(n, 11), 5)}`,
    createdAt: new Date(created).toISOString(),
    finishedAt: fate.outcome === 'pending' ? '' : new Date(created + 52_000).toISOString(),
    documentType: unread ? '' : mix(n, 12) % 3 === 0 ? 'passport' : 'ID',
    liveness: fate.outcome === 'pending' ? '' : unread ? 'failed' : 'passed',
    extra: `phoneNumber: +995 5${digits(mix(n, 13), 8)}; branch: Batumi`,
    environment: mix(n, 14) % 25 === 0 ? 'Sandbox' : 'Production',
    liquidated: false,
    erased: '',
    hold: false,
    selfie: unread ? '' : 'selfie-1',
    near: '',
    ...fate,
  }
}

/** What is known of a session beyond its row. */
export interface FakeFacts {
  tags: string[]
  device: string
  country: string
  reviewed: 'yes' | 'no'
}

/** The facts of session number n. */
export function fakeFacts(n: number): FakeFacts {
  const country = mix(n, 15) % 20
  return {
    tags: mix(n, 16) % 30 === 0 ? ['vip'] : mix(n, 17) % 12 === 0 ? ['branch', 'batumi'] : [],
    device: mix(n, 18) % 4 === 0 ? 'PC' : 'Mobile',
    country: country === 0 ? '' : country < 17 ? 'GE' : country < 19 ? 'UA' : 'DE',
    reviewed: mix(n, 19) % 9 === 0 ? 'yes' : 'no',
  }
}

/** What stays of a session that was erased: that it was there, when, how it ended, and why it is gone. */
export function tombstone(row: Row, erased: Erased): Row {
  const { ordinal, sessionId, createdAt, finishedAt, verified, outcome, environment, liquidated } = row
  const names = { firstName: '', lastName: '', firstNameGe: '', lastNameGe: '', personalNumber: '', documentNumber: '' }
  const rest = { documentType: '', liveness: '' as const, matchLevel: 0, spoofs: [], extra: '', selfie: '', hold: false, near: '' }
  return { ordinal, sessionId, createdAt, finishedAt, verified, outcome, environment, liquidated, erased, ...names, ...rest }
}

/** Whether every word of the text is a prefix of a name, a number or the ID. */
export function matches(row: Row, text: string): boolean {
  const fields = [row.firstName, row.lastName, row.firstNameGe, row.lastNameGe, row.personalNumber, row.documentNumber, row.sessionId]
  const folded = fields.map((field) => field.toLowerCase())
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => folded.some((field) => field.startsWith(word)))
}

const SIGNS: Record<string, string> = { o: '0', i: '1', l: '1', b: '8', s: '5' }
const folded = (text: string): string => text.toLowerCase().replace(/[oilbs]/g, (sign) => SIGNS[sign]!)

/** The number of a session that looks like the text though it is not the same; null none does. */
export function nearValue(row: Row, text: string): string | null {
  const asked = folded(text.trim())
  if (!/\d/.test(text) || /\s/.test(asked)) return null
  return [row.personalNumber, row.documentNumber].find((number) => number !== '' && folded(number).startsWith(asked)) ?? null
}
