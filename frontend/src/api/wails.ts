// The Go program behind the window: the only file that knows the bridge.
import {
  Backup,
  CancelExport,
  CancelSync,
  ChangePassphrase,
  Connect,
  DataSize,
  Details as GetDetails,
  Erase,
  Export,
  FetchPhotos,
  Find,
  Hold,
  ImportCSV,
  Jobs as GetJobs,
  Layout as GetLayout,
  Lock as LockNow,
  NewRecoveryCode,
  Notify,
  PauseSync,
  Protect,
  Recover,
  Refresh,
  Rejected,
  Reopen,
  SaveLayout,
  SaveSettings,
  SaveViews,
  SaveWindowSettings,
  ShowData,
  ShowInFolder,
  StartDemo,
  State as GetState,
  Touch,
  Unlock,
  Views as GetViews,
  WindowSettings as GetWindowSettings,
  Wipe,
} from '../../wailsjs/go/main/App'
import type { archive, idv } from '../../wailsjs/go/models'
import { ClipboardGetText, ClipboardSetText, EventsOn } from '../../wailsjs/runtime/runtime'
import type { Details } from '../lib/details'
import { asAppError } from '../lib/errors'
import type { AppError, Exported, Job, Jobs, Lock, Page, Query, Rejections, Report, Settings, State, Status, View } from '../lib/idv'
import type { WindowSettings } from '../lib/window-settings'
import type { Api } from './api'

/**
 * Waits for an answer. The generated classes have the shapes of lib/idv under
 * other names; a rejection becomes an AppError.
 */
async function answer<T>(call: Promise<unknown>): Promise<T> {
  try {
    return (await call) as T
  } catch (reason) {
    throw asAppError(reason)
  }
}

/** A question as the bridge takes it: the generated class is wanted for its shape only. */
const queryOf = (query: Query) => query as unknown as idv.Query

/** Go sends values, never null: an error without a code is none, and so on. */
type Sent<T, Changed> = Omit<T, keyof Changed> & Changed
type SentJob = Sent<Job, { error: AppError; report: Report }>
type SentJobs = Sent<Jobs, { sync: SentJob; export: SentJob; photos: SentJob; backup: SentJob }>
type SentState = Sent<State, { problem: AppError; jobs: SentJobs }>

function errorOf(sent: AppError): AppError | null {
  return sent.code === '' ? null : sent
}

function jobOf(sent: SentJob): Job {
  const ended = sent.id !== 0 && !sent.running
  return { ...sent, error: errorOf(sent.error), report: ended ? sent.report : null }
}

function jobsOf(sent: SentJobs): Jobs {
  return { ...sent, sync: jobOf(sent.sync), export: jobOf(sent.export), photos: jobOf(sent.photos), backup: jobOf(sent.backup) }
}

/** A locked archive is no problem: the lock says what to do. */
function stateOf(sent: SentState): State {
  const problem = sent.problem.code === 'locked' ? null : errorOf(sent.problem)
  return { ...sent, problem, jobs: jobsOf(sent.jobs) }
}

const aboutTheLock = {
  protect: (passphrase: string, keychainOnly: boolean) => answer<string>(Protect(passphrase, keychainOnly)),
  unlock: (passphrase: string) => answer<void>(Unlock(passphrase)),
  recover: (code: string, passphrase: string) => answer<void>(Recover(code, passphrase)),
  lock: () => answer<void>(LockNow()),
  touch: () => answer<void>(Touch()),
  changePassphrase: (old: string, passphrase: string) => answer<void>(ChangePassphrase(old, passphrase)),
  newRecoveryCode: (passphrase: string) => answer<string>(NewRecoveryCode(passphrase)),
  wipe: (word: string) => answer<void>(Wipe(word)),
  saveSettings: (settings: Settings) => answer<void>(SaveSettings(settings)),
  windowSettings: () => answer<Partial<WindowSettings>>(GetWindowSettings()),
  saveWindowSettings: (settings: WindowSettings) => answer<void>(SaveWindowSettings(settings)),
  dataSize: () => answer<number>(DataSize()),
  showData: () => answer<void>(ShowData()),
  backup: () => answer<string>(Backup()),
}

export function wailsApi(): Api {
  return {
    ...aboutTheLock,
    erase: (ids) => answer<number>(Erase(ids)),
    hold: (ids, on) => answer<void>(Hold(ids, on)),
    copy: async (text) => {
      if (!(await answer<boolean>(ClipboardSetText(text)))) throw asAppError('the clipboard refused')
    },
    uncopy: async (text) => {
      if ((await answer<string>(ClipboardGetText())) === text) await answer<boolean>(ClipboardSetText(''))
    },
    notify: (title, text) => answer<void>(Notify(title, text)),
    print: async () => window.print(),
    state: async () => stateOf(await answer<SentState>(GetState())),
    reopen: async () => stateOf(await answer<SentState>(Reopen())),
    find: (query) => answer<Page>(Find(queryOf(query))),
    views: () => answer<View[]>(GetViews()),
    saveViews: (views) => answer<void>(SaveViews(views as unknown as archive.View[])),
    layout: () => answer<string>(GetLayout()),
    saveLayout: (layout) => answer<void>(SaveLayout(layout)),
    details: (ordinal) => answer<Details>(GetDetails(ordinal)),
    fetchPhotos: (ordinal) => answer<void>(FetchPhotos(ordinal)),
    startDemo: () => answer<void>(StartDemo()),
    connect: (address, key) => answer<void>(Connect(address, key)),
    importCsv: () => answer<boolean>(ImportCSV()),
    refresh: () => answer<void>(Refresh()),
    cancelSync: () => answer<void>(CancelSync()),
    pauseSync: () => answer<void>(PauseSync()),
    exportView: async (query, format, ask) => {
      const written = await answer<Exported>(Export(queryOf(query), format, ask))
      return written.file === '' ? null : written
    },
    cancelExport: () => answer<void>(CancelExport()),
    showInFolder: () => answer<void>(ShowInFolder()),
    rejected: (limit) => answer<Rejections>(Rejected(limit)),
    jobs: async () => jobsOf(await answer<SentJobs>(GetJobs())),
    onJobs: (listener) => EventsOn('jobs', (jobs: SentJobs) => listener(jobsOf(jobs))),
    onStore: (listener) => EventsOn('store', (status: Status) => listener(status)),
    onLock: (listener) => EventsOn('lock', (lock: Lock) => listener(lock)),
  }
}
