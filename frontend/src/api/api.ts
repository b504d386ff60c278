// What the window asks of the archive: one interface with two implementations,
// wails.ts (the Go program) and fake.ts (an archive in memory).
import type { Details } from '../lib/details'
import type { ExportFormat, Exported, Jobs, Lock, Page, Query, Rejections, Settings, State, Status, View } from '../lib/idv'
import type { WindowSettings } from '../lib/window-settings'

/** Stops the calls of an event's listener. */
export type Unsubscribe = () => void

/**
 * Every failure rejects with an AppError; while the archive is not open all but
 * the calls about the lock and the window reject with the code 'locked'. Three events tell of
 * changes; each has a getter of the same shape: subscribe first, then get, and
 * keep the newer.
 */
export interface Api {
  state(): Promise<State>
  /** Tries again to open an archive that had a problem. */
  reopen(): Promise<State>
  find(query: Query): Promise<Page>
  /** One session in full, with the other sessions of the same person. */
  details(ordinal: number): Promise<Details>
  /** Starts the job that fetches the photos that are still at the portal, those of a session first. */
  fetchPhotos(ordinal: number): Promise<void>
  /** The searches that were kept with a name, in their order. */
  views(): Promise<View[]>
  saveViews(views: View[]): Promise<void>
  /** The list's columns as JSON of the page's own making, at most 16 KB; '' as they come. */
  layout(): Promise<string>
  saveLayout(layout: string): Promise<void>

  /** Makes the archive, and answers its recovery code: this is the only time that it is told. */
  protect(passphrase: string, keychainOnly: boolean): Promise<string>
  /** The passphrase is '' where none is needed. */
  unlock(passphrase: string): Promise<void>
  /** Opens by the recovery code and sets a new passphrase. 'invalid': the code has a typing mistake. */
  recover(code: string, passphrase: string): Promise<void>
  lock(): Promise<void>
  /** Somebody is at the window: the idle time begins anew. */
  touch(): Promise<void>
  /** old is '' where there is no passphrase yet. */
  changePassphrase(old: string, passphrase: string): Promise<void>
  /** Answers a new recovery code; the one before it opens nothing any more. */
  newRecoveryCode(passphrase: string): Promise<string>
  /** Removes the archive. The word must be DELETE. */
  wipe(word: string): Promise<void>
  saveSettings(settings: Settings): Promise<void>

  /**
   * What was kept of the window's own settings, whether the archive is open or
   * not; what is missing or odd is read as its default.
   */
  windowSettings(): Promise<Partial<WindowSettings>>
  saveWindowSettings(settings: WindowSettings): Promise<void>

  /** Erases sessions for good, all or none, and answers how many. */
  erase(ids: string[]): Promise<number>
  /** Puts sessions under legal hold, or lifts it; lifting erases what the portal has erased. */
  hold(ids: string[], on: boolean): Promise<void>
  /** Bytes that the data folder takes. */
  dataSize(): Promise<number>
  /** Shows the data folder in the system's file manager. */
  showData(): Promise<void>
  /** Asks where to, and answers the file; '' when no place was chosen. */
  backup(): Promise<string>

  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>
  /** Empties the clipboard if it still holds the text. */
  uncopy(text: string): Promise<void>
  /** Shows a notification of the system, where that can; nobody is told whether it could. */
  notify(title: string, text: string): Promise<void>
  /** Prints what the window shows. */
  print(): Promise<void>

  /** The three ways to start. Each starts a sync job; what the portal says, its refusal too, is the job's. */
  startDemo(): Promise<void>
  connect(address: string, key: string): Promise<void>
  /** Opens the system's file dialog; false when the user closed it without a choice. */
  importCsv(): Promise<boolean>

  /** Starts a sync job with the known origin; 'key_needed' when its key is not known any more. */
  refresh(): Promise<void>
  cancelSync(): Promise<void>
  /** Stops the sync and the photos that follow it, and lets neither begin by itself; refresh goes on where they stopped. */
  pauseSync(): Promise<void>

  /**
   * Writes what the query finds, and resolves when the file is on disk. ask
   * opens the save dialog (null when it was cancelled); without it the file
   * goes to the last folder or Downloads.
   */
  exportView(query: Query, format: ExportFormat, ask: boolean): Promise<Exported | null>
  cancelExport(): Promise<void>
  /** Shows the last export in the system's file manager. */
  showInFolder(): Promise<void>

  /** Rows and items that could not be read: how many, and the newest of them, newest first. */
  rejected(limit: number): Promise<Rejections>

  jobs(): Promise<Jobs>
  onJobs(listener: (jobs: Jobs) => void): Unsubscribe
  onStore(listener: (status: Status) => void): Unsubscribe
  onLock(listener: (lock: Lock) => void): Unsubscribe
}
