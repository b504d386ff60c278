// One session in full, as the bridge hands it over: the same shapes and names as
// backend/idv has in details*.go, mrz.go and conflicts.go. Times are RFC 3339 in
// UTC, days yyyy-mm-dd, and '' is what the portal did not say.
import type { Row } from './idv'

export type Answer = 'yes' | 'no' | ''

export interface Field {
  key: string
  value: string
}

export interface Summary {
  firstNameLatin: string
  firstNameGeorgian: string
  lastNameLatin: string
  lastNameGeorgian: string
  personalNumber: string
  /** As the portal's API wrote it: ID, PASSPORT, ... */
  documentType: string
  documentNumber: string
  birthDate: string
  /** Whole years on the day of the session; -1 not known. */
  age: number
  issueDate: string
  expirationDate: string
  /** male, female, or as the portal wrote it. */
  sex: string
  nationality: string
  company: string
  environment: string
  /** The portal's own word. */
  status: string
  outcome: string
  verified: Answer
  manualVerified: Answer
  manualRejected: Answer
  awaitingAction: Answer
  agreed: Answer
  edited: Answer
  checked: Answer
  liquidated: Answer
  erasedAt: string
}

/** What the portal found: yes means that it is as the name says. */
export interface Findings {
  livenessPassed: Answer
  livenessStatus: string
  livenessKind: string
  documentValid: Answer
  /** The portal's opinion; MrzCheck has ours. */
  mrzValid: Answer
  faceMatched: Answer
  digitalSpoof: Answer
  fullId: Answer
  /** 0 no data. */
  matchLevel: number
  /** As 1/10,000; '' not published. */
  far: string
  accepted: number
  underAccepted: Answer
  /** Edits between two readings of the document; -1 not said. */
  distance: number
  errorMessage: string
}

export type StepKind = 'created' | 'started' | 'liveness' | 'attempt' | 'document' | 'finished' | 'erased'

export interface Step {
  kind: StepKind
  at: string
  done: Answer
  passed: Answer
  /** From 1; 0 it is no attempt. */
  attempt: number
  error: string
  /** Another session that the attempt was made in. */
  sessionId: string
}

export interface DeviceFacts {
  kind: string
  vendor: string
  model: string
  os: string
  version: string
  browser: string
  ip: string
  country: string
  region: string
  city: string
  eu: string
  timezone: string
  coordinates: string
  area: number
}

export interface Activity {
  steps: Step[]
  events: string[]
  device: DeviceFacts
  sessionId: string
  recordId: string
  attemptNumber: number
  compareAttempts: number
  interacting: Answer
  usedThirdParty: Answer
}

export interface TagGroup {
  /** '' for what belongs to no group of the list. */
  group: string
  tags: { tag: string; given: boolean }[]
}

export type MrzFault = '' | 'lowerCase' | 'blanks' | 'lines' | 'length' | 'layout' | 'characters' | 'code' | 'date'

export interface MrzItem {
  field: string
  raw: string
  value: string
  /** The check digit that stands there; '' the field has none. */
  digit: string
  /** The one computed here; '' it cannot be computed. */
  expected: string
  ok: Answer
  fault: MrzFault
  cut: boolean
  portal: Answer
}

export interface MrzCheck {
  source: '' | 'text' | 'fields'
  /** The attempt that it was read in, from 1; 0 none. */
  attempt: number
  format: '' | 'TD1' | 'TD2' | 'TD3'
  lines: string[]
  faults: MrzFault[]
  items: MrzItem[]
  ok: Answer
  portal: Answer
  portalFields: { label: string; field: string; value: string; valid: Answer }[]
}

export interface AttemptDetails {
  number: number
  at: string
  success: Answer
  error: string
  findings: Findings
  read: Field[]
  mrz: MrzCheck
  frontText: string
  backText: string
  frontData: Field[]
  backData: Field[]
  photos: number
  otherSession: string
}

export type ConflictKind = 'differs' | 'lookAlike' | 'expired' | 'underAge' | 'otherCountry' | 'underAccepted' | 'otherSession' | 'mrzOpinion'
export type ConflictField =
  | 'documentNumber' | 'personalNumber' | 'firstName' | 'lastName' | 'birthDate' | 'expirationDate' | 'sex' | 'nationality'
  | 'matchLevel' | 'sessionId' | 'mrz'
export type Severity = 'fault' | 'doubt' | 'note'
export type Place = 'mrz' | 'printed' | 'front' | 'session' | 'age' | 'address' | 'accepted' | 'attempt' | 'portal' | 'here'

export interface Conflict {
  kind: ConflictKind
  field: ConflictField
  values: { key: Place; value: string }[]
  severity: Severity
}

/** A photo that the portal had and the archive does not: it is still to be fetched, or not to be had any more. */
export interface MissingPhoto {
  name: string
  why: 'waiting' | 'gone'
}

export interface Details {
  row: Row
  summary: Summary
  findings: Findings
  activity: Activity
  /** The portal's five groups, then what belongs to none. */
  tags: TagGroup[]
  extra: Field[]
  notes: string[]
  attempts: AttemptDetails[]
  mrz: MrzCheck
  /** The gravest first. */
  conflicts: Conflict[]
  /** Names of the photos that the portal had. */
  photos: string[]
  /** Those of them that are not kept. */
  missing: MissingPhoto[]
  /** Dotted path and raw JSON of what this version does not know. */
  unknown: Field[]
  /** Other sessions of the same personal number, newest first; at most 100 of sameTotal. */
  same: Row[]
  sameTotal: number
  /** The change of the archive that this has seen. */
  seq: number
}

