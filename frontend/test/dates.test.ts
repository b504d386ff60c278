// The filter of days in the window: words, a calendar, what is not understood.
import { CalendarDate } from '@internationalized/date'
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import { calendarWords } from '../src/lib/calendar-words'
import { daysOf, today } from '../src/lib/dates'
import type { Days } from '../src/lib/dates'
import { daysNamed } from '../src/lib/day-phrases'
import { LANGUAGES } from '../src/lib/languages'
import type { Language } from '../src/lib/languages'
import { locale } from '../src/lib/locale.svelte'
import { t } from '../src/lib/i18n'
import { Desk } from '../src/state/desk.svelte'
import { sealedApi, settled } from './fakes'

const ZONE = 'Asia/Tbilisi'

async function open(language: Language = 'en'): Promise<{ desk: Desk; user: UserEvent; days: () => Days }> {
  const api = sealedApi(20)
  api.window = { language, timeZone: ZONE }
  const desk = new Desk(api)
  await desk.look.read()
  render(App, { desk })
  await settled()
  const user = userEvent.setup()
  await user.click(screen.getAllByRole('button', { name: t('filter.date') })[0]!)
  await screen.findByLabelText(t('filter.date.fromLabel'))
  return { desk, user, days: () => daysOf(desk.sessions.wanted.filter, ZONE) }
}

// Without a layout the panel has no place, and counts as hidden.
const hidden = { hidden: true }
const said = (): HTMLElement => document.getElementById(field().getAttribute('aria-describedby')!)!
/** A day of the calendar, once it has come. */
const calendarDay = (label: string): Promise<HTMLElement> => waitFor(() => screen.getByLabelText(label, { selector: '[role=button]' }))
const field = (): HTMLInputElement => screen.getByLabelText(t('filter.date.fromLabel'))

describe('days in the window', () => {
  test.each([['en', 'last week'], ['ru', 'на прошлой неделе'], ['ka', 'გასულ კვირას']] as const)('%s: words are understood, and what they mean is said', async (language, text) => {
    const { user, days } = await open(language)
    const week = daysNamed(text, today(ZONE))!
    await user.type(field(), text)
    await waitFor(() => expect(said().textContent).toContain(locale.formats.day(new CalendarDate(...parts(week.from)))))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(days()).toEqual(week))
  })

  test('what is not understood is named, until it is typed anew', async () => {
    const { user, days } = await open()
    await user.type(field(), 'last wek{Enter}')
    expect(screen.getByRole('alert', hidden).textContent).toContain('“wek” is not understood')
    await user.clear(field())
    expect(screen.queryByRole('alert', hidden)).toBeNull()
    await user.type(field(), '30.02.2026{Enter}')
    expect(screen.getByRole('alert', hidden).textContent).toContain('There is no day 30.02.2026')
    expect(days()).toEqual({ from: '', to: '' })
  })

  test('arrows and Enter choose the other end in the calendar, which begins with Monday', async () => {
    const { user, days } = await open()
    await user.type(field(), '10.06.2026')
    const day = await calendarDay('Wednesday, 10 June 2026')
    expect(screen.getAllByRole('columnheader', hidden).map((head) => head.textContent).slice(-7)[0]).toBe('Mon')
    day.focus()
    await user.keyboard('{ArrowRight}{ArrowDown}{Enter}')
    await waitFor(() => expect(field().value).toBe('2026-06-10'))
    await fireEvent.submit(field().form!)
    await waitFor(() => expect(days()).toEqual({ from: '2026-06-10', to: '2026-06-18' }))
  })

  test('says no word of English in another language', async () => {
    await open('ka')
    const { tag } = LANGUAGES.ka
    const now = today(ZONE)
    await calendarDay(calendarWords(tag).day(now))
    expect(document.querySelectorAll('[data-bits-announcer] [aria-live]')).toHaveLength(0)
  })
})

test('a calendar in a language that the engine does not know', () => {
  const words = calendarWords('ka', false)
  const day = new CalendarDate(2026, 11, 22)
  expect([words.month(day), words.day(day)]).toEqual(['ნოემბერი 2026', 'კვირა, 22 ნოემბერი, 2026'])
  expect(words.weekdays.join(' ')).toBe('ორშ სამ ოთხ ხუთ პარ შაბ კვი')
  expect(calendarWords('ru').month(day)).toBe('ноябрь 2026 г.')
})

function parts(day: string): [number, number, number] {
  return day.split('-').map(Number) as [number, number, number]
}
