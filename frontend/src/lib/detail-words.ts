// The words of a session's page: steps, the machine-readable zone, the match
// level, photos.
import type { Answer, Findings, MissingPhoto, MrzCheck, MrzFault, MrzItem, Step, StepKind } from './details'
import { format } from './format'
import { t } from './i18n'
import type { Key } from './i18n'
import { MAX_LEVEL, farOneIn, isLow } from './match'
import { numberOf, photoKey } from './photo-set'
import { sexWord } from './facts'

const steps: Record<Exclude<StepKind, 'attempt'>, Key> = {
  created: 'step.created',
  started: 'step.started',
  liveness: 'step.liveness',
  document: 'step.document',
  finished: 'step.finished',
  erased: 'step.erased',
}

export function stepWord(step: Step): string {
  return step.kind === 'attempt' ? t('step.attempt', { number: step.attempt }) : t(steps[step.kind])
}

/** How a step ended; '' nothing is said of it. */
export function stepResult({ done, passed }: Pick<Step, 'done' | 'passed'>): string {
  if (done === 'no') return t('step.notDone')
  if (passed === '') return ''
  return t(passed === 'yes' ? 'step.passed' : 'step.failed')
}

const items: Record<string, Key> = {
  documentCode: 'mrz.field.documentCode',
  issuingState: 'mrz.field.issuingState',
  documentNumber: 'fact.documentNumber',
  birthDate: 'fact.birthDate',
  sex: 'fact.sex',
  expirationDate: 'fact.expirationDate',
  nationality: 'fact.nationality',
  optionalData: 'mrz.field.optionalData',
  optionalData2: 'mrz.field.optionalData2',
  personalNumber: 'fact.personalNumber',
  composite: 'mrz.field.composite',
  lastName: 'column.lastName',
  firstName: 'column.firstName',
}

/** A field's name; one that only the portal knows stays as it wrote it. */
export function mrzFieldWord(field: string): string {
  const key = items[field]
  return key ? t(key) : field
}

export function mrzValue(item: MrzItem): string {
  const value = item.field === 'sex' ? sexWord(item.value) : item.value
  return item.cut && value !== '' ? t('mrz.cut', { value }) : value
}

const faults: Record<Exclude<MrzFault, ''>, Key> = {
  lowerCase: 'mrz.fault.lowerCase',
  blanks: 'mrz.fault.blanks',
  lines: 'mrz.fault.lines',
  length: 'mrz.fault.length',
  layout: 'mrz.fault.layout',
  characters: 'mrz.fault.characters',
  code: 'mrz.fault.code',
  date: 'mrz.fault.date',
}

export function faultWord(fault: Exclude<MrzFault, ''>): string {
  return t(faults[fault])
}

/** What the check of a zone came to, in a sentence. */
export function mrzVerdict({ source, ok }: MrzCheck): string {
  if (source === '') return t('mrz.none')
  if (ok === '') return t('mrz.partly')
  return t(ok === 'yes' ? 'mrz.good' : 'mrz.bad')
}

/** What a field's check came to: its fault, or how the digits compare. */
export function itemResult(item: MrzItem): string {
  if (item.fault !== '') return faultWord(item.fault)
  if (item.ok === '') return item.digit === '' ? t('mrz.noDigit') : t('mrz.notComputed')
  return t(item.ok === 'yes' ? 'mrz.fits' : 'mrz.wrong')
}

export function itemTone(item: MrzItem): Answer {
  return item.fault !== '' ? 'no' : item.ok
}

/** The match level in words: what it is, how often such a match is wrong, and how it stands to the accepted one. */
export function matchText({ matchLevel, accepted }: Pick<Findings, 'matchLevel' | 'accepted'>): string {
  if (matchLevel === 0) return t('match.text.none')
  const oneIn = farOneIn(matchLevel)
  const level = oneIn > 0 ? t('match.label', { level: matchLevel, max: MAX_LEVEL, oneIn: format.number(oneIn) }) : t('match.label.noRate', { level: matchLevel })
  if (accepted === 0) return t('match.text.free', { level })
  return t(isLow(matchLevel, accepted) ? 'match.text.under' : 'match.text.accepted', { level, accepted })
}

/** Why a photo is not shown: it is not here, or it is and cannot be opened. */
export type Gap = MissingPhoto['why'] | 'damaged'

const gaps: Record<Gap, Key> = { waiting: 'photo.waiting', gone: 'photo.gone', damaged: 'photo.damaged' }

export function gapText(why: Gap, fetching: boolean): string {
  return t(why === 'waiting' && fetching ? 'photo.coming' : gaps[why])
}

/** What a photo is called: selfies have numbers. */
export function photoWord(name: string): string {
  const key = photoKey(name)
  return key ? t(key, { number: numberOf(name) || 1 }) : name
}
