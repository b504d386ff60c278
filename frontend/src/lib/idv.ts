// The domain as it crosses the bridge: the same shapes and names as the Go
// package backend/idv, and as app.go hands them over.

/** A question to the archive. */
export interface Query {
  text: string
  filter: Filter
  sort: Sort
  offset: number
  /** Rows to return, at most 1000; 0 asks for the total only. */
  limit: number
  /** Count the values of every dimension too. */
  facets: boolean
  /** These sessions alone, by ordinal; [] all. */
  only: number[]
  /** All but these, by ordinal. */
  except: number[]
  /** The ordinal of a session whose place in the answer is asked; 0 none. */
  around: number
}

/** What a list is asked for: without its pages, so that two lists can be compared. */
export interface Search {
  text: string
  filter: Filter
  sort: Sort
}

/** A search with a name, kept in the archive. */
export interface View extends Search {
  id: string
  name: string
}

/**
 * What narrows a list down: a field is a dimension, its values are alternatives,
 * the dimensions add up, and an empty one restricts nothing. '' is the value of
 * sessions without one.
 */
export interface Filter {
  documents: string[]
  outcomes: string[]
  spoofs: Spoof[]
  /** Match levels; 0 is an open end. none: sessions without data too, or only those if both ends are open. */
  matches: { min: number; max: number; none: boolean }
  liveness: Liveness[]
  /** RFC 3339: created at from or later, and earlier than before; '' is an open end. */
  from: string
  before: string
  environments: string[]
  tags: string[]
  devices: string[]
  countries: string[]
  reviewed: ('yes' | 'no')[]
}

/** What a list is sorted by; '' is the creation time. */
export type Order =
  | ''
  | 'finished'
  | 'firstName'
  | 'lastName'
  | 'personalNumber'
  | 'documentNumber'
  | 'sessionId'
  | 'documentType'
  | 'liveness'
  | 'verified'
  | 'matchLevel'
  | 'extra'
  | 'environment'
  | 'device'
  | 'country'

export interface Sort {
  by: Order
  ascending: boolean
}

/** How many of the found sessions have a value. */
export interface Count {
  value: string
  count: number
}

/** The counts behind every value, each under all the other restrictions. */
export type Facets = Record<
  'documents' | 'outcomes' | 'spoofs' | 'matches' | 'liveness' | 'environments' | 'tags' | 'devices' | 'countries' | 'reviewed',
  Count[]
>

/** A text like the one that found nothing, and how many sessions it finds. */
export interface Nearest {
  text: string
  total: number
}

/** The filter that restricts nothing. */
export function noFilter(): Filter {
  return {
    documents: [], outcomes: [], spoofs: [], matches: { min: 0, max: 0, none: false }, liveness: [], from: '', before: '',
    environments: [], tags: [], devices: [], countries: [], reviewed: [],
  }
}

/** Counts of nothing. */
export function noFacets(): Facets {
  return { documents: [], outcomes: [], spoofs: [], matches: [], liveness: [], environments: [], tags: [], devices: [], countries: [], reviewed: [] }
}

/** Everything, newest first. */
export function noSearch(): Search {
  return { text: '', filter: noFilter(), sort: { by: '', ascending: false } }
}

/** Asks for rows of a search. */
export function queryOf({ text, filter, sort }: Search, offset: number, limit: number): Query {
  return { text, filter, sort, offset, limit, facets: false, only: [], except: [], around: 0 }
}

/** Asks for the rows of what the text finds, newest first. */
export function textQuery(text: string, offset: number, limit: number): Query {
  return queryOf({ ...noSearch(), text }, offset, limit)
}

export type Verified = 'Yes' | 'No' | 'Pending'
export type Liveness = 'passed' | 'failed' | ''
export type Spoof = 'digital' | 'notFull' | 'lowFar'
/** Why the archive gave a session up: the portal erased it, a person did, or its time was over. */
export type Erased = '' | 'portal' | 'user' | 'retention'

/** A session as the list shows it. Times are RFC 3339 in UTC. */
export interface Row {
  ordinal: number
  sessionId: string
  /** '' when the name could not be read. */
  firstName: string
  lastName: string
  firstNameGe: string
  lastNameGe: string
  personalNumber: string
  documentNumber: string
  createdAt: string
  finishedAt: string
  verified: Verified
  outcome: string
  /** As in the portal's CSV; '' when no document was presented. */
  documentType: string
  liveness: Liveness
  /** 0 when there is no data. */
  matchLevel: number
  spoofs: Spoof[]
  extra: string
  environment: string
  /** The portal has erased the person's data; under a legal hold they are still here. */
  liquidated: boolean
  /** Why only a tombstone is left; '' it is not one. */
  erased: Erased
  /** Under legal hold: nothing erases it. */
  hold: boolean
  /** Name of the selfie that is kept on this computer; '' none. */
  selfie: string
  /** The value that the text only looks like (O for 0); '' it is found as it stands. */
  near: string
}

/** An answer: the exact total, and the rows from the query's offset on. */
export interface Page {
  /** The change of the archive that list, filters and counts have seen. */
  seq: number
  /** The change that text search has seen. */
  indexed: number
  total: number
  /** How many of the total, the last ones, are found by look-alike signs only. */
  near: number
  offset: number
  /** Of the query's around, from 0; -1 it is not among them, or was not asked for. */
  place: number
  rows: Row[]
  /** Empty unless they were asked for. */
  facets: Facets
  /** If nothing is found: what to search for instead. */
  nearest: Nearest[]
}

