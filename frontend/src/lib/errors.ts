// Every failure as an AppError, whatever the bridge rejected with.
import type { AppError } from './idv'
import { t } from './i18n'

/** Failures of the backend keep their own sentences; all else is internal. */
export function asAppError(reason: unknown): AppError {
  if (isAppError(reason)) return reason
  return { code: 'internal', message: t('error.internal'), hint: t('error.internal.hint') }
}

function isAppError(reason: unknown): reason is AppError {
  if (typeof reason !== 'object' || reason === null) return false
  const { code, message, hint } = reason as Record<string, unknown>
  return typeof code === 'string' && typeof message === 'string' && typeof hint === 'string'
}
