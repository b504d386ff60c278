// How a person wants the window: language, look, times and keys. They hold for
// this computer and for the locked window too, so they tell nothing of an archive.
// Each value's empty form is the default: a file without it says the same.
import { isTimeZone } from './formats'
import { isLanguage } from './languages'
import type { Language } from './languages'

export type Theme = '' | 'light' | 'dark'
export type Density = '' | 'compact' | 'photo'
/** Seconds until what was copied is cleared; '' 60. */
export type Clearing = '' | '30' | '120' | 'off'

export interface WindowSettings {
  /** '' the system's. */
  language: Language | ''
  /** '' the system's. */
  theme: Theme
  /** '' the system's. */
  contrast: '' | 'high'
  /** '' the system's. */
  motion: '' | 'reduced'
  /** Percent, one of SCALES. */
  scale: number
  /** '' comfortable. */
  density: Density
  /** '' absolute. */
  dates: '' | 'relative'
  /** Of the IANA database; '' the computer's own. */
  timeZone: string
  /** Shortcuts of a single character do nothing. */
  noLetters: boolean
  /** Photos are blurred until somebody points at them. */
  blur: boolean
  clearing: Clearing
  /** No notification of the system tells that a long job is done. */
  quiet: boolean
}

export const SCALES: readonly number[] = [80, 90, 100, 110, 125, 150, 175, 200]
export const NORMAL_SCALE = 100
export const THEMES: readonly Theme[] = ['', 'light', 'dark']
export const DENSITIES: readonly Density[] = ['compact', '', 'photo']
export const CLEARINGS: readonly Clearing[] = ['30', '', '120', 'off']

/** Heights of a row at the normal scale, in pixels. */
const ROWS: Record<Density, number> = { compact: 32, '': 44, photo: 64 }

/** 1rem at the normal scale, in pixels: sizes in styles read as tenths. */
const REM = 10

/** The window before anybody has chosen anything. */
export function firstWindowSettings(): WindowSettings {
  return { language: '', theme: '', contrast: '', motion: '', scale: NORMAL_SCALE, density: '', dates: '', timeZone: '', noLetters: false, blur: false, clearing: '', quiet: false }
}

/** What was kept, each value that this version does not know at its default. */
export function readableSettings(kept: Partial<Record<keyof WindowSettings, unknown>>): WindowSettings {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const { language, theme, contrast, motion, scale, density, dates, timeZone, noLetters, blur, clearing, quiet } = kept
  return {
    language: isLanguage(text(language)) ? (language as Language) : '',
    theme: THEMES.find((known) => known === theme) ?? '',
    contrast: contrast === 'high' ? contrast : '',
    motion: motion === 'reduced' ? motion : '',
    scale: SCALES.find((known) => known === scale) ?? NORMAL_SCALE,
    density: DENSITIES.find((known) => known === density) ?? '',
    dates: dates === 'relative' ? dates : '',
    timeZone: isTimeZone(text(timeZone)) ? text(timeZone) : '',
    noLetters: noLetters === true,
    blur: blur === true,
    clearing: CLEARINGS.find((known) => known === clearing) ?? '',
    quiet: quiet === true,
  }
}

/** Seconds until what was copied is cleared; 0 it is not. */
export function clearingSeconds(clearing: Clearing): number {
  return clearing === '' ? 60 : clearing === 'off' ? 0 : Number(clearing)
}

/** The next scale up (1) or down (-1); the last ones stay. */
export function nextScale(scale: number, step: 1 | -1): number {
  const at = SCALES.indexOf(scale) + step
  return SCALES[Math.max(0, Math.min(at, SCALES.length - 1))]!
}

/** The height of a row in whole pixels, so that rows of a long list stand on pixels. */
export function rowHeight(settings: WindowSettings): number {
  return Math.round((ROWS[settings.density] * settings.scale) / NORMAL_SCALE)
}

/** What the system asks for. */
export interface SystemWish {
  contrast: boolean
  reducedMotion: boolean
}

/** Gives the page the look that is wanted; styles/tokens.css says what follows. */
export function applyLook(root: HTMLElement, settings: WindowSettings, system: SystemWish): void {
  root.dataset['theme'] = settings.theme
  root.dataset['density'] = settings.density
  root.dataset['contrast'] = settings.contrast === 'high' || system.contrast ? 'high' : ''
  root.dataset['motion'] = settings.motion === 'reduced' || system.reducedMotion ? 'reduced' : ''
  root.dataset['blur'] = settings.blur ? 'on' : ''
  root.style.fontSize = `${(REM * settings.scale) / NORMAL_SCALE}px`
  root.style.setProperty('--row', `${rowHeight(settings)}px`)
}
