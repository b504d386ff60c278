// The words of the domain's values: from what the archive says to what a person reads.
import { format } from './format'
import { t } from './i18n'
import type { Key } from './i18n'
import type { Erased, Job, Liveness, Lock, LockReason, Phase, Progress, Report, Row, Spoof, Status, Verified } from './idv'
import { shortId } from './names'
import type { Strength } from './passphrase'
import { plain } from './plain'

const verified: Record<Verified, Key> = { Yes: 'verified.yes', No: 'verified.no', Pending: 'verified.pending' }
const spoofs: Record<Spoof, Key> = { digital: 'spoof.digital', notFull: 'spoof.notFull', lowFar: 'spoof.lowFar' }
const phases: Record<Phase, Key> = {
  reading: 'sync.reading',
  indexing: 'sync.indexing',
  writing: 'sync.writing',
  photos: 'sync.photos',
  checking: 'sync.checking',
  cleaning: 'sync.cleaning',
}
/** The types that the portal's SDK knows. */
const documents: Record<string, Key> = {
  ID: 'document.id',
  PASSPORT: 'document.passport',
  RESIDENCE_CARD: 'document.residence',
  DRIVING_LICENSE: 'document.driving',
  '': 'document.none',
}

export function verifiedWord(value: Verified): string {
  return t(verified[value])
}

/** The reasons to suspect a spoof, in a list. */
export function spoofWords(values: Spoof[]): string {
  return values.map((value) => t(spoofs[value])).join(', ')
}

/** A type that is newer than this version stays as the portal wrote it. */
export function documentWord(type: string): string {
  const key = documents[type.trim().toUpperCase().replace(/[\s-]+/g, '_')]
  return key ? t(key) : plain(type)
}

/** The type's word, which may not find room, with what the portal wrote where that is another one. */
export function documentTitle(type: string): string {
  const [word, written] = [documentWord(type), plain(type)]
  return type === '' || written === word ? word : `${word} · ${written}`
}

export function livenessWord(value: Liveness): string {
  if (value === '') return t('none')
  return t(value === 'passed' ? 'liveness.passed' : 'liveness.failed')
}

export function phaseWord(phase: Phase): string {
  return t(phases[phase])
}

export type SyncState = 'running' | 'paused' | 'failed' | 'offline' | 'cancelled' | 'done' | 'idle' | 'never'

/** Ends of a sync that are no failure of it. */
const ends: Partial<Record<string, SyncState>> = { cancelled: 'cancelled', unreachable: 'offline' }

/** How the archive stands to its origin. synced: when a sync last came to its end, '' never. */
export function syncState(job: Job, synced: string, paused = false): SyncState {
  if (job.running) return 'running'
  if (paused) return 'paused'
  if (job.error) return ends[job.error.code] ?? 'failed'
  if (job.id > 0) return 'done'
  return synced === '' ? 'never' : 'idle'
}

const states: Record<Exclude<SyncState, 'running' | 'idle'>, Key> = {
  paused: 'sync.paused',
  failed: 'sync.failed',
  offline: 'sync.offline',
  cancelled: 'sync.cancelled',
  done: 'sync.done',
  never: 'sync.never',
}

/** The word for a state that has one of its own: a running sync has its phase, an idle archive its time. */
export function syncWord(state: Exclude<SyncState, 'running' | 'idle'>): string {
  return t(states[state])
}

/** What a sync or an import has brought. */
export function reportText({ added, changed }: Report): string {
  return t('sync.report', { added: format.number(added), changed: format.number(changed) })
}

/** How many sessions a text has found, or how many there are. trailing: the search has not seen all of them. */
export function countText(loaded: boolean, text: string, total: number, trailing: boolean): string {
  if (!loaded) return t('count.loading')
  if (text.trim() === '') return t('count.all', { count: total })
  return t(trailing ? 'count.partial' : 'count.found', { count: total })
}

/** How far the text search has come. Never 100 while it trails. */
export function preparingText(status: Status): string {
  return t('sync.preparing', { percent: Math.floor((100 * status.indexed) / Math.max(1, status.seq)) })
}

/** How far the photos have come. */
export function photosText(progress: Progress): string {
  return `${t('sync.photos')} ${progressText(progress)}`
}

/** How far a job has come, in numbers. */
export function progressText(progress: Progress): string {
  const done = format.number(progress.done)
  return progress.total > 0 ? t('progress.of', { done, total: format.number(progress.total) }) : done
}

const erasures: Record<Exclude<Erased, ''>, Key> = {
  portal: 'erased.portal',
  user: 'erased.user',
  retention: 'erased.retention',
}

/** Why a session is gone. */
export function erasedWord(why: Exclude<Erased, ''>): string {
  return t(erasures[why])
}

/** Why a name is not there to be read. */
export function unreadWord(row: Row): string {
  if (row.erased !== '') return erasedWord(row.erased)
  return t(row.liquidated ? 'name.erased' : 'name.unread')
}

/** What a session is called where it is named: its person, else the start of its ID. */
export function sessionName(row: Row): string {
  const name = `${row.firstName} ${row.lastName}`.trim()
  return name === '' ? t('session.unnamed', { id: shortId(row.sessionId) }) : plain(name)
}

const reasons: Record<LockReason, Key> = {
  '': 'unlock.start',
  idle: 'unlock.idle',
  screen: 'unlock.screen',
  sleep: 'unlock.sleep',
  user: 'unlock.user',
}

/** Why the archive is locked. */
export function lockReason(lock: Lock): string {
  return t(reasons[lock.reason])
}

/** When the archive locks by itself, in minutes; 0 seconds: never. */
export function locksInText(seconds: number): string {
  return seconds === 0 ? t('lock.now') : t('lock.in', { minutes: Math.ceil(seconds / 60) })
}

/** How long the next try has to wait. */
export function waitText(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? t('unlock.wait', { seconds }) : t('unlock.wait.minutes', { minutes, seconds: seconds % 60 })
}

const strengths: Record<Strength, Key> = {
  short: 'strength.short',
  weak: 'strength.weak',
  fair: 'strength.fair',
  good: 'strength.good',
  strong: 'strength.strong',
}

export function strengthWord(strength: Strength): string {
  return t(strengths[strength])
}
