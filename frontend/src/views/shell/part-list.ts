// What the list opens, and what stands in its place when it has no rows.
export { default as DateFilter } from '../sessions/DateFilter.svelte'
export { default as EmptyList } from '../sessions/EmptyList.svelte'
export { default as LevelFilter } from '../sessions/LevelFilter.svelte'
export { default as RowMenu } from '../sessions/RowMenu.svelte'
export { default as ViewsMenu } from '../sessions/ViewsMenu.svelte'
