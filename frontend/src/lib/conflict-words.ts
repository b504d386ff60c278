// The sentences of the truth strip: what in a session does not go together.
import type { Conflict, ConflictField, Place, Severity } from './details'
import { sexWord } from './facts'
import { t } from './i18n'
import type { Key } from './i18n'

const fields: Record<ConflictField, Key> = {
  documentNumber: 'fact.documentNumber',
  personalNumber: 'fact.personalNumber',
  firstName: 'column.firstName',
  lastName: 'column.lastName',
  birthDate: 'fact.birthDate',
  expirationDate: 'fact.expirationDate',
  sex: 'fact.sex',
  nationality: 'fact.nationality',
  matchLevel: 'column.match',
  sessionId: 'column.id',
  mrz: 'fact.mrz',
}

const places: Record<Place, Key> = {
  mrz: 'place.mrz',
  printed: 'place.printed',
  front: 'place.front',
  session: 'place.session',
  age: 'place.age',
  address: 'place.address',
  accepted: 'place.accepted',
  attempt: 'place.attempt',
  portal: 'place.portal',
  here: 'place.here',
}

const severities: Record<Severity, Key> = { fault: 'severity.fault', doubt: 'severity.doubt', note: 'severity.note' }

export function severityWord(severity: Severity): string {
  return t(severities[severity])
}

/** The conflict as a sentence. A value that a newer version sends for an unknown field is shown as it came. */
export function conflictText(conflict: Conflict): string {
  const of = (place: Place): string => conflict.values.find(({ key }) => key === place)?.value ?? ''
  const day = of('printed') || of('mrz')
  switch (conflict.kind) {
    case 'differs':
    case 'lookAlike':
      return t(conflict.kind === 'differs' ? 'conflict.differs' : 'conflict.lookAlike', { field: fieldWord(conflict.field), values: valuesText(conflict) })
    case 'expired':
      return t('conflict.expired', { date: day, day: of('session') })
    case 'underAge':
      return t('conflict.underAge', { age: Number(of('age')), day: of('session'), date: day })
    case 'otherCountry':
      return t('conflict.otherCountry', { nationality: day, country: of('address') })
    case 'underAccepted':
      return t('conflict.underAccepted', { level: of('session'), accepted: of('accepted') })
    case 'otherSession':
      return t('conflict.otherSession', { ids: conflict.values.map(({ value }) => value).join(', ') })
    case 'mrzOpinion':
      return t(of('portal') === 'yes' ? 'conflict.mrz.here' : 'conflict.mrz.portal')
  }
}

function fieldWord(field: ConflictField): string {
  return fields[field] ? t(fields[field]) : field
}

function valuesText({ field, values }: Conflict): string {
  const shown = (value: string): string => (field === 'sex' ? sexWord(value) : value)
  return values.map(({ key, value }) => t('conflict.value', { place: t(places[key]), value: shown(value) })).join(' · ')
}
