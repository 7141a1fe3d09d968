// Three nodes behind HAProxy: whichever answers, it is one community.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { allComments, ask, comment, program, read, signIn, someEssay }
  from '../faults/community.mjs'
import { addMembers, Nats, Node, Place, Postgres, startProxy, Stream, until } from './parts.mjs'
import { MailBox } from '../journeys/house.mjs'

let place, postgres, nats, nodes, proxy, cookies, essay, people, mail

before(async () => {
  place = new Place()
  mail = new MailBox()
  await mail.start()
  postgres = await Postgres.make(place, 'postgres')
  postgres.sql('create database kith template template0')
  nats = await Nats.make(place)
  const database = `postgresql://kith@127.0.0.1:${postgres.port}/kith`
  const flags = ['--smtp-url', mail.url, '--smtp-from', 'post@kith.example']
  const first = await Node.make(place, 'one', { database, nats, flags })
  people = JSON.parse(execFileSync(program, ['demo', '--json', ...first.words]))
  const secret = path.join(first.data, 'secret.key')
  nodes = [first]
  for (const name of ['two', 'three']) {
    nodes.push(await Node.make(place, name, { database, nats, flags, secret }))
  }
  await Promise.all(nodes.map(node => node.start()))
  proxy = await startProxy(place, nodes)
  cookies = addMembers(postgres, nodes[0], 400)
  essay = await someEssay(proxy)
}, { timeout: 300_000 })

after(async () => {
  await place?.leave()
  await mail?.stop()
})

let used = 0
/** A member who hasn't done anything yet. */
const nextCookie = () => cookies[used++]

const eventsOf = async (server, cookie) =>
  (await read(server, essay, { cookie })).comments.live_url.replace(/&since=.*/, '')

async function post (server, words, cookie = nextCookie()) {
  const answer = await comment(server, essay, cookie, words, `key ${words}`)
  assert.equal(answer.status, 201, answer.body)
}

test('what is posted through one node arrives at the streams of all, once', async t => {
  const cookie = nextCookie()
  const target = await eventsOf(nodes[0], cookie)
  const streams = [...nodes, proxy].map(server => new Stream(server, target, cookie))
  t.after(() => streams.forEach(stream => stream.end()))
  await Promise.all(streams.map(stream => stream.opened))
  for (const [at, server] of [...nodes, proxy].entries()) await post(server, `hello-${at}-all`)
  await post(nodes[0], 'the-last-of-these')
  for (const stream of streams) {
    await stream.heard('the-last-of-these')
    const heard = stream.frames.join('').match(/hello-\d-all/g)
    assert.deepEqual(heard, ['hello-0-all', 'hello-1-all', 'hello-2-all', 'hello-3-all'])
    assert.equal(new Set(stream.ids).size, stream.ids.length)
  }
})

test('who comes back to another node is told what they missed, and nothing twice', async t => {
  const cookie = nextCookie()
  const target = await eventsOf(nodes[0], cookie)
  const stream = new Stream(nodes[0], target, cookie)
  await stream.opened
  await post(nodes[1], 'before-the-cut')
  await stream.heard('before-the-cut')
  stream.end()
  await post(nodes[2], 'while-away')
  // What a browser sends when it comes back.
  const again = new Stream(nodes[1], target, cookie, stream.ids.at(-1))
  t.after(() => again.end())
  await again.heard('while-away')
  await post(nodes[0], 'after-the-return')
  await again.heard('after-the-return')
  assert.ok(!again.has('before-the-cut'))
  assert.equal(again.ids.length, 2)
})

test('a page kept for strangers is made anew when another node has written', async () => {
  const page = async server => (await ask(server, essay)).body
  for (const node of nodes) { await page(node); await page(node) }
  await post(nodes[0], 'new-for-strangers')
  for (const node of nodes) {
    await until(async () => (await page(node)).includes('new-for-strangers'), 'the page is new', 20)
  }
})

