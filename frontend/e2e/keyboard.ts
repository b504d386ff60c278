// Real keys, sent to the app's window through the X server.
import { execFileSync } from 'node:child_process'

export function keyboard(display: NodeJS.ProcessEnv) {
  const xdotool = (...args: string[]) => execFileSync('xdotool', args, { env: { ...process.env, ...display } }).toString().trim()
  const id = xdotool('search', '--sync', '--onlyvisible', '--name', '^Veridesk$')
  xdotool('windowfocus', '--sync', id)
  return {
    press: (key: string) => xdotool('key', '--clearmodifiers', key),
    type: (text: string) => xdotool('type', '--delay', '60', text),
  }
}
