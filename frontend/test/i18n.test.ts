// The texts: each is there in every language and used, can be formatted, and
// none is written into markup.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { t } from '../src/lib/i18n'
import { LANGUAGES, languageOf } from '../src/lib/languages'
import type { Key, Language, Messages } from '../src/lib/languages'
import { locale } from '../src/lib/locale.svelte'
import { WORDS } from '../src/lib/messages'
import { pseudo } from '../src/lib/pseudo'
import en from '../src/locales/en.json'
import ka from '../src/locales/ka.json'
import ru from '../src/locales/ru.json'

const src = path.resolve(import.meta.dirname, '../src')
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(src, name), 'utf8') }))
const keys = Object.keys(en) as Key[]
const all: Record<Language, Messages> = { en, ka, ru }
const each = Object.entries(all) as [Language, Messages][]

/** The arguments of a message: their names, and which of them count something. */
function argumentsOf(message: string): { names: string[]; plurals: { name: string; forms: string[] }[] } {
  const names = new Set<string>()
  const plurals: { name: string; forms: string[] }[] = []
  const walk = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if ('value' in element && element.type !== 0) names.add(element.value)
      if (!('options' in element)) continue
      plurals.push({ name: element.value, forms: Object.keys(element.options) })
      for (const option of Object.values(element.options)) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(message, 'en').getAst())
  return { names: [...names].sort(), plurals }
}

test.each(keys)('%s is used', (key) => {
  expect(sources.some(({ text }) => text.includes(`'${key}'`))).toBe(true)
})

test.each(each)('%s has every text, in the same order', (_, messages) => {
  expect(Object.keys(messages)).toEqual(keys)
})

test.each(each)('%s: every text can be formatted, with the arguments of the English one', (language, messages) => {
  locale.use(LANGUAGES[language].tag, messages)
  for (const key of keys) {
    const { names } = argumentsOf(en[key])
    expect(argumentsOf(messages[key]).names, key).toEqual(names)
    const text = t(key, Object.fromEntries(names.map((name) => [name, 2])))
    expect(text, key).not.toBe('')
    expect(text, key).not.toMatch(/[{}]/)
  }
})

test.each(each)('%s: a text that needs none of ICU’s rules is what ICU makes of it', (language, messages) => {
  locale.use(LANGUAGES[language].tag, messages)
  for (const key of keys.filter((key) => WORDS.test(messages[key]))) {
    const values = Object.fromEntries(argumentsOf(messages[key]).names.map((name) => [name, '{1} ’<b>']))
    expect(t(key, values), key).toBe(new IntlMessageFormat(messages[key], 'en').format(values))
  }
  expect([`it's`, '<b>x</b>', '{n, number}', '{n, plural, other {#}}'].filter((text) => WORDS.test(text))).toEqual([])
})

test.each(each)('%s: what counts has a form for every number', (language, messages) => {
  // A Georgian noun stays as it is after a number: one form is all.
  const needed: Record<Language, string[]> = { en: ['one', 'other'], ka: ['other'], ru: ['few', 'many', 'one', 'other'] }
  for (const key of keys) {
    for (const { forms } of argumentsOf(messages[key]).plurals) {
      const named = forms.filter((form) => !form.startsWith('='))
      // Nothing counted is said by itself: the rest may be one form.
      if (named.length === 1 && forms.length > 1 && language === 'en') continue
      expect(named.sort(), key).toEqual(needed[language])
    }
  }
})

test('texts are in the alphabet of their language', () => {
  const same = keys.filter((key) => ka[key] === en[key] || ru[key] === en[key])
  const international: Key[] = ['app.name', 'connect.address.example', 'match.far', 'none', 'choice.scale', 'details.tab.tags.short']
  expect(same).toEqual(international)
  // Capitals of the Georgian alphabet are in few fonts.
  expect(JSON.stringify(ka)).not.toMatch(/[\u1c90-\u1cbf]/)
})

test('plurals, and numbers as the language writes them', () => {
  expect(t('count.all', { count: 1 })).toBe('1 session')
  expect(t('count.all', { count: 1_000_000 })).toBe('1,000,000 sessions')
  expect(t('count.found', { count: 0 })).toBe('Nothing found')
  locale.use('ru', ru)
  const count = (n: number): string => t('count.all', { count: n }).replace(/\s/g, ' ')
  expect([1, 2, 5, 21, 1_000_000].map(count)).toEqual(['1 сессия', '2 сессии', '5 сессий', '21 сессия', '1 000 000 сессий'])
  locale.use('ka', ka)
  expect([1, 12_480].map(count)).toEqual(['1 სესია', '12 480 სესია'])
})

test('the language is the first of a person’s that there is', () => {
  expect(languageOf(['de-DE', 'ka-GE', 'en'])).toBe('ka')
  expect(languageOf(['RU'])).toBe('ru')
  expect([languageOf(['de']), languageOf([])]).toEqual(['en', 'en'])
})

test('of two wishes for a language the newest wins, whichever comes first', async () => {
  await Promise.all([locale.speak('ka'), locale.speak('ru'), locale.speak('en')])
  expect(t('settings.title')).toBe('Settings')
  await locale.speak('ka')
  expect(t('settings.title')).toBe('პარამეტრები')
})

test('the language for tests is longer by two fifths, and says the same', () => {
  const longer = pseudo(en)
  locale.use('en-GB', longer)
  for (const key of keys.filter((key) => /\p{L}/u.test(en[key].replace(/\{\w+\}/g, '')))) {
    expect(argumentsOf(longer[key]), key).toEqual(argumentsOf(en[key]))
    expect(longer[key].length, key).toBeGreaterThan(en[key].length)
  }
  expect(t('count.all', { count: 2 })).toMatch(/^2 s/)
  expect(longer['nothing.text'].length / en['nothing.text'].length).toBeGreaterThan(1.35)
})

test('no text stands in the markup itself', () => {
  for (const { name, text } of sources.filter((source) => source.name.endsWith('.svelte'))) {
    const markup = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    const words = markup.replace(/\{[^{}]*(\{[^{}]*(\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '').replace(/<[^>]*>/g, '')
    expect(words.replace(/\{[^}]*\}/g, '').trim(), name).not.toMatch(/[A-Za-z]{2}/)
    expect(markup, name).not.toMatch(/(aria-label|title|placeholder|alt)="[^"{]/)
  }
})

test('a text that others wrote turns nothing around it', () => {
  expect(t('nothing.title', { text: 'a\u202ebc\u2066' })).toContain('a\ufffdbc\ufffd')
})
