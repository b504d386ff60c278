// A session in full for the archive in memory: made from its row, as the Go
// program makes it from the session.
import type { Activity, Answer, AttemptDetails, Conflict, Details, Findings, MrzCheck, MrzItem, Summary, TagGroup } from '../lib/details'
import type { Row } from '../lib/idv'
import { farOneIn } from '../lib/match'

const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['Spam', ['SPAM']],
  ['Compromised person', ['PEP', 'Sanctions lists', 'Criminal records', 'Adverse media']],
  ['Suspected fraud', ['Fake', 'Blacklist', 'Selfie Mismatch']],
  ['Data mismatch', ['Full name issue', 'ID number or document number issue', 'MRZ issue', 'Date of birth issue']],
  ['Regulation violations', ['Age', 'Duplicate', 'Wrong region']],
]
const ACCEPTED = 5
const later = (at: string, seconds: number): string => (at === '' ? '' : new Date(Date.parse(at) + seconds * 1000).toISOString())
const answer = (good: boolean): Answer => (good ? 'yes' : 'no')

/** The details of a row; same are the other sessions of its person. */
export function fakeDetails(row: Row, same: Row[], seq: number): Details {
  const gone = row.erased !== ''
  const findings = findingsOf(row)
  const mrz = mrzOf(row)
  const attempts = gone || row.outcome === 'pending' ? [] : attemptsOf(row, findings, mrz)
  return {
    row,
    summary: summaryOf(row),
    findings,
    activity: activityOf(row, attempts),
    tags: GROUPS.map(([group, tags]): TagGroup => ({ group, tags: tags.map((tag) => ({ tag, given: row.outcome === 'rejected' && tag === 'Fake' })) })),
    extra: row.extra.split('; ').filter(Boolean).map((pair) => ({ key: pair.split(': ')[0]!, value: pair.split(': ').slice(1).join(': ') })),
    notes: [],
    attempts,
    mrz,
    conflicts: conflictsOf(row),
    photos: row.selfie === '' || gone ? [] : [row.selfie, 'selfie-2', 'front', ...(row.documentType === 'ID' ? ['back'] : [])],
    missing: [],
    unknown: [],
    same,
    sameTotal: same.length,
    seq,
  }
}

function summaryOf(row: Row): Summary {
  const known = row.personalNumber !== ''
  return {
    firstNameLatin: row.firstName, firstNameGeorgian: row.firstNameGe, lastNameLatin: row.lastName, lastNameGeorgian: row.lastNameGe,
    personalNumber: row.personalNumber, documentType: row.documentType.toUpperCase(), documentNumber: row.documentNumber,
    birthDate: known ? '1990-04-02' : '', age: known ? Number(row.createdAt.slice(0, 4)) - 1990 - (row.createdAt.slice(5, 10) < '04-02' ? 1 : 0) : -1,
    issueDate: known ? '2019-06-01' : '', expirationDate: known ? '2029-06-01' : '', sex: known ? 'female' : '', nationality: known ? 'GEO' : '',
    company: 'Example Bank', environment: row.environment, status: row.outcome, outcome: row.outcome,
    verified: row.verified === 'Pending' ? '' : answer(row.verified === 'Yes'), manualVerified: '', manualRejected: row.outcome === 'rejected' ? 'yes' : '',
    awaitingAction: answer(row.verified === 'Pending'), agreed: 'yes', edited: '', checked: '', liquidated: row.liquidated ? 'yes' : '',
    erasedAt: row.erased === '' ? '' : later(row.createdAt, 86_400),
  }
}

function findingsOf(row: Row): Findings {
  const level = row.matchLevel
  const found = row.outcome !== 'pending' && row.erased === ''
  const said = (good: boolean): Answer => (found ? answer(good) : '')
  return {
    livenessPassed: row.liveness === '' ? '' : answer(row.liveness === 'passed'), livenessStatus: row.liveness === 'passed' ? '0' : '1', livenessKind: '1',
    documentValid: said(row.documentType !== ''), mrzValid: said(row.documentType !== ''), faceMatched: said(level >= ACCEPTED),
    digitalSpoof: said(row.spoofs.includes('digital')), fullId: said(!row.spoofs.includes('notFull')),
    matchLevel: level, far: level > 0 ? `1/${farOneIn(level).toLocaleString('en')}` : '', accepted: ACCEPTED,
    underAccepted: level > 0 ? answer(level < ACCEPTED) : '', distance: found ? 0 : -1, errorMessage: '',
  }
}

