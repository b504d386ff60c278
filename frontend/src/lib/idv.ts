// The domain as it crosses the bridge: the same shapes and names as the Go
// package backend/idv, and as app.go hands them over.

/** A question to the archive. No text asks for everything, newest first. */
export interface Query {
  text: string
  offset: number
  /** Rows to return, at most 1000; 0 asks for the total only. */
  limit: number
}

export type Verified = 'Yes' | 'No' | 'Pending'
export type Liveness = 'passed' | 'failed' | ''
export type Spoof = 'digital' | 'notFull'

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
  liquidated: boolean
  /** A selfie was taken. */
  selfie: boolean
}

/** An answer: the exact total, and the rows from the query's offset on. */
export interface Page {
  /** The change of the archive that the answer has seen. */
  seq: number
  total: number
  offset: number
  rows: Row[]
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

export type Phase = 'reading' | 'indexing' | 'writing'

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

/** A sync or an export: one that runs, or the last one. id 0: none yet. report: of a sync that has ended. */
export interface Job {
  id: number
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
}

export type ExportFormat = 'csv' | 'xlsx'

/** A job that has never run. */
export function noJob(): Job {
  return { id: 0, running: false, progress: { phase: 'reading', done: 0, total: 0 }, report: null, error: null, endedAt: '' }
}

/** The jobs before any has run. */
export function noJobs(): Jobs {
  return { version: 0, sync: noJob(), export: noJob() }
}

/** The archive before anything is known of it. */
export function noStatus(): Status {
  return { seq: 0, indexed: 0, total: 0, noText: false }
}

/** Whether one account of the archive says something newer than another. The store only moves on; the search may fall back. */
export function hasMoved(from: Status, to: Status): boolean {
  return to.seq > from.seq || (to.seq === from.seq && (to.indexed !== from.indexed || to.noText !== from.noText))
}
