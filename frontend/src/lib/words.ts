// The words of the domain's values: from what the archive says to what a person reads.
import { format } from './format'
import { t } from './i18n'
import type { Key } from './i18n'
import type { Job, Liveness, Phase, Progress, Spoof, Status, Verified } from './idv'

const verified: Record<Verified, Key> = { Yes: 'verified.yes', No: 'verified.no', Pending: 'verified.pending' }
const spoofs: Record<Spoof, Key> = { digital: 'spoof.digital', notFull: 'spoof.notFull' }
const phases: Record<Phase, Key> = { reading: 'sync.reading', indexing: 'sync.indexing', writing: 'sync.writing' }
const documents: Record<string, Key> = { ID: 'document.id', PASSPORT: 'document.passport', '': 'document.none' }

export function verifiedWord(value: Verified): string {
  return t(verified[value])
}

/** The reasons to suspect a spoof, in a list. */
export function spoofWords(values: Spoof[]): string {
  return values.map((value) => t(spoofs[value])).join(', ')
}

/** A type that is newer than this version stays as the portal wrote it. */
export function documentWord(type: string): string {
  const key = documents[type.toUpperCase()]
  return key ? t(key) : type
}

export function livenessWord(value: Liveness): string {
  if (value === '') return t('none')
  return t(value === 'passed' ? 'liveness.passed' : 'liveness.failed')
}

export function phaseWord(phase: Phase): string {
  return t(phases[phase])
}

export type SyncState = 'running' | 'failed' | 'cancelled' | 'done' | 'idle' | 'never'

/** How the archive stands to its origin. synced: when a sync last came to its end, '' never. */
export function syncState(job: Job, synced: string): SyncState {
  if (job.running) return 'running'
  if (job.error) return job.error.code === 'cancelled' ? 'cancelled' : 'failed'
  if (job.id > 0) return 'done'
  return synced === '' ? 'never' : 'idle'
}

const states: Record<Exclude<SyncState, 'running' | 'idle'>, Key> = {
  failed: 'sync.failed',
  cancelled: 'sync.cancelled',
  done: 'sync.done',
  never: 'sync.never',
}

/** The word for a state that has one of its own: a running sync has its phase, an idle archive its time. */
export function syncWord(state: Exclude<SyncState, 'running' | 'idle'>): string {
  return t(states[state])
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

/** How far a job has come, in numbers. */
export function progressText(progress: Progress): string {
  const done = format.number(progress.done)
  return progress.total > 0 ? t('progress.of', { done, total: format.number(progress.total) }) : done
}
