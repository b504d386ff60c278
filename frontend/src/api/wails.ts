// The Go program behind the window: the only file that knows the bridge.
import {
  CancelExport,
  CancelSync,
  Connect,
  Export,
  Find,
  ImportCSV,
  Jobs as GetJobs,
  Refresh,
  Reopen,
  Rejected,
  ShowInFolder,
  StartDemo,
  State as GetState,
} from '../../wailsjs/go/main/App'
import { EventsOn } from '../../wailsjs/runtime/runtime'
import { asAppError } from '../lib/errors'
import type { AppError, Exported, Job, Jobs, Page, Rejections, Report, State, Status } from '../lib/idv'
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

/** Go sends values, never null: an error without a code is none, and so on. */
type Sent<T, Changed> = Omit<T, keyof Changed> & Changed
type SentJob = Sent<Job, { error: AppError; report: Report }>
type SentJobs = Sent<Jobs, { sync: SentJob; export: SentJob }>
type SentState = Sent<State, { problem: AppError; jobs: SentJobs }>

function errorOf(sent: AppError): AppError | null {
  return sent.code === '' ? null : sent
}

function jobOf(sent: SentJob): Job {
  const ended = sent.id !== 0 && !sent.running
  return { ...sent, error: errorOf(sent.error), report: ended ? sent.report : null }
}

function jobsOf(sent: SentJobs): Jobs {
  return { ...sent, sync: jobOf(sent.sync), export: jobOf(sent.export) }
}

function stateOf(sent: SentState): State {
  return { ...sent, problem: errorOf(sent.problem), jobs: jobsOf(sent.jobs) }
}

export function wailsApi(): Api {
  return {
    state: async () => stateOf(await answer<SentState>(GetState())),
    reopen: async () => stateOf(await answer<SentState>(Reopen())),
    find: (query) => answer<Page>(Find(query)),
    startDemo: () => answer<void>(StartDemo()),
    connect: (address, key) => answer<void>(Connect(address, key)),
    importCsv: () => answer<boolean>(ImportCSV()),
    refresh: () => answer<void>(Refresh()),
    cancelSync: () => answer<void>(CancelSync()),
    exportView: async (query, format, ask) => {
      const written = await answer<Exported>(Export(query, format, ask))
      return written.file === '' ? null : written
    },
    cancelExport: () => answer<void>(CancelExport()),
    showInFolder: () => answer<void>(ShowInFolder()),
    rejected: (limit) => answer<Rejections>(Rejected(limit)),
    jobs: async () => jobsOf(await answer<SentJobs>(GetJobs())),
    onJobs: (listener) => EventsOn('jobs', (jobs: SentJobs) => listener(jobsOf(jobs))),
    onStore: (listener) => EventsOn('store', (status: Status) => listener(status)),
  }
}
