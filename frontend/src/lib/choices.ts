// What the window's settings can be chosen from, in words.
import { format } from './format'
import { ownTimeZone, timeZones } from './formats'
import { t } from './i18n'
import type { Key } from './i18n'
import { LANGUAGES } from './languages'
import type { Language } from './languages'
import { MAX_LEVEL, farOneIn } from './match'
import { CLEARINGS, DENSITIES, SCALES, THEMES, clearingSeconds } from './window-settings'
import type { Clearing, Density, Theme, WindowSettings } from './window-settings'

export interface Choice<Value> {
  value: Value
  text: string
}

const themes: Record<Theme, Key> = { '': 'choice.system', light: 'choice.theme.light', dark: 'choice.theme.dark' }
const densities: Record<Density, Key> = { compact: 'choice.density.compact', '': 'choice.density.comfortable', photo: 'choice.density.photo' }

/** Languages are named in themselves, so that one's own is found among foreign ones. */
export function languageChoices(): Choice<Language | ''>[] {
  const own = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, text: LANGUAGES[value].name }))
  return [{ value: '', text: t('choice.system') }, ...own]
}

export function themeChoices(): Choice<Theme>[] {
  return THEMES.map((value) => ({ value, text: t(themes[value]) }))
}

export function contrastChoices(): Choice<WindowSettings['contrast']>[] {
  return [{ value: '', text: t('choice.system') }, { value: 'high', text: t('choice.contrast.high') }]
}

export function motionChoices(): Choice<WindowSettings['motion']>[] {
  return [{ value: '', text: t('choice.system') }, { value: 'reduced', text: t('choice.motion.reduced') }]
}

export function scaleChoices(): Choice<number>[] {
  return SCALES.map((value) => ({ value, text: t('choice.scale', { percent: format.number(value) }) }))
}

export function densityChoices(): Choice<Density>[] {
  return DENSITIES.map((value) => ({ value, text: t(densities[value]) }))
}

export function dateChoices(): Choice<WindowSettings['dates']>[] {
  return [{ value: '', text: t('choice.dates.absolute') }, { value: 'relative', text: t('choice.dates.relative') }]
}

export function clearingChoices(): Choice<Clearing>[] {
  return CLEARINGS.map((value) => ({ value, text: clearingText(clearingSeconds(value)) }))
}

function clearingText(seconds: number): string {
  return seconds === 0 ? t('choice.clearing.off') : t('choice.clearing', { seconds })
}

/** Zones by their names in the IANA database, which are the same in every language. */
export function zoneChoices(): Choice<string>[] {
  const named = timeZones().map((value) => ({ value, text: value.replaceAll('_', ' ') }))
  return [{ value: '', text: t('choice.zone.own', { zone: ownTimeZone() }) }, ...named]
}

/** Match levels with their rates. kept: a level that is set already stays one of them. */
export function levelChoices(kept: number): Choice<number>[] {
  const levels = Array.from({ length: MAX_LEVEL }, (_, i) => i + 1)
  const all = kept > MAX_LEVEL ? [...levels, kept] : levels
  return [{ value: 0, text: t('choice.level.none') }, ...all.map((value) => ({ value, text: levelText(value) }))]
}

function levelText(level: number): string {
  const oneIn = farOneIn(level)
  return oneIn > 0 ? t('choice.level', { level, oneIn: format.number(oneIn) }) : t('choice.level.noRate', { level })
}