/** A failure as a person reads it. */
export interface AppError {
  code: string
  message: string
  hint: string
}

export type OriginKind = '' | 'demo' | 'portal' | 'csv'

/** Where refresh reads from; kept once a sync has brought something. needsKey: the portal's key must be typed again. */
export interface Origin {
  kind: OriginKind
  address: string
  needsKey: boolean
}

export type Phase = 'reading' | 'indexing' | 'writing' | 'photos' | 'checking' | 'cleaning'

export interface Progress {
  phase: Phase
  done: number
  /** 0 when it is not known. */
  total: number
}

/** A row or item that could not be read; the rest went on. */
export interface Rejection {
  file: string
  row: number
  column: string
  reason: string
}

/** What could not be read. */
export interface Rejections {
  total: number
  /** The newest of them. */
  rows: Rejection[]
}

/** What a sync or an import did, in numbers. */
export interface Report {
  read: number
  added: number
  changed: number
  unchanged: number
  rejected: number
}

/** An import counts as a sync. '': there was none yet. */
export type JobKind = '' | 'sync' | 'import' | 'export' | 'photos' | 'backup'

/** A sync or an export: one that runs, or the last one. id 0: none yet. report: of a sync that has ended. */
export interface Job {
  id: number
  kind: JobKind
  running: boolean
  progress: Progress
  report: Report | null
  error: AppError | null
  endedAt: string
}

export interface Jobs {
  /** Counts up with every change. */
  version: number
  sync: Job
  export: Job
  /** The photos of what was synced come in after it. */
  photos: Job
  backup: Job
  /** Nothing comes from the portal by itself until a sync is started. */
  paused: boolean
}

export interface Exported {
  file: string
  rows: number
  sha256: string
  /** Cells that the format could not hold as they are. */
  altered?: number
}

/** Where the archive stands. */
export interface Status {
  /** The store's last change. */
  seq: number
  /** The change that the text search has seen; it may trail, and fall to 0 when the search is built anew. */
  indexed: number
  /** Sessions in the archive. */
  total: number
  /** Text cannot be searched until the next start. */
  noText: boolean
}

/** new: there is no archive yet. */
export type LockPhase = 'new' | 'locked' | 'open'
/** What opens the archive; demo: nothing is needed. */
export type LockKind = '' | 'passphrase' | 'passphraseKeychain' | 'keychain' | 'demo'
/** Why it was locked; '' it has not been opened since the start. */
export type LockReason = '' | 'idle' | 'screen' | 'sleep' | 'user'

/** How the archive is sealed, and whether it is open. */
export interface Lock {
  phase: LockPhase
  kind: LockKind
  /** This system has a keychain. */
  keychain: boolean
  /** Seconds that the next try has to wait. */
  wait: number
  reason: LockReason
  /** Seconds until it locks by itself, as of now; 0 never. */
  locksIn: number
  /** Where photos are served while it is open, else ''. */
  photos: string
  /** Counts up with every change. */
  version: number
}

export interface Settings {
  /** Idle minutes after which the archive locks; 0 never. */
  lockMinutes: number
  /** Years after completion that a session is kept; 0 for ever. */
  retentionYears: number
  /** The match level that the company accepts; a lower one is a possible spoof. 0 none is. */
  acceptedLevel: number
  /** Hosts that photos may come from, besides the portal's own. */
  photoHosts: string[]
  /** Hides the window from screen sharing; takes effect at the next start. */
  contentProtection: boolean
}

/** All that the window needs to start. */
export interface State {
  version: string
  dataDir: string
  origin: Origin
  status: Status
  /** When the last sync or import came to its end; '' never. */
  synced: string
  /** Why there is no archive. */
  problem: AppError | null
  jobs: Jobs
  lock: Lock
  settings: Settings
}

export type ExportFormat = 'csv' | 'xlsx'

/** A job that has never run. */
export function noJob(): Job {
  return { id: 0, kind: '', running: false, progress: { phase: 'reading', done: 0, total: 0 }, report: null, error: null, endedAt: '' }
}

/** The jobs before any has run. */
export function noJobs(): Jobs {
  return { version: 0, sync: noJob(), export: noJob(), photos: noJob(), backup: noJob(), paused: false }
}

/** The lock before anything is known of it: closed. */
export function noLock(): Lock {
  return { phase: 'locked', kind: '', keychain: false, wait: 0, reason: '', locksIn: 0, photos: '', version: -1 }
}

/** The settings of a new archive. */
export function firstSettings(): Settings {
  return { lockMinutes: 5, retentionYears: 0, acceptedLevel: 5, photoHosts: [], contentProtection: true }
}

/** The archive before anything is known of it. */
export function noStatus(): Status {
  return { seq: 0, indexed: 0, total: 0, noText: false }
}

/** Whether one account of the archive says something newer than another. The store only moves on; the search may fall back. */
export function hasMoved(from: Status, to: Status): boolean {
  return to.seq > from.seq || (to.seq === from.seq && (to.indexed !== from.indexed || to.noText !== from.noText))
}
