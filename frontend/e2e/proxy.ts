// Stands between the app and a portal, so that a test decides when a page of
// sessions comes and what is in it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ProxyOptions {
  /** Pages that pass; every later one waits for release. Without it all pass. */
  pages?: number
  /** Changes the items of a page. */
  change?: (items: unknown[]) => unknown[]
}

export class Proxy {
  /** The cursor of every page that was asked for, '' at the start. */
  readonly asked: string[] = []
  /** Sessions in the pages that have passed. */
  passed = 0
  #release!: () => void
  #released = new Promise<void>((release) => (this.#release = release))
  #server = createServer((request, response) => void this.#answer(request, response))

  constructor(
    readonly portal: string,
    readonly options: ProxyOptions,
  ) {}

  /** Listens, and answers its address. */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Lets every page pass from now on. */
  release(): void {
    this.#release()
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done))
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = request.url ?? ''
    this.asked.push(new URL(place, this.portal).searchParams.get('cursor') ?? '')
    if (this.asked.length > (this.options.pages ?? Infinity)) await this.#released
    const answer = await fetch(this.portal + place, { headers: { Authorization: request.headers.authorization ?? '' } })
    const page = (await answer.json()) as { items?: unknown[] }
    const items = page.items && (this.options.change?.(page.items) ?? page.items)
    this.passed += items?.length ?? 0
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ ...page, items }))
  }
}
