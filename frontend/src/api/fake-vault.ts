// The lock of the archive in memory: what opens it, and what it tells.
import { firstSettings, noLock } from '../lib/idv'
import type { AppError, Lock, LockKind, LockReason, Settings } from '../lib/idv'
import type { Unsubscribe } from './api'
import { failure } from './fake-failure'

const WRONG = failure('wrong_secret', 'That passphrase does not open the archive. Nothing was changed.', 'Check Caps Lock and the keyboard’s language.')
const WRONG_CODE = failure('wrong_secret', 'That recovery code belongs to another archive, or is an older one. Nothing was changed.', 'Use the newest code that was written down.')
const TYPO = failure('invalid', 'The recovery code has a typing mistake. Nothing was changed.', 'Compare it with what you wrote down.')

/** Codes that the archive tells, one after another. */
export const FAKE_CODES = ['A1B2', 'C3D4'].map((group) => Array<string>(14).fill(group).join('-'))

/** Wrong tries before the next one has to wait. */
const FREE_TRIES = 2

export class FakeVault {
  passphrase = ''
  code = ''
  settings: Settings = firstSettings()
  /** How often the page said that somebody is there. */
  touches = 0
  #lock: Lock = { ...noLock(), phase: 'open', kind: 'passphrase', keychain: true, photos: '/photo/fake', version: 0 }
  #tries = 0
  #codes = 0
  #listeners = new Set<(lock: Lock) => void>()

  get account(): Lock {
    return { ...this.#lock }
  }

  get isOpen(): boolean {
    return this.#lock.phase === 'open'
  }

  listen(listener: (lock: Lock) => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes the lock, and tells the page. */
  set(change: Partial<Lock>): void {
    this.#lock = { ...this.#lock, ...change, version: this.#lock.version + 1 }
    for (const listener of this.#listeners) listener(this.account)
  }

  open(kind: LockKind = this.#lock.kind): void {
    this.#tries = 0
    const { lockMinutes } = this.settings
    this.set({ phase: 'open', kind, wait: 0, reason: '', locksIn: lockMinutes * 60, photos: '/photo/fake' })
  }

  close(reason: LockReason): void {
    this.set({ phase: 'locked', reason, locksIn: 0, photos: '' })
  }

  create(passphrase: string, keychainOnly: boolean): string {
    if (this.#lock.phase !== 'new') throw failure('invalid', 'There is an archive already.', '')
    this.passphrase = passphrase
    this.open(keychainOnly ? 'keychain' : this.#lock.keychain ? 'passphraseKeychain' : 'passphrase')
    return this.#newCode()
  }

  unlock(passphrase: string): void {
    if (passphrase === this.passphrase) return this.open()
    throw this.#wrong(WRONG)
  }

  recover(code: string, passphrase: string): void {
    const typed = code.toUpperCase()
    if (typed !== this.code) throw FAKE_CODES.includes(typed) ? this.#wrong(WRONG_CODE) : TYPO
    this.passphrase = passphrase
    this.open(this.#lock.keychain ? 'passphraseKeychain' : 'passphrase')
  }

  change(old: string, passphrase: string): void {
    if (old !== this.passphrase) throw WRONG
    this.passphrase = passphrase
    if (this.#lock.kind === 'keychain') this.set({ kind: 'passphraseKeychain' })
  }

  renew(passphrase: string): string {
    if (passphrase !== this.passphrase) throw WRONG
    return this.#newCode()
  }

  wipe(word: string): void {
    if (word !== 'DELETE') throw failure('invalid', 'The word is not DELETE. Nothing was deleted.', 'Type DELETE.')
    this.passphrase = ''
    this.settings = firstSettings()
    this.set({ phase: 'new', kind: '', reason: '', wait: 0, locksIn: 0, photos: '' })
  }

  save(settings: Settings): void {
    this.settings = { ...settings }
    this.set({ locksIn: settings.lockMinutes * 60 })
  }

  #newCode(): string {
    this.code = FAKE_CODES[this.#codes++ % FAKE_CODES.length]!
    return this.code
  }

  #wrong(error: AppError): AppError {
    this.#tries++
    this.set({ wait: this.#tries > FREE_TRIES ? 2 ** (this.#tries - FREE_TRIES) : 0 })
    return error
  }
}
