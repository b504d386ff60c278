// A screen without a monitor, for the app's real window.
import { spawn } from 'node:child_process'
import { stop } from './process.ts'

/** Starts an X server on the first free display; elsewhere the desktop is used as it is. */
export async function startDisplay(): Promise<{ env: NodeJS.ProcessEnv; stop(): Promise<void> }> {
  if (process.platform !== 'linux') return { env: {}, stop: async () => {} }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    let text = ''
    server.stdio[3]?.on('data', (data) => {
      text += String(data)
      if (text.includes('\n')) resolve(text.trim())
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
  })
  return { env: { DISPLAY: `:${number}` }, stop: () => stop(server) }
}
