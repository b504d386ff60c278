// Addresses of what the archive serves to the page.

/** A session's small photo; '' when there is none, or while the archive is closed. */
export function smallPhoto(photos: string, ordinal: number, name: string): string {
  return photos === '' || name === '' ? '' : `${photos}/${ordinal}/small/${encodeURIComponent(name)}`
}

/** A photo in full; '' when there is none, or while the archive is closed. */
export function fullPhoto(photos: string, ordinal: number, name: string): string {
  return photos === '' || name === '' ? '' : `${photos}/${ordinal}/full/${encodeURIComponent(name)}`
}