test('a session that ends on one node ends its streams on the others', async () => {
  const [person] = people
  const cookie = await signIn(nodes[0], person)
  const target = await eventsOf(nodes[0], cookie)
  const streams = [nodes[1], nodes[2]].map(node => new Stream(node, target, cookie))
  await Promise.all(streams.map(stream => stream.opened))
  const out = await ask(nodes[0], '/sign-out', { cookie, form: {} })
  assert.ok(out.status < 400, out.body)
  for (const stream of streams) {
    await until(() => stream.cuts > 0, 'the stream is cut', 30)
    stream.end()
  }
  for (const node of nodes) {
    const answer = await ask(node, '/settings', { cookie, headers: { accept: 'application/json' } })
    assert.equal(answer.status, 401)
  }
})

test('tries to sign in are counted together, and under a hash', async () => {
  const headers = { accept: 'application/json' }
  const knock = async at => (await ask(nodes[at % 3], '/sign-in', {
    json: { name: 'Somebody Else', password: 'not the password of anybody' }, headers
  })).status
  for (let at = 0; at < 5; at++) assert.notEqual(await knock(at), 429, `try ${at + 1}`)
  for (let at = 0; at < 3; at++) assert.equal(await knock(at), 429)
  const kept = postgres.sql('select what from rate_counts', 'kith')
  assert.match(kept, /^[\w-]{43}$/m)
  assert.doesNotMatch(kept, /127\.0|Somebody/)
})

/** The sum that PNG puts behind each chunk (ISO 3309). */
function sumOf (bytes) {
  let sum = 0xFFFFFFFF
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xEDB88320 : 0)
  }
  return (sum ^ 0xFFFFFFFF) >>> 0
}

