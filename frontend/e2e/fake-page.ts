// The page with an archive in memory behind it, which may hold any number of
// sessions: they are made as they are asked for.
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { eventually, freePort, start, type Program } from './process.ts'

const frontend = resolve(import.meta.dirname, '..')
const vite = join(frontend, 'node_modules/vite/bin/vite.js')
const built = ['--outDir', '.fake', '--mode', 'fake']
// Whoever runs the tests may have set it to something else than a build needs.
const env = { ...process.env, NODE_ENV: 'production' }

/** Builds the page, and serves it. */
export async function openFakePage(): Promise<{ url: string; server: Program }> {
  execFileSync(process.execPath, [vite, 'build', frontend, ...built, '--emptyOutDir', '--logLevel', 'error'], { env })
  const port = await freePort()
  const server = start(process.execPath, [vite, 'preview', frontend, ...built, '--host', '127.0.0.1', '--port', String(port), '--strictPort'], env)
  const url = `http://127.0.0.1:${port}/`
  await eventually('the page', async () => {
    if (server.process.exitCode !== null) throw new Error(`the server ended:\n${server.log()}`)
    return await fetch(url).then((r) => r.ok || undefined, () => undefined)
  })
  return { url, server }
}
