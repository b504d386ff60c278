// What the keys of a session's page do.
import { pick } from '../../lib/photo-set'
import type { Actions } from '../../state/commands.svelte'
import type { SessionPage } from '../../state/page.svelte'

/** print makes the sheet and prints it; copyId copies the session's ID. */
export function pageActions(page: SessionPage, print: () => void, copyId: () => void): Actions {
  const { viewer } = page
  /** The photo that a side shows, if it is here. */
  const has = (side: 'person' | 'document'): string => {
    const name = pick(page.names, side, viewer.chosen[side])
    return page.kept.includes(name) ? name : ''
  }
  const photos = { when: () => page.kept.length > 0 }
  return {
    pageBack: { run: () => page.back() },
    pageNext: { run: () => page.go(1), when: () => page.can(1) },
    pagePrevious: { run: () => page.go(-1), when: () => page.can(-1) },
    pageCopyId: { run: copyId, when: () => page.row !== undefined },
    pagePrint: { run: print, when: () => page.details !== null },
    photoIn: { run: () => viewer.zoomBy(1), ...photos },
    photoOut: { run: () => viewer.zoomBy(-1), ...photos },
    photoFit: { run: () => viewer.fit(), ...photos },
    photoActual: { run: () => viewer.actual(), ...photos },
    photoTurn: { run: () => viewer.turn([has('person'), has('document')].filter(Boolean)), ...photos },
    photoLink: { run: () => viewer.link(), ...photos },
    photoOverlay: { run: () => (viewer.overlay = !viewer.overlay), when: () => has('person') !== '' && has('document') !== '' },
  }
}
