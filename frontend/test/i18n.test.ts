// The texts: every one is used, can be formatted, and none is written into markup.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { t } from '../src/lib/i18n'
import type { Key } from '../src/lib/i18n'
import en from '../src/locales/en.json'

const src = path.resolve(import.meta.dirname, '../src')
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(src, name), 'utf8') }))
const keys = Object.keys(en) as Key[]

test.each(keys)('%s is used', (key) => {
  expect(sources.some(({ text }) => text.includes(`'${key}'`))).toBe(true)
})

test.each(keys)('%s can be formatted', (key) => {
  const names = [...en[key].matchAll(/\{(\w+)/g)].map((match) => match[1]!)
  const text = t(key, Object.fromEntries(names.map((name) => [name, 2])))
  expect(text).not.toBe('')
  expect(text).not.toMatch(/[{}]/)
})

test('plurals', () => {
  expect(t('count.all', { count: 1 })).toBe('1 session')
  expect(t('count.all', { count: 1_000_000 })).toBe('1,000,000 sessions')
  expect(t('count.found', { count: 0 })).toBe('Nothing found')
})

test('no text stands in the markup itself', () => {
  for (const { name, text } of sources.filter((source) => source.name.endsWith('.svelte'))) {
    const markup = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    const words = markup.replace(/\{[^{}]*(\{[^{}]*(\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '').replace(/<[^>]*>/g, '')
    expect(words.replace(/\{[^}]*\}/g, '').trim(), name).not.toMatch(/[A-Za-z]{2}/)
    expect(markup, name).not.toMatch(/(aria-label|title|placeholder|alt)="[^"{]/)
  }
})
