// The tiers of the window: a file imports only from a lower tier or its own.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const src = path.resolve(import.meta.dirname, '../src')

/** Every tier with its height and the reason for its place. */
const tiers: Record<string, { height: number; why: string }> = {
  top: { height: 5, why: 'main.ts and App.svelte put everything together' },
  views: { height: 4, why: 'a screen shows state and calls its commands; it never knows the bridge' },
  state: { height: 3, why: 'state talks to the archive and draws nothing, so that it is tested without a page' },
  api: { height: 2, why: 'the bridge has one home: another bridge is a change in one folder' },
  components: { height: 2, why: 'a generic part takes props and tells events; it knows neither state nor archive' },
  lib: { height: 1, why: 'pure functions depend on nothing but each other' },
  locales: { height: 0, why: 'texts are data' },
  styles: { height: 0, why: 'colours and sizes are data' },
  wailsjs: { height: -1, why: 'generated; only api may touch it' },
}

/** Who may import api, besides api itself. A part of the page that knows the bridge is a defect. */
const knowsTheBridge: Record<string, string> = {
  state: 'asks the archive',
  'main.ts': 'chooses the archive, once',
}

function tierOf(file: string): string {
  const relative = path.relative(src, file)
  if (relative.startsWith('..')) return relative.split(path.sep).find((part) => part === 'wailsjs') ?? 'outside'
  return relative.includes(path.sep) ? relative.split(path.sep)[0]! : 'top'
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => path.resolve(path.dirname(file), match[1]!))
}

function files(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => path.join(src, name))
}

/** Why an import is wrong, or '' when it is right. */
function fault(from: string, to: string): string {
  const [low, high] = [tierOf(to), tierOf(from)]
  if (low === high) return ''
  if (low === 'wailsjs') return high === 'api' ? '' : tiers['wailsjs']!.why
  const target = tiers[low]
  const source = tiers[high]
  if (!target || !source) return `${low} or ${high} is no tier`
  if (low === 'api' && !knowsTheBridge[high] && !knowsTheBridge[path.relative(src, from)]) return target.why
  return target.height < source.height ? '' : source.why
}

test('every file stands in a tier', () => {
  for (const file of files()) expect(Object.keys(tiers), file).toContain(tierOf(file))
})

test('imports point down', () => {
  const faults: string[] = []
  for (const file of files()) {
    for (const target of importsOf(file)) {
      const why = fault(file, target)
      if (why) faults.push(`${path.relative(src, file)} -> ${path.relative(src, target)}: ${why}`)
    }
  }
  expect(faults).toEqual([])
})

test('the rules can fail', () => {
  const at = (name: string): string => path.join(src, name)
  expect(fault(at('views/x/X.svelte'), at('api/api'))).not.toBe('')
  expect(fault(at('App.svelte'), at('api/api'))).not.toBe('')
  expect(fault(at('components/X.svelte'), at('api/api'))).not.toBe('')
  expect(fault(at('lib/x.ts'), at('state/desk.svelte'))).not.toBe('')
  expect(fault(at('state/x.svelte.ts'), path.resolve(src, '../wailsjs/go/main/App'))).not.toBe('')
  expect(fault(at('api/wails.ts'), path.resolve(src, '../wailsjs/go/main/App'))).toBe('')
})

test('icons come one by one: the barrel would bring in thousands', () => {
  for (const file of files()) expect(readFileSync(file, 'utf8'), file).not.toMatch(/from '@lucide\/svelte'/)
})

test('nothing that the content security policy or the alphabets forbid', () => {
  const forbidden = [/\{@html/, /innerHTML/, /\sstyle="/, /text-transform/, /(local|session)Storage/]
  for (const file of files()) for (const pattern of forbidden) expect(readFileSync(file, 'utf8'), file).not.toMatch(pattern)
})