function activityOf(row: Row, attempts: AttemptDetails[]): Activity {
  const step = { at: '', done: 'yes' as Answer, passed: '' as Answer, attempt: 0, error: '', sessionId: '' }
  return {
    steps: [
      { ...step, kind: 'created', at: row.createdAt },
      { ...step, kind: 'started', at: later(row.createdAt, 6), passed: 'yes' },
      { ...step, kind: 'liveness', done: answer(row.liveness !== ''), passed: row.liveness === '' ? '' : answer(row.liveness === 'passed') },
      ...attempts.map(({ at, success, error, number }) => ({ ...step, kind: 'attempt' as const, at, passed: success, error, attempt: number })),
      ...(row.finishedAt === '' ? [] : [{ ...step, kind: 'finished' as const, at: row.finishedAt, passed: answer(row.verified === 'Yes') }]),
    ],
    events: ['sessionCreated', 'livenessStarted', 'documentScanned'],
    device: {
      kind: 'Mobile', vendor: 'Google', model: 'Pixel 8', os: 'Android', version: '14', browser: 'Chrome Mobile', ip: '203.0.113.24',
      country: 'GE', region: 'Tbilisi', city: 'Tbilisi', eu: '0', timezone: 'Asia/Tbilisi', coordinates: '41.69, 44.8', area: 20,
    },
    sessionId: row.sessionId, recordId: '', attemptNumber: 1, compareAttempts: 1, interacting: '', usedThirdParty: '',
  }
}

function attemptsOf(row: Row, findings: Findings, mrz: MrzCheck): AttemptDetails[] {
  const read = [{ key: 'documentNumber', value: row.documentNumber }, { key: 'personalNumber', value: row.personalNumber }]
  const attempt = (number: number, success: Answer, error: string): AttemptDetails => ({
    number, at: later(row.createdAt, 12 * number), success, error, findings, read, mrz: { ...mrz, attempt: number }, frontText: row.firstName, backText: '',
    frontData: [{ key: 'lastName', value: row.lastName }], backData: [], photos: 2, otherSession: '',
  })
  if (row.ordinal % 3 > 0) return [attempt(1, answer(row.documentType !== ''), '')]
  return [attempt(1, 'no', 'Document is blurred'), attempt(2, answer(row.documentType !== ''), '')]
}

/** The check digit of a text (ICAO 9303 part 3). */
function digitOf(text: string): string {
  const sum = [...text].reduce((all, sign, i) => all + (sign === '<' ? 0 : parseInt(sign, 36)) * [7, 3, 1][i % 3]!, 0)
  return String(sum % 10)
}

function mrzOf(row: Row): MrzCheck {
  const none: MrzCheck = { source: '', attempt: 0, format: '', lines: [], faults: [], items: [], ok: '', portal: '', portalFields: [] }
  if (row.documentType === '' || row.erased !== '' || row.outcome === 'pending') return none
  const number = row.documentNumber.padEnd(9, '<')
  const item = (field: string, raw: string, value: string, protectedBy = false): MrzItem => {
    const expected = protectedBy ? digitOf(raw) : ''
    return { field, raw, value, digit: expected, expected, ok: protectedBy ? 'yes' : '', fault: '', cut: false, portal: 'yes' }
  }
  const items = [
    item('documentCode', 'ID', 'ID'), item('issuingState', 'GEO', 'GEO'), item('documentNumber', number, row.documentNumber, true),
    item('optionalData', row.personalNumber.padEnd(15, '<'), row.personalNumber), item('birthDate', '900402', '1990-04-02', true), item('sex', 'F', 'female'),
    item('expirationDate', '290601', '2029-06-01', true), item('lastName', row.lastName, row.lastName), item('firstName', row.firstName, row.firstName),
  ]
  const digits = items.map(({ digit }) => digit).join('')
  const lines = [`IDGEO${number}${digits[0]}${row.personalNumber}<<<<`, `900402${digits[1]}F290601${digits[2]}GEO<<<<<<<<<<<0`, `${row.lastName}<<${row.firstName}`.padEnd(30, '<')]
  return { ...none, source: 'text', attempt: 1, format: 'TD1', lines, items, ok: 'yes', portal: 'yes' }
}

function conflictsOf(row: Row): Conflict[] {
  const conflicts: Conflict[] = []
  if (row.matchLevel > 0 && row.matchLevel < ACCEPTED) {
    const values = [{ key: 'session' as const, value: String(row.matchLevel) }, { key: 'accepted' as const, value: String(ACCEPTED) }]
    conflicts.push({ kind: 'underAccepted', field: 'matchLevel', values, severity: 'fault' })
  }
  if (row.documentNumber !== '' && row.ordinal % 7 === 0) {
    const values = [{ key: 'mrz' as const, value: row.documentNumber }, { key: 'front' as const, value: row.documentNumber.replace('I', '1') }]
    conflicts.push({ kind: 'lookAlike', field: 'documentNumber', values, severity: 'doubt' })
  }
  return conflicts
}
