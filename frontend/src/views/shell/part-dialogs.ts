// What opens over the window.
export { default as Dialogs } from '../sessions/Dialogs.svelte'
export { default as HelpSheet } from './HelpSheet.svelte'
export { default as Palette } from './Palette.svelte'
