// Takes hold of the page in the app's own WebKitGTK window through WebKit's
// remote inspector. Only the Linux window can be reached this way.
import { writeFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import { eventually, type Program } from './process.ts'

export interface Inspector {
  /** Evaluates an expression in the page; it has to give a plain value. */
  evaluate<T>(expression: string): Promise<T>
  /** Waits until an expression is true, and answers its value; one that fails asks for what is not there yet. */
  until<T>(expression: string): Promise<T>
  /** Saves what the window shows as a PNG. */
  picture(file: string): Promise<void>
  /** Ends the app, and waits until it has. */
  end(): Promise<void>
  close(): void
}

interface Answer {
  id: number
  error?: unknown
  result: Record<string, never>
}

export async function startWebKit(port: number, app: Program): Promise<Inspector> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${await pagePath(port, app)}`)
  const call = await attach(socket)
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, wasThrown } = await call<{ result: { value: T; description?: string }; wasThrown?: boolean }>(
      'Runtime.evaluate', { expression, returnByValue: true },
    )
    if (wasThrown) throw new Error(`${expression}: ${result.description}`)
    return result.value
  }
  return {
    evaluate,
    until: (expression) => eventually(expression, async () => (await evaluate<never>(`(() => { try { return (${expression}) } catch { return undefined } })()`)) || undefined),
    picture: async (file) => {
      const [width, height] = await evaluate<[number, number]>('[innerWidth, innerHeight]')
      const { dataURL } = await call<{ dataURL: string }>('Page.snapshotRect', { x: 0, y: 0, width, height, coordinateSystem: 'Viewport' })
      writeFileSync(file, Buffer.from(dataURL.slice(dataURL.indexOf(',') + 1), 'base64'))
    },
    end: async () => {
      socket.close()
      await app.stop()
    },
    close: () => socket.close(),
  }
}

/** The inspector's page lists the windows; the app has one. */
function pagePath(port: number, app: Program): Promise<string> {
  return eventually('the window', async () => {
    if (app.process.exitCode !== null) throw new Error(`the app ended:\n${app.log()}`)
    const list = await fetch(`http://127.0.0.1:${port}/`).then((r) => r.text(), () => '')
    return list.match(/\/socket\/\d+\/\d+\/WebPage/)?.[0]
  })
}

type Call = <T>(method: string, params: object) => Promise<T>

/**
 * Waits for the page behind the socket. What is said to it travels inside
 * messages to its target, numbered apart from those.
 */
async function attach(socket: WebSocket): Promise<Call> {
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  const target = await new Promise<string>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data) => {
      const { method, params } = JSON.parse(String(data))
      if (method === 'Target.targetCreated' && params.targetInfo.type === 'page') resolve(params.targetInfo.targetId)
      if (method !== 'Target.dispatchMessageFromTarget') return
      const answer = JSON.parse(params.message) as Answer
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    })
  })
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, ({ error, result }) => (error ? reject(new Error(`${method}: ${JSON.stringify(error)}`)) : resolve(result as never)))
      const message = JSON.stringify({ id, method, params })
      socket.send(JSON.stringify({ id: 1_000_000 + id, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }))
    })
}
