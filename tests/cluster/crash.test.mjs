// One process of PostgreSQL dies by itself: all sessions are lost and the server begins anew from
// its log, while the nodes go on.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { allComments, ask, comment, program, read, someEssay } from '../faults/community.mjs'
import { addMembers, keepComment, Nats, Node, Place, Postgres, Stream, until }
  from './parts.mjs'

const clients = 16
const crashes = 3

/** Posts until told to stop; what was refused is sent again with its key, as a browser does. */
async function postOn (client, { nodes, essay, cookies, state }) {
  for (let number = 0; !state.ending; number++) {
    const words = `crash-${client}-${number}-end`
    const cookie = cookies[(client + clients * number) % cookies.length]
    const acknowledged = await keepComment(nodes[client % 2], essay, cookie, words,
      () => ++state.refused)
    if (acknowledged) state.acknowledged.add(words)
  }
}

/** Kills a process that is serving a deed just now. */
async function killOneSession (postgres) {
  const find = () => postgres.sql("select pid from pg_stat_activity where datname = 'kith' and " +
    "backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid() limit 1")
  process.kill(Number(await until(find, 'a session is at work')), 'SIGKILL')
}

test('what was acknowledged outlives crashes of PostgreSQL, and is there once', {
  timeout: 300_000
}, async t => {
  const place = new Place()
  t.after(() => place.leave())
  const postgres = await Postgres.make(place, 'postgres')
  postgres.sql('create database kith template template0')
  const nats = await Nats.make(place)
  const database = `postgresql://kith@127.0.0.1:${postgres.port}/kith`
  const first = await Node.make(place, 'one', { database, nats })
  execFileSync(program, ['demo', '--json', ...first.words])
  const secret = path.join(first.data, 'secret.key')
  const nodes = [first, await Node.make(place, 'two', { database, nats, secret })]
  await Promise.all(nodes.map(node => node.start()))
  const cookies = addMembers(postgres, first, 600)
  const essay = await someEssay(first)
  const watching = cookies.pop()
  const page = await read(first, essay, { cookie: watching })
  const target = page.comments.live_url.replace(/&since=.*/, '')
  const streams = nodes.map(node => new Stream(node, target, watching))
  t.after(() => streams.forEach(stream => stream.end()))
  await Promise.all(streams.map(stream => stream.opened))

  const state = { acknowledged: new Set(), refused: 0, ending: false }
  const posting = Promise.all(Array.from({ length: clients }, (_, client) =>
    postOn(client, { nodes, essay, cookies, state })))
  posting.catch(() => { state.ending = true })
  const goesOn = async () => {
    const before = state.acknowledged.size
    await until(() => state.ending || state.acknowledged.size >= before + 20, 'members post')
  }
  await goesOn()
  const begun = () => place.log('postgres').split('ready to accept connections').length
  for (let crash = 0; crash < crashes && !state.ending; crash++) {
    const before = begun()
    await killOneSession(postgres)
    await until(() => begun() > before, 'PostgreSQL has begun anew')
    await goesOn()
  }
  state.ending = true
  await posting
  assert.equal(place.log('postgres').split('terminated by signal 9').length - 1, crashes)
  t.diagnostic(`${state.acknowledged.size} acknowledged, ${state.refused} refused meanwhile`)

  for (const node of nodes) {
    await until(async () => (await ask(node, '/readyz')).status === 200, 'the node is ready')
  }
  const last = await comment(nodes[0], essay, watching, 'after-the-crashes', 'last')
  assert.equal(last.status, 201, last.body)
  const shown = (await allComments(nodes[1], essay, { cookie: watching }))
    .flatMap(html => html.match(/crash-\d+-\d+-end/) ?? [])
  const once = new Set(shown)
  assert.equal(shown.length, once.size, 'a comment is there twice')
  assert.deepEqual([...state.acknowledged].filter(words => !once.has(words)), [], 'lost')
  for (const stream of streams) {
    await stream.heard('after-the-crashes')
    const heard = stream.frames.flatMap(frame => frame.match(/crash-\d+-\d+-end/) ?? [])
    assert.equal(new Set(stream.ids).size, stream.ids.length, 'an event came twice')
    assert.deepEqual([...once].filter(words => !heard.includes(words)), [], 'an event is missing')
  }
  for (const node of nodes) assert.equal(await node.stop(), 0, place.log(node.name))
})
