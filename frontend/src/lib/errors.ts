// Every failure as an AppError, whatever the bridge rejected with.
import type { AppError } from './idv'
import { t } from './i18n'

/** Failures of the backend keep their own sentences; all else is internal. */
export function asAppError(reason: unknown): AppError {
  const sent = reason instanceof Error ? parsed(reason.message) : reason
  if (isAppError(sent)) return sent
  return { code: 'internal', message: t('error.internal'), hint: t('error.internal.hint') }
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
