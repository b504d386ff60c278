// Reads spreadsheets with programs other than the one that wrote them.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A sheet: its header, and its rows by column. A cell is text, or null when it is empty. */
export interface Sheet {
  header: string[]
  rows: Record<string, string | null>[]
}

/** Reads the first sheet of a .csv or .xlsx file with Python's csv or openpyxl. */
export function readSheet(file: string): Sheet {
  const [header = [], ...rows] = told('read-sheet.py', file) as (string | null)[][]
  const names = header.map(String)
  return { header: names, rows: rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null]))) }
}

/** How a workbook's first sheet is made: where it is frozen, what it filters, and which kinds of cells a column has. */
export interface SheetForm {
  frozen: string | null
  filter: string | null
  kinds: Record<string, string[]>
}

export function describeSheet(file: string): SheetForm {
  return told('describe-sheet.py', file) as SheetForm
}

/** What a script of this folder says of a file. */
function told(script: string, file: string): unknown {
  const python = process.platform === 'linux' ? '/usr/bin/python3' : 'python3'
  return JSON.parse(execFileSync(python, [join(import.meta.dirname, script), file], { maxBuffer: 1 << 28 }).toString())
}
