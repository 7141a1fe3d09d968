// Connections that are slow, idle, broken or greedy, over real TCP.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import {
  ask, connect, fillDemo, newDirectory, read, serve, signIn, someEssay, within
} from './community.mjs'
import { until } from './faulty.mjs'

const mebibyte = 1024 * 1024
const host = 'Host: kith.example\r\n'
const get = `GET / HTTP/1.1\r\n${host}`

async function community (t, options) {
  const data = newDirectory(t)
  const members = fillDemo(data)
  const server = await serve(t, data, options)
  return { data, members, server, essay: await someEssay(server) }
}

/** Sends a byte of `text` every 400 ms until the connection is cut; gives the seconds it took. */
async function drip (connection, text) {
  const began = performance.now()
  let at = 0
  const dripping = setInterval(() => connection.write(text[at++ % text.length]), 400)
  await within(60, connection.closed, 'cutting off').finally(() => clearInterval(dripping))
  return (performance.now() - began) / 1000
}

/**
 * A connection on which `text` has come so far, and waits for more. What is answered came together
 * with it: the server has read both.
 */
async function begun (server, text) {
  const connection = await connect(server)
  const answered = once(connection.socket, 'data')
  connection.write(`GET /healthz HTTP/1.1\r\n${host}\r\n${text}`)
  await within(30, answered, 'the first answer')
  return connection
}