/** A picture of so many pixels, all alike (PNG, ISO 15948). */
function picture (side) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(sumOf(body))
    return Buffer.concat([head, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(side * (1 + side * 3), 120)
  for (let row = 0; row < side; row++) rows[row * (1 + side * 3)] = 0
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

test('a picture given to one node is shown by the others', async () => {
  const cookie = nextCookie()
  const form = new FormData()
  form.append('picture', new Blob([picture(64)], { type: 'image/png' }), 'me.png')
  const given = await fetch(`http://127.0.0.1:${nodes[0].port}/settings/profile/picture`,
    { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' })
  assert.equal(given.status, 303, await given.text())
  const { member } = await read(nodes[1], '/settings/profile', { cookie })
  for (const node of nodes) {
    const shown = await ask(node, member.avatar_url, { cookie })
    assert.equal(shown.status, 200)
    assert.match(shown.headers['content-type'], /^image\//)
  }
})

test('each mail goes out once, and each notice is told once, whichever node does it', async () => {
  const before = Number(postgres.sql('select count(*) from notices', 'kith'))
  const letters = 90
  postgres.sql(`with queued as (
      insert into mail_queue (public_id, recipient, subject, body, kind, state, forget_address,
          queued_at)
      select translate(rtrim(encode(decode(md5('mail ' || n), 'hex'), 'base64'), '='), '+/', '-_'),
          'person' || n || '@kith.example', 'Hello', 'Hello', 'update', 'waiting', 0, 0
      from generate_series(1, ${letters}) n returning id)
    insert into jobs (kind, payload, run_at) select 'send_mail', cast(id as text), 0 from queued;`,
  'kith')
  for (let at = 0; at < 9; at++) await post(nodes[at % 3], `told-${at}`)
  const jobs = () => Number(postgres.sql(
    "select count(*) from jobs where kind = 'send_mail' and not recurring", 'kith'))
  await until(() => jobs() === 0, 'all mail is sent')
  const counts = new Map()
  for (const { to } of mail.mails) counts.set(to[0], (counts.get(to[0]) ?? 0) + 1)
  for (let n = 1; n <= letters; n++) assert.equal(counts.get(`person${n}@kith.example`), 1)
  const twice = postgres.sql('select member, about, kind from notices where seen_at is null ' +
    'group by 1, 2, 3 having count(*) > 1', 'kith')
  assert.equal(twice, '')
  assert.ok(Number(postgres.sql('select count(*) from notices', 'kith')) > before)
})

test('without NATS posts and pages go on, live words come by the look, and NATS comes back',
  async t => {
    const cookie = nextCookie()
    const target = await eventsOf(nodes[0], cookie)
    const stream = new Stream(nodes[1], target, cookie)
    t.after(() => stream.end())
    await stream.opened
    assert.equal(nodes[1].doctor().bus, 'ok')
    await nats.kill()
    assert.equal(nodes[1].doctor().bus, 'warn')
    await post(nodes[0], 'without-nats')
    await stream.heard('without-nats')
    await until(async () => (await ask(nodes[2], essay)).body.includes('without-nats'),
      'the page is new', 20)
    const person = people[1]
    const leaving = await signIn(nodes[0], person)
    const ending = new Stream(nodes[2], target, leaving)
    await ending.opened
    await ask(nodes[0], '/sign-out', { cookie: leaving, form: {} })
    await until(() => ending.cuts > 0, 'the stream is cut', 30)
    ending.end()
    await nats.start()
    const connected = async node =>
      /^kith_bus_connected 1$/m.test((await ask(node, '/metrics')).body)
    for (const node of nodes) await until(() => connected(node), 'the bus is back')
    await post(nodes[2], 'nats-is-back')
    await stream.heard('nats-is-back')
    const heard = stream.frames.join('').match(/without-nats|nats-is-back/g)
    assert.deepEqual(heard, ['without-nats', 'nats-is-back'])
  })

/** Posts until told to stop; what was cut off is sent again with its key, as a browser does. */
async function postOn (client, state) {
  for (let number = 0; !state.ending; number++) {
    const cookie = state.cookies[(client + number * state.clients) % state.cookies.length]
    const words = `storm-${client}-${number}-end`
    for (;;) {
      let answer
      try {
        answer = await comment(proxy, essay, cookie, words, `storm ${client} ${number}`)
      } catch {
        state.cut += 1
        continue
      }
      if (answer.status === 201 || answer.status === 409) {
        if (answer.status === 201) state.acknowledged.add(words)
        break
      }
      state.refused.push(answer.status)
      assert.ok([502, 503, 504].includes(answer.status), `${answer.status} ${answer.body}`)
    }
  }
}

test('a node killed in a storm of posts loses nothing that was acknowledged', async t => {
  const state = { clients: 8, cookies: cookies.slice(used, used + 200), acknowledged: new Set(),
    cut: 0, refused: [], ending: false }
  used += 200
  const cookie = nextCookie()
  const target = await eventsOf(nodes[0], cookie)
  const streams = [proxy, proxy, [nodes[1], nodes[2]], [nodes[1], nodes[0]]]
    .map(servers => new Stream(servers, target, cookie))
  t.after(() => streams.forEach(stream => stream.end()))
  await Promise.all(streams.map(stream => stream.opened))
  const posting = Promise.all(Array.from({ length: state.clients }, (_, at) => postOn(at, state)))
  posting.catch(() => {})
  await until(() => state.acknowledged.size >= 20, 'the storm begins')
  await nodes[1].kill()
  const then = state.acknowledged.size
  await until(() => state.acknowledged.size >= then + 20, 'the storm goes on')
  await nodes[1].start()
  const later = state.acknowledged.size
  await until(() => state.acknowledged.size >= later + 10, 'it goes on with all nodes')
  state.ending = true
  await posting
  await post(nodes[1], 'after-the-storm')
  t.diagnostic(`${state.acknowledged.size} acknowledged, ${state.cut} cut off, ` +
    `${state.refused.length} refused, ${streams.map(s => s.cuts).join(' ')} streams cut`)
  const shown = (await allComments(nodes[0], essay, { cookie }))
    .flatMap(html => html.match(/storm-\d+-\d+-end/) ?? [])
  const once = new Set(shown)
  assert.equal(shown.length, once.size, 'a comment is there twice')
  assert.deepEqual([...state.acknowledged].filter(words => !once.has(words)), [], 'lost')
  for (const stream of streams) {
    await stream.heard('after-the-storm')
    const heard = stream.frames.flatMap(frame => frame.match(/storm-\d+-\d+-end/) ?? [])
    assert.equal(new Set(stream.ids).size, stream.ids.length, 'an event came twice')
    assert.deepEqual([...once].filter(words => !heard.includes(words)), [], 'an event is missing')
    assert.equal(heard.length, new Set(heard).size, 'words came twice')
  }
  assert.ok(streams[2].cuts + streams[3].cuts > 0, 'no stream was cut')
})

test('nodes end in good order', async () => {
  for (const node of nodes) assert.equal(await node.stop(), 0, place.log(node.name))
})
