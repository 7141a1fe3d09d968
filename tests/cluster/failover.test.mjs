// The database's machine goes and its standby takes over: nodes refuse, then go on by themselves.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { allComments, ask, comment, program, read, someEssay } from '../faults/community.mjs'
import { addMembers, keepComment, Nats, Node, Place, Postgres, startProxy, Stream, until }
  from './parts.mjs'

const losses = {
  // As a machine that loses its current.
  'is killed': primary => primary.kill(),
  // As one whose disk stands still; it is fenced off until the end.
  'falls silent': primary => primary.fallSilent()
}

for (const [how, lose] of Object.entries(losses)) {
  test(`the primary ${how}: a promoted standby goes on with all that was acknowledged`, {
    timeout: 600_000
  }, t => promote(t, lose))
}

async function promote (t, lose) {
  const place = new Place()
  const primary = await Postgres.make(place, 'primary')
  // What stands still can't end.
  t.after(() => { primary.goOn(); return place.leave() })
  primary.sql('create database kith template template0')
  const standby = await Postgres.make(place, 'standby', primary)
  // Acknowledged is what both have. Set only now, so that the standby doesn't wait for one.
  primary.sql("alter system set synchronous_standby_names = '*'; select pg_reload_conf()")
  const nats = await Nats.make(place)
  const hosts = [primary, standby].map(server => `127.0.0.1:${server.port}`).join(',')
  const database = `postgresql://kith@${hosts}/kith`
  const first = await Node.make(place, 'one', { database, nats })
  execFileSync(program, ['demo', '--json', ...first.words])
  const secret = path.join(first.data, 'secret.key')
  const nodes = [first, await Node.make(place, 'two', { database, nats, secret })]
  await Promise.all(nodes.map(node => node.start()))
  const proxy = await startProxy(place, nodes)
  const cookies = addMembers(primary, first, 200)
  const essay = await someEssay(proxy)

  const watching = cookies.pop()
  const page = await read(proxy, essay, { cookie: watching })
  const target = page.comments.live_url.replace(/&since=.*/, '')
  const streams = nodes.map(node => new Stream(node, target, watching))
  t.after(() => streams.forEach(stream => stream.end()))
  await Promise.all(streams.map(stream => stream.opened))

  const acknowledged = new Set()
  const sent = new Set()
  const refusals = []
  let ending = false
  const posting = Promise.all([0, 1, 2, 3].map(async client => {
    for (let number = 0; !ending; number++) {
      const words = `fail-${client}-${number}-end`
      sent.add(words)
      const cookie = cookies[(client + 4 * number) % cookies.length]
      const kept = await keepComment(proxy, essay, cookie, words,
        answer => refusals.push(answer) && !ending)
      if (kept) acknowledged.add(words)
    }
  }))
  posting.catch(() => {})
  await until(() => acknowledged.size >= 20, 'members post')

  await lose(primary)
  await until(() => refusals.length >= 8, 'posts are refused')
  for (const accept of ['text/html', 'application/json']) {
    for (const node of nodes) {
      const answer = await ask(node, '/members', { cookie: watching, headers: { accept } })
      assert.equal(answer.status, 503)
    }
  }
  for (const node of nodes) {
    assert.equal((await ask(node, '/healthz')).status, 200)
    assert.equal((await ask(node, '/readyz')).status, 503)
  }
  assert.ok(refusals.some(({ body }) => /saved/.test(body)), refusals[0].body)

  standby.sql('select pg_promote()')
  const before = acknowledged.size
  await until(() => acknowledged.size >= before + 20, 'members post again', 240)
  ending = true
  await posting
  for (const node of nodes) {
    await until(async () => (await ask(node, '/readyz')).status === 200, 'the node is ready')
    assert.equal((await ask(node, '/members', { cookie: watching })).status, 200)
  }
  const last = await comment(nodes[0], essay, watching, 'after-the-promotion', 'last')
  assert.equal(last.status, 201, last.body)

  t.diagnostic(`${acknowledged.size} acknowledged, ${refusals.length} refused meanwhile`)
  const shown = (await allComments(nodes[1], essay, { cookie: watching }))
    .flatMap(html => html.match(/fail-\d+-\d+-end/) ?? [])
  const once = new Set(shown)
  assert.equal(shown.length, once.size, 'a comment is there twice')
  assert.deepEqual([...acknowledged].filter(words => !once.has(words)), [], 'lost')
  for (const stream of streams) {
    await stream.heard('after-the-promotion')
    const heard = stream.frames.flatMap(frame => frame.match(/fail-\d+-\d+-end/) ?? [])
    assert.equal(new Set(stream.ids).size, stream.ids.length, 'an event came twice')
    assert.deepEqual([...once].filter(words => !heard.includes(words)), [], 'an event is missing')
  }
  for (const node of nodes) assert.equal(await node.stop(), 0, place.log(node.name))
}
