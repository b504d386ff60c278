// A home for one test: its own user folders, archive and downloads.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually, freePort, start, type Program } from './process.ts'

const project = resolve(import.meta.dirname, '../..')
const suffix = process.platform === 'win32' ? '.exe' : ''
const built = (name: string) => join(project, 'build/bin', name + suffix)

/** Where screenshots for people go; git leaves it out. */
export const shots = join(project, 'build/shots')

/** How a command ended. */
export interface Ended {
  code: number
  stdout: string
  stderr: string
}

export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'veridesk-e2e-'))
  readonly data = join(this.folder, 'archive')
  readonly downloads = join(this.folder, 'Downloads')
  readonly env: NodeJS.ProcessEnv

  constructor(display: NodeJS.ProcessEnv) {
    const run = join(this.folder, 'run')
    for (const folder of [this.downloads, run]) mkdirSync(folder, { mode: 0o700 })
    this.env = {
      ...process.env,
      ...display,
      ...{ HOME: this.folder, USERPROFILE: this.folder, XDG_RUNTIME_DIR: run, XDG_DOWNLOAD_DIR: this.downloads },
      ...{ XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder, XDG_CACHE_HOME: this.folder },
      // No desktop services: the window needs none, and they would outlive it.
      ...{ DBUS_SESSION_BUS_ADDRESS: 'disabled:', GTK_A11Y: 'none', NO_AT_BRIDGE: '1', GTK_USE_PORTAL: '0' },
    }
  }

  /** Opens the window whose page a browser can load too, and answers the page's address. */
  async openForBrowser(): Promise<{ app: Program; url: string }> {
    const address = `127.0.0.1:${await freePort()}`
    const env = { assetdir: join(project, 'frontend/dist'), devserver: address, loglevel: 'Warning' }
    const app = start(built('veridesk-dev'), ['--data', this.data], { ...this.env, ...env })
    const url = `http://${address}/`
    await eventually('the page', async () => {
      if (app.process.exitCode !== null) throw new Error(`the app ended:\n${app.log()}`)
      return await fetch(url).then((r) => r.ok || undefined, () => undefined)
    })
    return { app, url }
  }

  /** Opens the window that users get, with WebKit's inspector listening on a port of this machine. */
  async openWindow(): Promise<{ app: Program; inspector: number }> {
    const inspector = await freePort()
    const app = start(built('veridesk'), ['--data', this.data], { ...this.env, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${inspector}` })
    return { app, inspector }
  }

  /** Starts the demo portal, and answers its address once it listens there. */
  async openPortal(key: string, sessions: number): Promise<{ portal: Program; url: string }> {
    const address = `127.0.0.1:${await freePort()}`
    const portal = start(built('veridesk'), ['portal', '--addr', address, '--key', key, '--sessions', String(sessions)], this.env)
    const url = `http://${address}`
    await eventually('the portal', () => fetch(url).then(() => true, () => undefined))
    return { portal, url }
  }

  /** Runs a command of the same program on the same archive. */
  command(...args: string[]): Promise<Ended> {
    return new Promise((done) => {
      execFile(built('veridesk'), ['--data', this.data, ...args], { env: this.env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr })
      })
    })
  }

  /** The finished exports in the folder for downloads. */
  exports(extension: string): string[] {
    const names = readdirSync(this.downloads).filter((name) => name.endsWith(extension))
    return names.sort().map((name) => join(this.downloads, name))
  }

  remove(): void {
    // WebKit's helpers may still be writing for a moment.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
