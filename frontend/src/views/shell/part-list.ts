// What the list opens, what tells how it went, and what stands in its place when it has no rows.
export { default as BulkBar } from '../sessions/BulkBar.svelte'
export { default as DateFilter } from '../sessions/DateFilter.svelte'
export { default as EmptyList } from '../sessions/EmptyList.svelte'
export { default as ExportCard } from '../sessions/ExportCard.svelte'
export { default as LevelFilter } from '../sessions/LevelFilter.svelte'
export { default as RowMenu } from '../sessions/RowMenu.svelte'
export { default as Toast } from '../sessions/Toast.svelte'
export { default as ViewsMenu } from '../sessions/ViewsMenu.svelte'
