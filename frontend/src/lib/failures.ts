// The back end's failures in the window's language. It says them in English, and
// its sentences are the keys of their translations; values stand as {} in the key
// and as {0}, {1} in the translation. What has no translation stays as it was said.

/** Sentences, and parts of sentences, with their translations. */
export type Failures = Record<string, string>

interface Form {
  matches: RegExp
  says: string
  /** Letters that are the same in whatever it matches: more of them tell more. */
  weight: number
}

const forms = new WeakMap<Failures, Form[]>()

/** Only texts of the back end: one that is in the window's language already matches nothing. */
export function translated(text: string, failures: Failures): string {
  const sentences = text.split(/(?<=[.?]) (?=[^\p{Ll}])/u)
  const said: string[] = []
  while (sentences.length > 0) {
    // A value may look like the end of a sentence: then more belongs to it.
    const lengths = sentences.map((_, i) => i + 1)
    const known = lengths.find((length) => sentenceOf(sentences.slice(0, length).join(' '), failures) !== null)
    const next = sentences.splice(0, known ?? 1).join(' ')
    said.push(sentenceOf(next, failures) ?? next)
  }
  return said.join(' ')
}

/** One sentence, or a part of one; null it is not known. */
function sentenceOf(text: string, failures: Failures): string | null {
  for (const { matches, says } of formsOf(failures)) {
    const values = matches.exec(text)?.slice(1)
    if (values) return says.replace(/\{(\d+)\}/g, (_, at: string) => sentenceOf(values[Number(at)]!, failures) ?? values[Number(at)]!)
  }
  return null
}

function formsOf(failures: Failures): Form[] {
  let known = forms.get(failures)
  if (!known) {
    known = Object.entries(failures).map(([key, says]) => ({ matches: patternOf(key), says, weight: key.replaceAll('{}', '').length }))
    known.sort((a, b) => b.weight - a.weight)
    forms.set(failures, known)
  }
  return known
}

function patternOf(key: string): RegExp {
  const parts = key.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 'su')
}
