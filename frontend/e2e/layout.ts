// What a program can tell of a broken layout.

/**
 * Names what is wrong in the page as it stands: text that is cut off and not said in
 * full elsewhere, controls that stick out, cover each other or cannot be reached, a
 * page that scrolls sideways. It runs in the page and uses nothing from outside.
 */
export function layoutFaults(): string[] {
  const faults: string[] = []
  const layers = [...document.querySelectorAll<HTMLElement>('[role=dialog], [role=menu], [role=search] [role=listbox], .filter-panel')]
  /** What lies over everything else, or the whole window. */
  const top = layers.at(-1) ?? document.body
  const shown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('.sr-only, [aria-hidden=true] svg')
  }
  const name = (element: Element): string => {
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)
    return `${element.tagName.toLowerCase()}.${[...element.classList].filter((part) => !part.startsWith('svelte-')).join('.')} “${text}”`
  }
  const ancestors = (element: Element): Element[] => {
    const all: Element[] = []
    for (let at = element.parentElement; at; at = at.parentElement) all.push(at)
    return all
  }
  const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflow)
  const hides = (element: Element): boolean => /hidden|clip/.test(getComputedStyle(element).overflow)
  /** Part of what stays in view while the rest is scrolled under it. */
  const sticks = (element: Element): boolean => [element, ...ancestors(element)].some((one) => getComputedStyle(one).position === 'sticky')
  /** Within what is scrolled around it, wholly in view. */
  const inView = (element: Element): boolean => {
    const own = element.getBoundingClientRect()
    return ancestors(element)
      .filter((around) => scrolls(around) || hides(around))
      .every((around) => {
        const box = around.getBoundingClientRect()
        return own.top >= box.top - 1 && own.bottom <= box.bottom + 1 && own.left >= box.left - 1 && own.right <= box.right + 1
      })
  }

  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} in ${innerWidth}`)

  for (const element of top.querySelectorAll<HTMLElement>('*')) {
    if (!shown(element) || !hides(element) || element.matches('input, select, textarea, img, svg, .frame, .frame *')) continue
    const told = getComputedStyle(element).webkitLineClamp !== 'none' && (element.title !== '' || element.querySelector('[title]'))
    if (element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 0 && !told && !element.matches('.row, .avatar, .body, main')) faults.push(`cut off below: ${name(element)}`)
    if (element.scrollWidth <= element.clientWidth + 1 || element.matches('.row, .avatar, .body')) continue
    const said = [element, ...ancestors(element).slice(0, 3), ...element.querySelectorAll('*')].some((one) => one.hasAttribute('title'))
    if (getComputedStyle(element).textOverflow !== 'ellipsis') faults.push(`cut off: ${name(element)}`)
    else if (!said) faults.push(`cut off, and no title says the rest: ${name(element)}`)
  }

  // Tables, and rows of photos, may be wider than their place; nothing else is read sideways.
  for (const element of top.querySelectorAll<HTMLElement>('*')) {
    if (shown(element) && scrolls(element) && element.scrollWidth > element.clientWidth + 1 && !element.matches('.grid, .scroll, pre, ul')) faults.push(`scrolls sideways: ${name(element)}`)
  }

  const controls = [...top.querySelectorAll<HTMLElement>('button, input, select, textarea, [role=menuitem], [role=menuitemcheckbox], [role=option], [role=tab], summary')]
    .filter((control) => shown(control) && getComputedStyle(control).pointerEvents !== 'none' && !control.closest('.corner, .place'))
  for (const control of controls) {
    const box = control.getBoundingClientRect()
    if (control.matches('button') && control.scrollWidth > control.clientWidth + 1 && !hides(control)) faults.push(`text sticks out: ${name(control)}`)
    const around = ancestors(control).find(scrolls)
    const [width, height] = around ? [around.scrollWidth, around.scrollHeight] : [innerWidth, innerHeight]
    const [left, up] = around ? [around.getBoundingClientRect().left - around.scrollLeft, around.getBoundingClientRect().top - around.scrollTop] : [0, 0]
    if (box.left < left - 1 || box.right > left + width + 1 || box.top < up - 1 || box.bottom > up + height + 1) faults.push(`out of reach: ${name(control)}`)
  }
  const seen = controls.filter((control) => inView(control) && !control.closest('.pinned'))
  for (const [i, one] of seen.entries()) {
    const a = one.getBoundingClientRect()
    for (const other of seen.slice(i + 1)) {
      const b = other.getBoundingClientRect()
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      // A field holds the button that clears or shows it.
      if (across > 2 && down > 2 && !one.contains(other) && !one.closest('.secret')) faults.push(`overlap: ${name(one)} and ${name(other)}`)
    }
    const under = document.elementFromPoint(a.left + a.width / 2, a.top + a.height / 2)
    if (under && !one.contains(under) && !under.contains(one) && !under.closest('label, .corner, .place') && !sticks(under)) faults.push(`covered: ${name(one)} by ${name(under)}`)
  }
  return [...new Set(faults)]
}
