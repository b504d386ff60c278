// The tests' fixtures: a display for all of them, a home for each, and every
// program that a test opens is ended with it.
import { test as base } from '@playwright/test'
import { startDisplay } from './display.ts'
import { Home } from './home.ts'
import { Proxy, type ProxyOptions } from './proxy.ts'
import { startWebKit, type Inspector } from './webkit.ts'

interface Fixtures {
  home: Home
  /** Opens the app for the browser's page, and loads it there. */
  openPage(): Promise<void>
  /** Opens the app's own window and takes hold of the page in it. */
  openWindow(): Promise<Inspector>
  /** Serves invented sessions as a portal does, to whoever has the key; answers its address. */
  openPortal(key: string, sessions: number): Promise<string>
  /** Opens a proxy before a portal. */
  openProxy(portal: string, options: ProxyOptions): Promise<{ proxy: Proxy; url: string }>
}

interface Shared {
  display: NodeJS.ProcessEnv
  /** The address of the app on an archive with the demo's newest sessions, for tests that leave it as it was. */
  demo: string
}

/** Of these sessions the newest have photos: as many as the demo portal draws at a time. */
const DEMO_SESSIONS = 300

export const test = base.extend<Fixtures, Shared>({
  display: [
    async ({}, use) => {
      const display = await startDisplay()
      await use(display.env)
      await display.stop()
    },
    { scope: 'worker' },
  ],

  demo: [
    async ({}, use) => {
      // Keys that a test sends to its own window must not come to this one's.
      const display = await startDisplay()
      const home = new Home(display.env)
      const made = await home.command('--no-passphrase', 'sync', '--demo', '--sessions', String(DEMO_SESSIONS), '--photos-for', '10m')
      if (made.code !== 0) throw new Error(made.stderr)
      const { app, url } = await home.openForBrowser()
      await use(url)
      await app.stop()
      home.remove()
      await display.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  home: async ({ display }, use) => {
    const home = new Home(display)
    await use(home)
    home.remove()
  },

  openPage: async ({ home, page }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async () => {
      const { app, url } = await home.openForBrowser()
      stops.push(app.stop)
      await page.goto(url)
    })
    for (const stop of stops) await stop()
  },

  openWindow: async ({ home }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async () => {
      const { app, inspector } = await home.openWindow()
      stops.push(app.stop)
      const webkit = await startWebKit(inspector, app)
      stops.unshift(async () => webkit.close())
      return webkit
    })
    for (const stop of stops) await stop()
  },

  openPortal: async ({ home }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async (key, sessions) => {
      const { portal, url } = await home.openPortal(key, sessions)
      stops.push(portal.stop)
      return url
    })
    for (const stop of stops) await stop()
  },

  openProxy: async ({}, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async (portal, options) => {
      const proxy = new Proxy(portal, options)
      const url = await proxy.start()
      stops.push(() => proxy.stop())
      return { proxy, url }
    })
    for (const stop of stops) await stop()
  },
})

export { expect } from '@playwright/test'