/** Sends the rest of what was begun; it has its answer, though the server was told to stop. */
async function finish (connection, rest, status) {
  connection.write(rest)
  await within(30, connection.closed, 'the answer')
  const statuses = [...connection.received.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(found => found[1])
  assert.deepEqual(statuses, ['200', status], connection.received)
  assert.match(connection.received, /\r\nconnection: close\r\n/i)
}

/** Why nobody can come in any more; undefined while they can. */
async function turnedAway (server) {
  try {
    (await connect(server)).socket.destroy()
  } catch (error) {
    return error.code
  }
}

const statusOf = connection => Number(connection.received.match(/^HTTP\/1\.1 (\d+)/)?.[1])

test('who drips headers or a body is cut off after 10 seconds, and delays nobody', async t => {
  const { server, essay } = await community(t)
  const slow = []
  for (let i = 0; i < 20; i++) slow.push(await connect(server))
  const dripping = slow.map((connection, i) => {
    if (i % 2 === 0) {
      connection.write('GET / HTTP/1.1\r\nHost: kith.example\r\n')
      return drip(connection, 'X-Slow: ')
    }
    connection.write(`POST ${essay}/comments HTTP/1.1\r\nHost: kith.example\r\n` +
      'Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n')
    return drip(connection, '{"body":"slowly')
  })
  const first = await Promise.race([
    ask(server, essay).then(answer => answer.status),
    Promise.race(dripping).then(() => 'others waited for the slow ones')
  ])
  assert.equal(first, 200)
  // Were the time counted anew at each byte, this would never end.
  for (const took of await Promise.all(dripping)) assert.ok(took > 9, `cut off after ${took} s`)
  for (const connection of slow) assert.equal(statusOf(connection), 408)
})

test('metrics count what is open, and hide from whoever a proxy brings', async t => {
  const { server } = await community(t)
  const open = await connect(server)
  const { status, body } = await ask(server, '/metrics')
  assert.equal(status, 200)
  assert.ok(Number(body.match(/^kith_connections_open (\d+)/m)?.[1]) >= 2, body)
  for (const name of ['kith_requests_total', 'kith_jobs_waiting', 'kith_jobs_dead',
    'kith_deeds_waiting', 'kith_event_streams_open']) {
    assert.match(body, new RegExp(`^${name} \\d`, 'm'))
  }
  for (const headers of [{ 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }]) {
    assert.equal((await ask(server, '/metrics', { headers })).status, 404)
  }
  open.socket.destroy()
})

test('a thousand idle connections leave room for those who ask', async t => {
  const { server, essay } = await community(t)
  const idle = await Promise.all(Array.from({ length: 1000 }, () => connect(server)))
  const last = idle.at(-1)
  last.write('GET /healthz HTTP/1.1\r\nHost: kith.example\r\nConnection: close\r\n\r\n')
  await within(30, last.closed, 'the answer to one that was idle')
  assert.equal(statusOf(last), 200)
  // After a minute they would be let go, and prove nothing.
  const asked = async () => {
    for (let i = 0; i < 20; i++) assert.equal((await ask(server, essay)).status, 200)
  }
  await within(50, asked(), 'the answers to those who ask')
  // To stop it lets them go at once: while it still waits for one that is under way.
  const underWay = await begun(server, get)
  const late = await connect(server)
  const stopping = server.stop()
  await within(30, Promise.all([late, ...idle].map(one => one.closed)), 'letting them go')
  await finish(underWay, '\r\n', '200')
  assert.equal(await within(30, stopping, 'stopping'), 0)
})

const post = `POST / HTTP/1.1\r\n${host}`
const chunks = 'Transfer-Encoding: chunked\r\n'
const broken = {
  'no HTTP at all': ['\x16\x03\x01\x02\x00\x01', 400],
  'a request line of four words': [`GET / index HTTP/1.1\r\n${host}\r\n`, 400],
  'no host': ['GET / HTTP/1.1\r\n\r\n', 400],
  'two hosts': [`${get}${host}\r\n`, 400],
  'a header without a colon': [`${get}broken\r\n\r\n`, 400],
  'a folded header': [`${get}A: b\r\n c\r\n\r\n`, 400],
  'a NUL in a header': [`${get}A: b\0c\r\n\r\n`, 400],
  'two lengths': [`${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
  'a negative length': [`${post}Content-Length: -1\r\n\r\n`, 400],
  'a length and chunks': [`${post}Content-Length: 3\r\n${chunks}\r\n0\r\n\r\n`, 400],
  'a chunk without a size': [`${post}${chunks}\r\nzz\r\n`, 400],
  'a coding without an end': [`${post}Transfer-Encoding: gzip\r\n\r\n`, 400],
  'an unknown coding': [`${post}Transfer-Encoding: gzip, chunked\r\n\r\n`, 501],
  'a path with a broken escape': [`GET /%zz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, 400],
  'an unknown verb': [`BREW / HTTP/1.1\r\n${host}\r\n`, 405],
  'another HTTP': [`GET / HTTP/3.0\r\n${host}\r\n`, 505],
  'a header that is too large': [`${get}A: ${'a'.repeat(17 * 1024)}\r\n\r\n`, 431]
}

test('malformed requests get their answer and a closed connection', async t => {
  const { server } = await community(t)
  for (const [name, [bytes, status]] of Object.entries(broken)) {
    const connection = await connect(server)
    connection.write(Buffer.from(bytes, 'latin1'))
    await within(30, connection.closed, name)
    assert.equal(statusOf(connection), status, name)
    assert.match(connection.received, /\r\nconnection: close\r\n/i, name)
  }
  assert.equal((await ask(server, '/healthz')).status, 200)
})

test('what is too large is refused as soon as that is known', async t => {
  const { server, essay } = await community(t)
  const head = `POST ${essay}/comments HTTP/1.1\r\n${host}Content-Type: application/json\r\n`
  const announced = await connect(server)
  announced.write(`${head}Content-Length: ${mebibyte + 1}\r\n\r\n`)
  await within(30, announced.closed, 'refusing what was announced')
  assert.equal(statusOf(announced), 413)

  const chunked = await connect(server)
  chunked.write(`${head}Transfer-Encoding: chunked\r\n\r\n`)
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  for (let sent = 0; sent < 40 && !chunked.received; sent++) {
    if (!chunked.write(chunk)) await Promise.race([once(chunked.socket, 'drain'), chunked.closed])
  }
  await within(30, chunked.closed, 'refusing what came in chunks')
  assert.equal(statusOf(chunked), 413)

  const words = 'a'.repeat(16 * 1024 + 1)
  const form = { name: 'Somebody', email: 'somebody@kith.example', body: words }
  const page = await ask(server, `${essay}/comments`, { form })
  assert.equal(page.status, 422, 'a form with too many words is shown again')
  assert.ok(page.body.includes(words))
})

test('told to stop, the server ends what is under way and takes nothing new', async t => {
  const { server, members, essay } = await community(t)
  const cookie = await signIn(server, members.at(-1))
  const words = 'On its way as the server was told to stop.'
  const body = JSON.stringify({ body: words, idempotency_key: 'drain' })
  const underWay = await begun(server,
    `POST ${essay}/comments HTTP/1.1\r\n${host}Cookie: ${cookie}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`)
  const idle = await connect(server)
  const stopping = server.stop()
  await within(30, idle.closed, 'closing an idle connection')
  // Each of its threads learns it by itself: the door may close a moment later.
  await until(async () => (await turnedAway(server)) === 'ECONNREFUSED', 'closing the door')
  await finish(underWay, body.slice(20), '201')
  assert.equal(await within(30, stopping, 'stopping'), 0)
})

test('told to stop, the server closes event streams too', async t => {
  const { server, essay } = await community(t)
  const { comments } = await read(server, essay)
  const stream = await connect(server)
  stream.write(`GET ${comments.live_url} HTTP/1.1\r\n${host}\r\n`)
  await within(30, once(stream.socket, 'data'), 'the stream')
  assert.match(stream.received, /text\/event-stream/)
  const underWay = await begun(server, get)
  const stopping = server.stop()
  // While it still waits for one that is under way.
  await within(30, stream.closed, 'closing the stream')
  await finish(underWay, '\r\n', '200')
  assert.equal(await within(30, stopping, 'stopping'), 0)
})
