// What the window asks of the archive: one interface with two implementations,
// wails.ts (the Go program) and fake.ts (an archive in memory).
import type { ExportFormat, Exported, Jobs, Page, Query, Rejections, State, Status } from '../lib/idv'

/** Stops the calls of an event's listener. */
export type Unsubscribe = () => void

/**
 * Every failure rejects with an AppError. Two events tell of changes; each has
 * a getter of the same shape: subscribe first, then get, and keep the newer.
 */
export interface Api {
  state(): Promise<State>
  /** Tries again to open an archive that had a problem. */
  reopen(): Promise<State>
  find(query: Query): Promise<Page>

  /** The three ways to start. Each starts a sync job; what the portal says, its refusal too, is the job's. */
  startDemo(): Promise<void>
  connect(address: string, key: string): Promise<void>
  /** Opens the system's file dialog; false when the user closed it without a choice. */
  importCsv(): Promise<boolean>

  /** Starts a sync job with the known origin; 'key_needed' when its key is not known any more. */
  refresh(): Promise<void>
  cancelSync(): Promise<void>

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
}
