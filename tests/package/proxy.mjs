// A proxy before Kith, by an example that we ship, on this test's ports and with its certificate.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import path from 'node:path'
import {
  comment, fillDemo, freePort, newDirectory, read, serve, signIn, someEssay, within
} from '../faults/community.mjs'

/** A certificate for kith.example.org; gives its path without `.crt` and `.key`. */
function newCertificate (folder) {
  const certificate = path.join(folder, 'kith')
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-subj', '/CN=kith.example.org', '-addext', 'subjectAltName=DNS:kith.example.org',
    '-keyout', `${certificate}.key`, '-out', `${certificate}.crt`], { stdio: 'ignore' })
  return certificate
}

/** For a program that would keep something of its own in the home of who runs it. */
export const homeIn = folder =>
  ({ HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder })

/**
 * The demo community behind a proxy. `settings(place)` gives the proxy's settings, `command(file,
 * folder)` the words that start it with them.
 */
export async function proxied (t, settings, command) {
  const folder = newDirectory(t)
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const members = fillDemo(data)
  const certificate = newCertificate(folder)
  const kith = await serve(t, data, {
    flags: ['--public-url', 'https://kith.example.org', '--trusted-proxies', '127.0.0.1']
  })
  const port = await freePort()
  const file = path.join(folder, 'proxy.conf')
  writeFileSync(file, settings({ folder, port, upstream: kith.port, certificate }))
  const [program, ...words] = command(file, folder)
  const child = spawn(program, words, {
    stdio: ['ignore', 'inherit', 'pipe'], env: { ...process.env, ...homeIn(folder) }
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', part => { said += part })
  const ended = once(child, 'exit')
  t.after(async () => { child.kill('SIGKILL'); await ended })
  const deadline = Date.now() + 60_000
  for (;;) {
    const socket = net.connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(() => true, () => false)
    socket.destroy()
    if (open) break
    const waits = Date.now() < deadline && child.exitCode === null
    assert.ok(waits, `${program} does not listen: ${said}`)
    await new Promise(resolve => setImmediate(resolve))
  }
  return { kith, members, port, said: () => said }
}

/** A request through the proxy; `body` may be a form or bytes. Gives the answer once it begins. */
export async function through (port, target, { method = 'GET', headers = {}, body } = {}) {
  const request = https.request({
    host: '127.0.0.1', port, path: target, method, rejectUnauthorized: false, agent: false,
    servername: 'kith.example.org', headers: { host: 'kith.example.org', ...headers }
  })
  request.on('error', () => {})
  request.end(body)
  const [answer] = await once(request, 'response')
  return answer
}

/** Posts a form through the proxy. */
export function postForm (port, target, form, headers = {}) {
  const body = String(new URLSearchParams(form))
  const type = 'application/x-www-form-urlencoded'
  return through(port, target, {
    method: 'POST',
    headers: { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers },
    body
  })
}

export async function text (answer) {
  const parts = []
  for await (const part of answer) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** Whether many visitors who name another address each are held back as the one that they are. */
export async function countsAsOne (port, { name }) {
  for (let number = 0; number < 60; number++) {
    const answer = await postForm(port, '/sign-in',
      { name: `${name}${number}`, password: 'not this one' },
      { 'x-forwarded-for': `203.0.113.${number}`, forwarded: `for=203.0.113.${number}` })
    await text(answer)
    if (answer.statusCode === 429) return true
  }
  return false
}

/** Words that are posted come on a stream that is open through the proxy. */
export async function hearsLive ({ kith, members, port }) {
  const essay = await someEssay(kith)
  const { comments } = await read(kith, essay)
  const headers = { accept: 'text/event-stream' }
  const stream = await through(port, comments.live_url, { headers })
  assert.equal(stream.statusCode, 200)
  assert.match(stream.headers['content-type'], /text\/event-stream/)
  const cookie = await signIn(kith, members.at(-1))
  assert.equal((await comment(kith, essay, cookie, 'Words that arrive.', 'one')).status, 201)
  const came = (async () => {
    let words = ''
    for await (const part of stream) if ((words += part).includes('Words that arrive.')) return
  })()
  await within(60, came, 'the comment on the stream')
  stream.destroy()
}
