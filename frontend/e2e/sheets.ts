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
  const python = process.platform === 'linux' ? '/usr/bin/python3' : 'python3'
  const output = execFileSync(python, [join(import.meta.dirname, 'read-sheet.py'), file], { maxBuffer: 1 << 28 })
  const [header = [], ...rows] = JSON.parse(output.toString()) as (string | null)[][]
  const names = header.map(String)
  return { header: names, rows: rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null]))) }
}
