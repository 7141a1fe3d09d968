// As many idle connections as Kith takes, 16,000, or as this machine's file limit lets us open;
// more that are turned away; and people who are gone without a word: whoever is in is answered,
// and room comes back.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import test from 'node:test'
import { ask, connect, fillDemo, newDirectory, serve, someEssay, within } from './community.mjs'
import { until } from './faulty.mjs'

const most = 20_000
const mostOfKith = 16_000
const ofOneAddress = 3_900
const spare = 500
/** Less than limits::idle_time_max: whoever came so lately isn't let go for being idle. */
const lately = 50_000

/** Raises this program's limit as far as it goes; gives how many files may be open. */
function fileLimit () {
  const hard = Number(execFileSync('prlimit',
    ['--pid', String(process.pid), '--nofile', '--noheadings', '--output=HARD']))
  execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${hard}:${hard}`])
  return hard
}

/** A connection from one of loopback's many addresses: 127.0.0.2 and on. */
function idle (server, number) {
  const socket = net.connect({
    host: '127.0.0.1', port: server.port,
    localAddress: `127.0.0.${2 + Math.floor(number / ofOneAddress)}`
  })
  socket.on('error', () => {})
  socket.resume()
  return once(socket, 'connect').then(() => socket)
}

const open = async server =>
  Number((await ask(server, '/metrics')).body.match(/^kith_connections_open (\d+)$/m)[1])

test('with 16,000 connections, which is the most, whoever is in is answered, and room comes back',
  async t => {
    const data = newDirectory(t)
    fillDemo(data)
    const server = await serve(t, data)
    const essay = await someEssay(server)
    const wanted = Math.min(most, fileLimit() - spare)
    const held = Math.min(wanted, mostOfKith - spare)
    t.diagnostic(`${wanted} connections fit this machine's limit, ${held} of them Kith's own`)
    const sockets = []
    t.after(() => { for (const socket of sockets) socket.destroy() })
    const begins = []
    let peak = 0
    let atLeast = 0
    for (let begun = 0; begun < held; begun += 500) {
      begins.push(performance.now())
      const batch = Array.from({ length: Math.min(500, held - begun) },
        (_, at) => idle(server, begun + at))
      sockets.push(...await within(120, Promise.all(batch), 'connecting'))
      assert.equal((await ask(server, essay)).status, 200)
      peak = Math.max(peak, await open(server))
      // Those that were idle for a minute may have been let go while a slow machine opened others.
      const stay = begins.filter(at => performance.now() - at < lately).length
      atLeast = Math.max(atLeast, Math.min(stay * 500, sockets.length))
    }
    t.diagnostic(`${peak} were open at once, of ${atLeast} that came within 50 s`)
    assert.ok(peak >= 0.9 * atLeast, `${peak} of ${atLeast}`)
    const fresh = await idle(server, 0)
    fresh.end('GET /healthz HTTP/1.1\r\nHost: kith.example\r\nConnection: close\r\n\r\n')
    await within(60, once(fresh, 'close'), 'the answer to one among them')

    // More than Kith takes: they are turned away or wait; nobody who is in is hurt.
    const known = await connect(server)
    const more = Array.from({ length: wanted - held }, (_, at) => idle(server, held + at))
    const late = (await Promise.allSettled(more)).flatMap(one => one.value ?? [])
    sockets.push(...late)
    known.write('GET /healthz HTTP/1.1\r\nHost: kith.example\r\nConnection: close\r\n\r\n')
    await within(60, known.closed, 'the answer to one who is in')
    assert.match(known.received, /^HTTP\/1\.1 200 /)

    for (const socket of sockets) socket.destroy()
    await until(async () => {
      try { return await open(server) < 100 } catch { return false }
    }, 'room')
    assert.equal((await ask(server, essay)).status, 200)
    assert.equal(await server.stop(), 0)
  })

test('one address alone can’t fill the house: beyond its share it is turned away', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const server = await serve(t, data)
  fileLimit()
  const sockets = []
  t.after(() => { for (const socket of sockets) socket.destroy() })
  const greedy = Array.from({ length: 4_200 }, () => net.connect({
    host: '127.0.0.1', port: server.port, localAddress: '127.0.0.99'
  }))
  let closed = 0
  for (const socket of greedy) {
    socket.on('error', () => {})
    socket.on('close', () => { closed += 1 })
    socket.resume()
  }
  sockets.push(...greedy)
  await until(() => closed >= 150, 'turning away')
  assert.equal((await ask(server, '/healthz')).status, 200, 'others pay for it')
  const { body } = await ask(server, '/metrics')
  assert.ok(Number(body.match(/^kith_connections_refused_total (\d+)$/m)[1]) >= 150)
  for (const socket of sockets) socket.destroy()
  assert.equal(await server.stop(), 0)
})

test('who closes their half in the middle of a request is let go, without a trace',
  async t => {
    const data = newDirectory(t)
    fillDemo(data)
    const server = await serve(t, data)
    const essay = await someEssay(server)
    const post = `POST ${essay}/comments HTTP/1.1\r\nHost: kith.example\r\n`
    const halves = ['', 'G', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost: kith.example\r\n',
      `${post}Content-Length: 500\r\n\r\n{"bod`, `${post}Transfer-Encoding: chunked\r\n\r\n5`]
    const before = await open(server)
    const ending = []
    for (let round = 0; round < 20; round++) {
      for (const half of halves) {
        const connection = await connect(server)
        connection.socket.end(half)
        ending.push(connection.closed)
      }
    }
    await within(60, Promise.all(ending), 'letting them go')
    await until(async () => await open(server) <= before + 2, 'their places')
    // A whole request of one who says at once that no more will come has its answer.
    const whole = await connect(server)
    whole.socket.end('GET /healthz HTTP/1.1\r\nHost: kith.example\r\n\r\n')
    await within(60, whole.closed, 'the answer')
    assert.match(whole.received, /^HTTP\/1\.1 200 /)
    assert.equal(await server.stop(), 0)
  })

test('who is gone without a word while an answer is on its way delays nobody', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const server = await serve(t, data)
  const essay = await someEssay(server)
  const head = `GET ${essay} HTTP/1.1\r\nHost: kith.example\r\n\r\n`
  for (let round = 0; round < 50; round++) {
    // Asks for much and takes nothing of it; then the connection is reset.
    const connection = await connect(server)
    connection.socket.pause()
    connection.write(head.repeat(20))
    connection.socket.resetAndDestroy()
  }
  assert.equal((await ask(server, essay)).status, 200)
  await until(async () => await open(server) < 20, 'their places')
  assert.equal(await server.stop(), 0)
})
