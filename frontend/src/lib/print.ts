// What a session's printed sheet has room for: one page, whatever the session holds.
import type { Details } from './details'
import type { FactGroup } from './facts'
import { summaryGroups } from './facts'
import { inOrder, keptPhotos, pick } from './photo-set'

const MOST_EXTRA = 10
const MOST_CONFLICTS = 6
const MOST_STEPS = 8
/** A text that is longer would take the page. */
const MOST_SIGNS = 80

/** The first of a list, and how many are left out. */
export interface Cut<T> {
  shown: T[]
  more: number
}

function cut<T>(list: readonly T[], most: number): Cut<T> {
  return { shown: list.slice(0, most), more: Math.max(0, list.length - most) }
}

/** A text that ends where the page has no more room for it. */
export function short(text: string): string {
  const signs = [...text]
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS).join('')}…` : text
}

/** Of the photos that are here a face, front and back. */
function printed(details: Details): string[] {
  const here = keptPhotos(details)
  return [pick(here, 'person', ''), ...inOrder(here).filter((name) => name === 'front' || name === 'back')].filter(Boolean)
}

export function sheetOf(details: Details) {
  return {
    groups: summaryGroups(details).map(
      ({ title, facts }): FactGroup => ({ title, facts: facts.filter(({ value }) => value !== '').map((fact) => ({ ...fact, value: short(fact.value) })) }),
    ),
    conflicts: cut(details.conflicts, MOST_CONFLICTS),
    steps: cut(details.activity.steps, MOST_STEPS),
    extra: cut(details.extra.map(({ key, value }) => ({ key: short(key), value: short(value) })), MOST_EXTRA),
    photos: printed(details),
  }
}
