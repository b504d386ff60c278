// What comes before the list: the first run, and the lock.
export { default as StartView } from '../start/StartView.svelte'
export { default as UnlockView } from '../lock/UnlockView.svelte'
