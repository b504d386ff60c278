// What the elements of the list tell: which row and column an event is about, and
// how much room a column needs.
import type { ColumnName } from './columns'

export interface CellAt {
  row: number
  /** undefined: between the cells. */
  column: ColumnName | undefined
}

/** null: no row. */
export function cellAt(target: EventTarget | null): CellAt | null {
  const element = target instanceof Element ? target : null
  const row = element?.closest<HTMLElement>('[data-row]')
  if (!row) return null
  return { row: Number(row.dataset['row']), column: element?.closest<HTMLElement>('[data-column]')?.dataset['column'] as ColumnName | undefined }
}

/** Whether a click there is one on something that is pressed or ticked. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, input, label') !== null
}

/**
 * The width that the cells of a column need that are drawn, in pixels: not what
 * they have, which is more where a column was widened. The list's styles know data-measured.
 */
export function neededWidth(grid: Element, name: ColumnName): number {
  const cells = [...grid.querySelectorAll(`.cell.${name}`)]
  grid.setAttribute('data-measured', '')
  const widths = cells.map((cell) => cell.getBoundingClientRect().width)
  grid.removeAttribute('data-measured')
  return Math.ceil(Math.max(0, ...widths))
}
