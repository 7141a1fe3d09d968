// Servers that keep their connections and say nothing: worse than those that are gone.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { allComments, ask, comment, program, read, signIn, someEssay }
  from '../faults/community.mjs'
import { addMembers, keepComment, Nats, Node, Place, Postgres, Stream, until }
  from './parts.mjs'

let place, postgres, nats, nodes, cookies, essay, people

before(async () => {
  place = new Place()
  postgres = await Postgres.make(place, 'postgres')
  postgres.sql('create database kith template template0')
  nats = await Nats.make(place)
  const database = `postgresql://kith@127.0.0.1:${postgres.port}/kith`
  const first = await Node.make(place, 'one', { database, nats })
  people = JSON.parse(execFileSync(program, ['demo', '--json', ...first.words]))
  const secret = path.join(first.data, 'secret.key')
  nodes = [first, await Node.make(place, 'two', { database, nats, secret })]
  await Promise.all(nodes.map(node => node.start()))
  cookies = addMembers(postgres, first, 120)
  essay = await someEssay(first)
}, { timeout: 300_000 })

// What stands still can't end.
after(async () => {
  postgres?.goOn()
  nats?.goOn()
  await place?.leave()
})

const nextCookie = () => cookies.pop()
const eventsOf = async cookie =>
  (await read(nodes[0], essay, { cookie })).comments.live_url.replace(/&since=.*/, '')
const found = (texts, pattern) => texts.flatMap(text => text.match(pattern) ?? [])

/** Posts `words` through a node until they are kept; gives the statuses of the refusals. */
async function postUntilKept (node, words, cookie) {
  const refusals = []
  await keepComment(node, essay, cookie, words, answer => refusals.push(answer.status))
  return refusals
}

test('a silent database: requests are refused, and go on without a restart once it does', {
  timeout: 300_000
}, async t => {
  const watching = nextCookie()
  const target = await eventsOf(watching)
  const stream = new Stream(nodes[1], target, watching)
  t.after(() => { stream.end(); postgres.goOn() })
  await stream.opened
  await postUntilKept(nodes[0], 'silent-before-end', nextCookie())

  postgres.fallSilent()
  // More than a node has sessions, so that some come while all of these wait.
  const pages = Array.from({ length: 80 }, (_, at) =>
    ask(nodes[at % 2], '/members', { cookie: watching }))
  const sent = Array.from({ length: 20 }, (_, at) => `silent-${at}-end`)
  const posts = sent.map((words, at) => postUntilKept(nodes[at % 2], words, nextCookie()))
  const statuses = (await Promise.all(pages)).map(answer => answer.status)
  assert.deepEqual(new Set(statuses), new Set([503]))
  for (const node of nodes) {
    assert.equal((await ask(node, '/healthz')).status, 200)
    assert.equal((await ask(node, '/readyz')).status, 503)
  }
  const answer = await comment(nodes[0], essay, watching, 'silent-answer-end', 'answered')
  assert.equal(answer.status, 503, answer.body)

  postgres.goOn()
  const refusals = (await Promise.all(posts)).flat()
  assert.ok(refusals.length >= sent.length, 'few posts met the silence')
  assert.deepEqual(new Set(refusals), new Set([503]))
  for (const node of nodes) {
    await until(async () => (await ask(node, '/readyz')).status === 200, 'the node is ready')
    assert.equal((await ask(node, '/members', { cookie: watching })).status, 200)
  }
  await postUntilKept(nodes[0], 'silent-after-end', nextCookie())
  const kept = found(await allComments(nodes[1], essay, { cookie: watching }), /silent-\w+-end/)
  for (const words of [...sent, 'silent-before-end', 'silent-after-end']) {
    assert.equal(kept.filter(one => one === words).length, 1, words)
  }
  await stream.heard('silent-after-end')
  const heard = found(stream.frames, /silent-\w+-end/)
  assert.equal(new Set(heard).size, heard.length, 'words came twice')
  assert.deepEqual([...heard].sort(), [...kept].sort())
})

test('silent NATS: pages and posts go on, live words come by the look, and hints come again', {
  timeout: 300_000
}, async t => {
  const cookie = nextCookie()
  const target = await eventsOf(cookie)
  const stream = new Stream(nodes[1], target, cookie)
  t.after(() => { stream.end(); nats.goOn() })
  await stream.opened
  const isConnected = async node => /^kith_bus_connected 1$/m
    .test((await ask(node, '/metrics')).body)
  for (const node of nodes) await until(() => isConnected(node), 'the bus is there')

  nats.fallSilent()
  const sent = Array.from({ length: 10 }, (_, at) => `hush-${at}-end`)
  for (const words of sent) {
    const answer = await comment(nodes[0], essay, nextCookie(), words, `key ${words}`)
    assert.equal(answer.status, 201, answer.body)
    assert.equal((await ask(nodes[1], essay, { cookie })).status, 200)
    await stream.heard(words)
  }
  const leaving = await signIn(nodes[0], people[1])
  const ending = new Stream(nodes[1], target, leaving)
  await ending.opened
  await ask(nodes[0], '/sign-out', { cookie: leaving, form: {} })
  await until(() => ending.cuts > 0, 'the stream is cut')
  ending.end()
  for (const node of nodes) await until(async () => !await isConnected(node), 'silence is known')
  const known = await comment(nodes[1], essay, nextCookie(), 'hush-known-end', 'known')
  assert.equal(known.status, 201, known.body)

  nats.goOn()
  for (const node of nodes) await until(() => isConnected(node), 'the bus is back')
  const last = await comment(nodes[1], essay, nextCookie(), 'hush-last-end', 'last')
  assert.equal(last.status, 201, last.body)
  await stream.heard('hush-last-end')
  assert.deepEqual(found(stream.frames, /hush-\w+-end/),
    [...sent, 'hush-known-end', 'hush-last-end'])
})

test('nodes end in good order while both are silent', { timeout: 300_000 }, async () => {
  postgres.fallSilent()
  nats.fallSilent()
  const pages = nodes.map(node => ask(node, '/readyz').catch(() => {}))
  const statuses = await Promise.all(nodes.map(node => node.stop()))
  await Promise.all(pages)
  for (const [at, status] of statuses.entries()) assert.equal(status, 0, place.log(nodes[at].name))
})
