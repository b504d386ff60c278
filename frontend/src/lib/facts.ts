// A session's details as lists of facts: a label, what is said, and whether it
// speaks for or against the person. Principal facts are always listed, so that
// a missing one is seen; the others only if the portal said something.
import type { Activity, Answer, Details, Findings, Summary } from './details'
import { format } from './format'
import { t } from './i18n'
import type { Key } from './i18n'
import { documentTitle, documentWord } from './words'

export type Tone = '' | 'good' | 'bad'

export interface Fact {
  label: Key
  /** '' not said. */
  value: string
  /** Worth a button that copies it. */
  copy: boolean
  tone: Tone
  /** The value with the portal's own word, where it says it in the window's language. */
  title?: string | undefined
}

export interface FactGroup {
  title: Key
  facts: Fact[]
}

export function answerWord(answer: Answer): string {
  if (answer === '') return ''
  return t(answer === 'yes' ? 'answer.yes' : 'answer.no')
}

const fact = (label: Key, value: string, copy = false): Fact => ({ label, value, copy: copy && value !== '', tone: '' })

/** An answer that speaks for the person if it is the good one. */
function judged(label: Key, answer: Answer, good: Answer = 'yes'): Fact {
  const tone: Tone = answer === '' ? '' : answer === good ? 'good' : 'bad'
  return { ...fact(label, answerWord(answer)), tone }
}

const said = (facts: Fact[]): Fact[] => facts.filter(({ value }) => value !== '')
const number = (n: number, none: number): string => (n === none ? '' : format.number(n))

/** A name in both spellings, where they differ. */
export function bothSpellings(latin: string, georgian: string): string {
  return [...new Set([latin, georgian])].filter(Boolean).join(' · ')
}

/** The word for a sex that the portal writes; another one stays as it is. */
export function sexWord(sex: string): string {
  if (sex === 'male') return t('sex.male')
  return sex === 'female' ? t('sex.female') : sex
}

function birthText({ birthDate, age }: Summary): string {
  return birthDate !== '' && age >= 0 ? t('fact.birth', { date: birthDate, age }) : birthDate
}

function personFacts(s: Summary): Fact[] {
  return [
    fact('column.firstName', bothSpellings(s.firstNameLatin, s.firstNameGeorgian), true),
    fact('column.lastName', bothSpellings(s.lastNameLatin, s.lastNameGeorgian), true),
    fact('fact.personalNumber', s.personalNumber, true),
    fact('fact.birthDate', birthText(s)),
    fact('fact.sex', sexWord(s.sex)),
    fact('fact.nationality', s.nationality),
  ]
}

function documentFacts(s: Summary): Fact[] {
  // Of an erased session nobody knows any more whether it had one.
  const word = s.documentType === '' && s.erasedAt !== '' ? '' : documentWord(s.documentType)
  return [
    { ...fact('column.document', word), title: documentTitle(s.documentType) },
    fact('fact.documentNumber', s.documentNumber, true),
    fact('fact.issueDate', s.issueDate),
    fact('fact.expirationDate', s.expirationDate),
  ]
}

/** What the portal found, without the match level. */
export function findingFacts(f: Findings): Fact[] {
  const main = [
    judged('fact.liveness', f.livenessPassed),
    judged('fact.faceMatched', f.faceMatched),
    judged('fact.documentValid', f.documentValid),
    judged('fact.mrzValid', f.mrzValid),
    judged('fact.digitalSpoof', f.digitalSpoof, 'no'),
    judged('fact.fullId', f.fullId),
  ]
  const rest = [
    fact('fact.livenessStatus', f.livenessPassed === 'no' ? f.livenessStatus : ''),
    fact('fact.livenessKind', f.livenessKind),
    fact('fact.distance', number(f.distance, -1)),
    fact('fact.error', f.errorMessage),
  ]
  return [...main, ...said(rest)]
}

function sessionFacts(s: Summary, details: Details): Fact[] {
  return [
    fact('fact.created', format.dateTime(details.row.createdAt)),
    fact('fact.finished', format.dateTime(details.row.finishedAt)),
    ...said([
      fact('fact.status', s.status),
      fact('fact.company', s.company),
      fact('fact.environment', s.environment),
      fact('fact.manualVerified', answerWord(s.manualVerified)),
      fact('fact.manualRejected', answerWord(s.manualRejected)),
      fact('fact.awaiting', answerWord(s.awaitingAction)),
      fact('fact.agreed', answerWord(s.agreed)),
      fact('fact.edited', answerWord(s.edited)),
      fact('fact.checked', answerWord(s.checked)),
      fact('fact.liquidated', answerWord(s.liquidated)),
      fact('fact.erasedAt', format.dateTime(s.erasedAt)),
    ]),
  ]
}

export function summaryGroups(details: Details): FactGroup[] {
  const { summary } = details
  return [
    { title: 'group.person', facts: personFacts(summary) },
    { title: 'group.document', facts: documentFacts(summary) },
    { title: 'group.findings', facts: findingFacts(details.findings) },
    { title: 'group.session', facts: sessionFacts(summary, details) },
  ]
}

/** What a glance needs: who it is and with which document. */
export function peekFacts(details: Details): Fact[] {
  const { summary } = details
  return [...personFacts(summary).slice(2), ...documentFacts(summary), ...findingFacts(details.findings).slice(0, 6)]
}

/** What the session was made with and from where. */
export function deviceFacts({ device, ...activity }: Activity): Fact[] {
  const place = [device.city, device.region, device.country].filter(Boolean).join(', ')
  return [
    fact('column.id', activity.sessionId, true),
    ...said([
      fact('fact.recordId', activity.recordId, true),
      fact('fact.device', [device.kind, device.vendor, device.model].filter(Boolean).join(' · ')),
      fact('fact.os', `${device.os} ${device.version}`.trim()),
      fact('fact.browser', device.browser),
      fact('fact.ip', device.ip, true),
      fact('fact.location', place),
      fact('fact.coordinates', areaText(device.coordinates, device.area)),
      fact('fact.timezone', device.timezone),
      fact('fact.eu', device.eu === '' ? '' : answerWord(device.eu === '1' ? 'yes' : 'no')),
      fact('fact.attemptNumber', number(activity.attemptNumber, 0)),
      fact('fact.compareAttempts', number(activity.compareAttempts, 0)),
      fact('fact.interacting', answerWord(activity.interacting)),
      fact('fact.thirdParty', answerWord(activity.usedThirdParty)),
    ]),
  ]
}

function areaText(coordinates: string, area: number): string {
  return coordinates !== '' && area > 0 ? t('fact.area', { coordinates, area: format.number(area) }) : coordinates
}
