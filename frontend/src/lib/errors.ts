// Every failure as an AppError, whatever the bridge rejected with.
import type { AppError } from './idv'
import { translated } from './failures'
import { t } from './i18n'
import { locale } from './locale.svelte'

/** Failures of the backend keep their own sentences; all else is internal. */
export function asAppError(reason: unknown): AppError {
  locale.learnFailures().catch(() => {}) // without them it is said in English
  const sent = reason instanceof Error ? parsed(reason.message) : reason
  if (isAppError(sent)) return sent
  return { code: 'internal', message: t('error.internal'), hint: t('error.internal.hint') }
}

/** What happened, in the window's language. */
export function messageOf(error: AppError): string {
  return translated(error.message, locale.failures)
}

/** What to do next; '' nothing. */
export function hintOf(error: AppError): string {
  return translated(error.hint, locale.failures)
}

/** Both. */
export function errorText(error: AppError): string {
  return `${messageOf(error)} ${hintOf(error)}`.trim()
}

/** Why a row could not be read, in the window's language. */
export function reasonOf(reason: string): string {
  return translated(reason, locale.failures)
}

function isAppError(reason: unknown): reason is AppError {
  if (typeof reason !== 'object' || reason === null) return false
  const { code, message, hint } = reason as Record<string, unknown>
  return typeof code === 'string' && typeof message === 'string' && typeof hint === 'string'
}

/** The bridge rejects with an Error whose message is the backend's failure as JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
