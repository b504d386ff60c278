// A failure as the Go program tells it.
import type { AppError } from '../lib/idv'

export const failure = (code: string, message: string, hint: string): AppError => ({ code, message, hint })
