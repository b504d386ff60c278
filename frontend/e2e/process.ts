// Starting programs for a test, and ending exactly those.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'

/** A program that a test has started. */
export interface Program {
  process: ChildProcess
  /** All that it has printed so far. */
  log(): string
  /** Ends it, and waits until it has. */
  stop(): Promise<void>
}

export function start(path: string, args: string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn(path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)))
  child.on('error', (error) => (printed += String(error)))
  return { process: child, log: () => printed, stop: () => stop(child) }
}

/** Asks a program to end, makes it after ten seconds, and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
  child.kill('SIGTERM')
  await gone
  clearTimeout(force)
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Calls until it answers something other than undefined; says what was awaited if it never does. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
