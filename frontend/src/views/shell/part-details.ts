// One session, beside the list and on a page of its own.
export { default as DetailsView } from '../details/DetailsView.svelte'
export { default as PeekPanel } from '../details/PeekPanel.svelte'
