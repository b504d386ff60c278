// How photos are looked at: zoom and place, linked or each by itself, turned, or
// laid over each other. All of it stays when the next session comes, but turns
// belong to the photo.
import type Panzoom from '@panzoom/panzoom'
import type { PanzoomObject } from '@panzoom/panzoom'
import type { Side } from '../lib/photo-set'

/** The largest zoom: faces on documents are small. */
const MOST = 16
/** One step of the keys and buttons, and what a double click zooms to. */
const STEP = 0.4
const CLOSE_UP = 2.5
/** Linked photos would not move together otherwise. */
const AT_ONCE = { animate: false }
/** Pixels that an arrow key moves a photo by. */
const NUDGE = 40

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [NUDGE, 0],
  ArrowRight: [-NUDGE, 0],
  ArrowUp: [0, NUDGE],
  ArrowDown: [0, -NUDGE],
}

interface Pane {
  frame: HTMLElement
  zoom: PanzoomObject
}

export class Viewer {
  /** Both photos have one zoom and place. */
  linked = $state(true)
  overlay = $state(false)
  /** How much of the upper photo shows in an overlay, in percent. */
  opacity = $state(50)
  /** Of the pane that was zoomed last; 1 is the whole photo in view. */
  scale = $state(1)
  /** The chosen photo of each side; '' its first. */
  chosen = $state<Record<Side, string>>({ person: '', document: '' })
  /** Quarter turns of a photo, by its name. */
  turns = $state<Record<string, number>>({})
  #panes = new Map<Side, Pane>()

  /** Lets an element be zoomed and moved within the one around it. zoomed: the library, which comes with the photos only. */
  attach(side: Side, zoomed: typeof Panzoom): (element: HTMLElement) => () => void {
    return (element) => {
      const frame = element.parentElement!
      const zoom = zoomed(element, {
        minScale: 1,
        maxScale: MOST,
        step: STEP,
        cursor: 'inherit',
        panOnlyWhenZoomed: true,
        // Whoever listens for a person at the window hears the press too.
        handleStartEvent: (event: Event) => event.preventDefault(),
      })
      const onwheel = (event: WheelEvent): void => void zoom.zoomWithWheel(event)
      const onchange = (): void => this.#changed(side)
      const ondblclick = (event: MouseEvent): void => this.#doubleClicked(zoom, event)
      frame.addEventListener('wheel', onwheel, { passive: false })
      frame.addEventListener('dblclick', ondblclick)
      element.addEventListener('panzoomchange', onchange)
      this.#panes.set(side, { frame, zoom })
      this.#join(side, zoom)
      return () => {
        frame.removeEventListener('wheel', onwheel)
        frame.removeEventListener('dblclick', ondblclick)
        element.removeEventListener('panzoomchange', onchange)
        zoom.destroy()
        this.#panes.delete(side)
      }
    }
  }

  zoomBy(step: 1 | -1): void {
    this.#each(({ zoom }) => void (step > 0 ? zoom.zoomIn(AT_ONCE) : zoom.zoomOut(AT_ONCE)))
  }

  /** Both photos as a whole. */
  fit(): void {
    for (const { zoom } of this.#panes.values()) zoom.reset({ ...AT_ONCE, silent: true })
    this.scale = 1
  }

  /** Each photo so that one of its pixels is one of the window's; each by itself: they have other sizes. */
  actual(): void {
    this.linked = false
    this.#each(({ frame, zoom }) => {
      const photo = frame.querySelector('img')
      if (photo && photo.clientWidth > 0) zoom.zoom(photo.naturalWidth / photo.clientWidth)
    })
  }

  /** Moves the photo of a pane by an arrow key; whether it was one. */
  nudge(side: Side, key: string): boolean {
    const by = ARROWS[key]
    if (by) this.#panes.get(side)?.zoom.pan(by[0], by[1], { relative: true })
    return by !== undefined
  }

  /** Turns photos to the right by a quarter. */
  turn(names: readonly string[]): void {
    for (const name of names) this.turns[name] = ((this.turns[name] ?? 0) + 1) % 4
  }

  link(): void {
    this.linked = !this.linked
  }

  /** Another session: its photos stand as they came. */
  begin(): void {
    this.turns = {}
  }

  #each(act: (pane: Pane) => void): void {
    const panes = [...this.#panes.values()]
    // One is enough where the others follow it.
    for (const pane of this.linked ? panes.slice(0, 1) : panes) act(pane)
  }

  /** A pane that comes to a linked one stands as that does. */
  #join(side: Side, zoom: PanzoomObject): void {
    const [other] = [...this.#panes].filter(([known]) => known !== side)
    if (!other || !this.linked) return
    place(zoom, other[1].zoom)
  }

  #doubleClicked(zoom: PanzoomObject, event: MouseEvent): void {
    if (zoom.getScale() > 1) zoom.reset(AT_ONCE)
    else zoom.zoomToPoint(CLOSE_UP, event)
  }

  /** A pane has another zoom or place: the linked ones follow. */
  #changed(side: Side): void {
    const { zoom } = this.#panes.get(side)!
    const scale = zoom.getScale()
    if (scale <= 1 && (zoom.getPan().x !== 0 || zoom.getPan().y !== 0)) zoom.pan(0, 0, { force: true, silent: true })
    this.scale = scale
    if (!this.linked) return
    for (const [other, pane] of this.#panes) if (other !== side) place(pane.zoom, zoom)
  }
}

/** Gives one photo the zoom and place of another, without a word to who listens. */
function place(zoom: PanzoomObject, like: PanzoomObject): void {
  const { x, y } = like.getPan()
  zoom.zoom(like.getScale(), { silent: true, force: true })
  zoom.pan(x, y, { silent: true, force: true })
}
