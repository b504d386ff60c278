// The parts of the window that the list does without: each comes when it is first
// needed, and all of them ahead of that when the window rests.
import type { Component } from 'svelte'
import { locale } from '../../lib/locale.svelte'

export class Part<Props extends object> {
  /** null until it has come. */
  view = $state.raw<Component<Props> | null>(null)
  #coming: Promise<void> | null = null

  constructor(readonly fetch: () => Promise<Component<Props>>) {}

  /** Fetches it, once; after a failure the next call tries again. */
  load(): Promise<void> {
    this.#coming ??= this.#fetch()
    return this.#coming
  }

  async #fetch(): Promise<void> {
    try {
      this.view = await this.fetch()
    } catch (reason) {
      this.#coming = null
      throw reason
    }
  }
}

const listParts = () => import('./part-list')
const dialogParts = () => import('./part-dialogs')
const detailParts = () => import('./part-details')
const entranceParts = () => import('./part-entrance')

export const levelFilter = new Part(async () => (await listParts()).LevelFilter)
export const dateFilter = new Part(async () => (await listParts()).DateFilter)
export const viewsMenu = new Part(async () => (await listParts()).ViewsMenu)
export const rowMenu = new Part(async () => (await listParts()).RowMenu)
export const searchOffers = new Part(async () => (await listParts()).SearchOffers)
export const bulkBar = new Part(async () => (await listParts()).BulkBar)
export const exportCard = new Part(async () => (await listParts()).ExportCard)
export const pauseButton = new Part(async () => (await listParts()).PauseButton)
export const toast = new Part(async () => (await listParts()).Toast)
export const emptyList = new Part(async () => (await listParts()).EmptyList)
export const dialogs = new Part(async () => (await dialogParts()).Dialogs)
export const palette = new Part(async () => (await dialogParts()).Palette)
export const help = new Part(async () => (await dialogParts()).HelpSheet)
export const details = new Part(async () => (await detailParts()).DetailsView)
export const peek = new Part(async () => (await detailParts()).PeekPanel)
export const unlock = new Part(async () => (await entranceParts()).UnlockView)
export const start = new Part(async () => (await entranceParts()).StartView)

/** Those of the list first. */
const ahead = [toast, exportCard, pauseButton, searchOffers, levelFilter, dateFilter, viewsMenu, rowMenu, bulkBar, emptyList, palette, dialogs, help, peek, details, unlock, start]

/** Fetches every part, one after another, each after rest has passed, and what is said when something fails. */
export async function loadAhead(rest: () => Promise<void> = idle): Promise<void> {
  for (const part of ahead) {
    await rest()
    await part.load()
  }
  await rest()
  await locale.learnFailures()
}

/** Resolves when the window has nothing to do; web views that cannot tell wait a little. */
function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => done())
    else setTimeout(done, 100)
  })
}
