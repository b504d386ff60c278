// The back end's failures in Georgian and Russian. That every sentence has its
// translation is tested with the back end's own source.
import { render, screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import { errorText } from '../src/lib/errors'
import { translated } from '../src/lib/failures'
import { locale } from '../src/lib/locale.svelte'
import ka from '../src/locales/failures.ka.json'
import ru from '../src/locales/failures.ru.json'
import { Desk } from '../src/state/desk.svelte'
import { sealedApi, settled } from './fakes'

describe.each([['ka', ka], ['ru', ru]])('%s', (language, failures: Record<string, string>) => {
  test('has every value of a sentence in its translation, and is no English', () => {
    for (const [key, says] of Object.entries(failures)) {
      const values = key.split('{}').slice(1).map((_, i) => `{${i}}`)
      expect([...says.matchAll(/\{\d*\}/g)].map(([value]) => value).sort(), key).toEqual(values)
      expect(says, key).toMatch(language === 'ka' ? /\p{Script=Georgian}/u : /\p{Script=Cyrillic}/u)
    }
  })

  test('each sentence finds its own translation, whatever its values', () => {
    for (const [key, says] of Object.entries(failures)) {
      let at = 0
      const said = key.replaceAll('{}', () => `/a/b${at++}`)
      expect(translated(said, failures), key).toBe(says.replace(/\{(\d)\}/g, '/a/b$1'))
    }
  })
})

test('why a row could not be read is said in the language of the window, with the value as it stands there', () => {
  expect(translated('"31-02-90" is no date', ka)).toBe('"31-02-90" თარიღი არ არის')
  expect(translated('is a number, not a list', ru)).toBe('это число, а не список')
  expect(translated('has 26 fields, and the header has 24', ru)).toBe('полей: 26, а в заголовке 24')
})

test('sentences follow each other, values may hold sentences, and parts are translated too', () => {
  expect(translated('The disk that holds /home/A. B/data is full. Nothing was changed. See line 3. Try again.', ru)).toBe(
    'Диск, на котором лежит /home/A. B/data, полон. Ничего не изменено. See line 3. Попробуйте ещё раз.',
  )
  expect(translated('The portal at api.example.com could not be reached. Your archive is as it was.', ru)).toBe('Портал api.example.com недоступен. Архив остался прежним.')
  expect(translated('The file a.csv is not the portal\'s export: it lacks the columns A, B. Nothing was imported.', ka)).toBe(
    'ფაილი a.csv პორტალის ექსპორტი არ არის: აკლია სვეტები A, B. არაფერი შემოსულა.',
  )
  expect(translated('Портал недоступен.', ru)).toBe('Портал недоступен.')
})

test('an error on show changes with the language', async () => {
  const api = sealedApi()
  const desk = new Desk(api)
  render(App, { desk })
  await settled()
  api.failNext.refresh = { code: 'disk_full', message: 'The disk is full. Everything that was saved before is safe; nothing was saved half.', hint: 'Free some space and try again.' }
  await desk.refresh()
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.')
  await desk.look.change({ language: 'ru' })
  expect(screen.getByRole('alert').textContent).toContain('Диск полон. Всё сохранённое раньше в целости')
  await desk.look.change({ language: 'en' })
  expect(errorText(desk.notice!.error)).toMatch(/^The disk is full\. .* Free some space and try again\.$/)
  expect(locale.failures).toEqual({})
})
