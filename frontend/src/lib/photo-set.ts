// The photos of a session by their names: selfie-1, selfie-2, ..., front, back.
import type { Details, MissingPhoto } from './details'
import type { Key } from './i18n'

/** Which pane a photo is for. */
export type Side = 'person' | 'document'

export function sideOf(name: string): Side {
  return name.startsWith('selfie') ? 'person' : 'document'
}

/** The names as the strip shows them: selfies by number, front, back, then what else there is. */
export function inOrder(names: readonly string[]): string[] {
  const rank = (name: string): number => {
    if (name.startsWith('selfie')) return numberOf(name)
    return name === 'front' ? 1_000 : name === 'back' ? 1_001 : 1_002
  }
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b))
}

/** The number of selfie-2 is 2; 0 for a name without one. */
export function numberOf(name: string): number {
  return Number(/-(\d{1,3})$/.exec(name)?.[1] ?? 0)
}

/** The photo that a side shows: the wanted one if there is such, else its first; '' none. */
export function pick(names: readonly string[], side: Side, wanted: string): string {
  const own = inOrder(names).filter((name) => sideOf(name) === side)
  return own.includes(wanted) ? wanted : (own[0] ?? '')
}

/** The photos that are here. */
export function keptPhotos({ photos, missing }: Pick<Details, 'photos' | 'missing'>): string[] {
  return photos.filter((name) => gapOf(missing, name) === '')
}

/** Why a photo is not here; '' it is. */
export function gapOf(missing: readonly MissingPhoto[], name: string): MissingPhoto['why'] | '' {
  return missing.find((gap) => gap.name === name)?.why ?? ''
}

const words: Record<string, Key> = { front: 'photo.front', back: 'photo.back', selfie: 'photo.selfie' }

/** The text of a photo's name and its number; undefined for a name that is newer than this version. */
export function photoKey(name: string): Key | undefined {
  return words[name.replace(/-\d{1,3}$/, '')]
}
