// Looks through files for what must not be there, in every form that a program
// might have written it in.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The forms in which a word would be found on a disk. */
export function forms(word: Buffer): Buffer[] {
  const text = word.toString('latin1')
  const wide = Buffer.from(text, 'utf16le')
  const found = [word, wide, Buffer.from(wide).swap16(), Buffer.from(word.toString('hex')), Buffer.from(word.toString('hex').toUpperCase())]
  if (/[A-Z]/.test(text)) found.push(Buffer.from(text.toLowerCase(), 'latin1'))
  // Base64 depends on where in its groups of three bytes the word begins; its
  // first and last characters also on what stands beside it.
  for (const before of [0, 1, 2]) {
    const base64 = Buffer.concat([Buffer.alloc(before), word]).toString('base64').replace(/=+$/, '')
    found.push(Buffer.from(base64.slice(before === 0 ? 0 : 4, -2)))
  }
  return found
}

/** Every file below a folder, but for the folders named. */
export function filesBelow(folder: string, except: string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (except.includes(path)) return []
    if (entry.isDirectory()) return filesBelow(path, except)
    return entry.isFile() ? [path] : []
  })
}

/** The files that hold one of the words. A file that is gone meanwhile holds nothing. */
export function holders(files: string[], words: Buffer[]): string[] {
  const needles = words.flatMap(forms)
  return files.filter((file) => {
    const data = read(file)
    return needles.some((needle) => data.includes(needle))
  })
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
