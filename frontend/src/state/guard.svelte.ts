// The lock of the archive: what opens and closes it, the passphrase and the
// recovery code. Secrets pass through; only a code that is on show is kept.
import type { Api, Unsubscribe } from '../api/api'
import { asAppError } from '../lib/errors'
import { noLock } from '../lib/idv'
import type { AppError, Lock } from '../lib/idv'
import { Countdown } from './countdown.svelte'

/** The word that lets everything be removed. */
const WIPE_WORD = 'DELETE'
/** Least time between two words to the archive that somebody is there. */
const TOUCH_MS = 10_000

export type GuardAction = 'protect' | 'unlock' | 'recover' | 'wipe' | 'passphrase' | 'code'

export class Guard {
  lock = $state.raw<Lock>(noLock())
  /** The action under way. */
  busy = $state<GuardAction | ''>('')
  /** Why the last action failed. */
  error = $state.raw<AppError | null>(null)
  /** The recovery code, as long as it is on show. */
  code = $state('')
  /** A code was told, and nobody said that it is written down. */
  unconfirmed = $state(false)
  /** A person has just opened the archive: the focus belongs to where they were. */
  returned = false
  readonly wait = new Countdown()
  readonly locksIn = new Countdown()
  /** Idle seconds after which the archive locks, from the settings. */
  idle = 0
  #touched = -TOUCH_MS

  constructor(
    readonly api: Api,
    /** Hears of every change between new, locked and open. */
    readonly changed: () => void,
  ) {}

  get isOpen(): boolean {
    return this.lock.phase === 'open'
  }

  get isDemo(): boolean {
    return this.lock.kind === 'demo'
  }

  listen(): Unsubscribe {
    const stop = this.api.onLock((lock) => this.hear(lock))
    return () => {
      stop()
      this.wait.stop()
      this.locksIn.stop()
    }
  }

  /** Takes an account of the lock if it is no older; true when the phase is another one now. */
  take(lock: Lock): boolean {
    if (lock.version < this.lock.version) return false
    const changed = lock.phase !== this.lock.phase
    this.lock = lock
    this.wait.start(lock.wait)
    this.locksIn.start(lock.locksIn)
    if (changed && lock.phase !== 'open') this.code = ''
    return changed
  }

  hear(lock: Lock): void {
    if (this.take(lock)) this.changed()
  }

  /** Makes the archive; an empty demo archive gives way to it. */
  protect(passphrase: string, keychainOnly: boolean): Promise<boolean> {
    return this.#run('protect', async () => {
      if (this.isDemo) await this.api.wipe(WIPE_WORD)
      this.#show(await this.api.protect(passphrase, keychainOnly))
    })
  }

  unlock(passphrase: string): Promise<boolean> {
    return this.#return('unlock', () => this.api.unlock(passphrase))
  }

  recover(code: string, passphrase: string): Promise<boolean> {
    return this.#return('recover', () => this.api.recover(code.trim(), passphrase))
  }

  changePassphrase(old: string, passphrase: string): Promise<boolean> {
    return this.#run('passphrase', () => this.api.changePassphrase(old, passphrase))
  }

  newCode(passphrase: string): Promise<boolean> {
    return this.#run('code', async () => this.#show(await this.api.newRecoveryCode(passphrase)))
  }

  /** Removes the archive; the word is what the person typed. */
  wipe(word: string = WIPE_WORD): Promise<boolean> {
    return this.#run('wipe', () => this.api.wipe(word))
  }

  /** The recovery code is written down: it is not shown again. */
  confirmCode(): void {
    this.code = ''
    this.unconfirmed = false
  }

  /** Puts the code on the clipboard; false when that cannot be used. */
  async copyCode(): Promise<boolean> {
    try {
      await this.api.copy(this.code)
      return true
    } catch {
      return false
    }
  }

  printCode(): Promise<void> {
    return this.api.print()
  }

  /** Hears that somebody is at the window. */
  touch(now: number = Date.now()): void {
    if (!this.isOpen || now - this.#touched < TOUCH_MS) return
    this.#touched = now
    void this.#touch()
  }

  async #touch(): Promise<void> {
    try {
      await this.api.touch()
      if (this.isOpen && this.locksIn.left > 0) this.locksIn.start(this.idle)
    } catch {
      // It has locked meanwhile, and says so itself.
    }
  }

  #show(code: string): void {
    this.code = code
    this.unconfirmed = true
  }

  async #return(action: GuardAction, call: () => Promise<void>): Promise<boolean> {
    // Before the call: the list comes back with the event, not with the answer.
    this.returned = true
    const opened = await this.#run(action, call)
    if (!opened) this.returned = false
    return opened
  }

  /** Carries an action out, one at a time, then reads the lock: a wrong try makes the next one wait. */
  async #run(action: GuardAction, call: () => Promise<void>): Promise<boolean> {
    if (this.busy !== '') return false
    this.busy = action
    this.error = null
    try {
      await call()
      return true
    } catch (reason) {
      this.error = asAppError(reason)
      return false
    } finally {
      await this.#reread()
      this.busy = ''
    }
  }

  async #reread(): Promise<void> {
    try {
      this.hear((await this.api.state()).lock)
    } catch {
      // The event tells it too.
    }
  }
}
