// Nodes that reach PostgreSQL through PgBouncer: sessions of their own are kept whole, and where
// they aren't nothing is begun.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { allComments, ask, comment, program, read, signIn, someEssay }
  from '../faults/community.mjs'
import { MailBox } from '../journeys/house.mjs'
import { addMembers, Nats, Node, Place, PgBouncer, Postgres, Stream, until } from './parts.mjs'

let place, postgres, nats, mail, bouncer, nodes, people, cookies, essay
let secret, flags

before(async () => {
  place = new Place()
  mail = new MailBox()
  await mail.start()
  postgres = await Postgres.make(place, 'postgres')
  postgres.sql('create database kith template template0')
  nats = await Nats.make(place)
  bouncer = await PgBouncer.make(place, postgres, 'session')
  flags = ['--smtp-url', mail.url, '--smtp-from', 'post@kith.example']
  const first = await Node.make(place, 'one', { database: bouncer.url, nats, flags })
  people = JSON.parse(execFileSync(program, ['demo', '--json', ...first.words]))
  secret = path.join(first.data, 'secret.key')
  nodes = [first, await Node.make(place, 'two', { database: bouncer.url, nats, flags, secret })]
  await Promise.all(nodes.map(node => node.start()))
  cookies = addMembers(postgres, first, 40)
  essay = await someEssay(first)
}, { timeout: 300_000 })

after(async () => {
  await place?.leave()
  await mail?.stop()
})

const sql = script => postgres.sql(script, 'kith')

test('with sessions of their own members sign in, post, and hear each other', async t => {
  const cookie = await signIn(nodes[1], people[0])
  const { comments } = await read(nodes[1], essay, { cookie })
  const stream = new Stream(nodes[1], comments.live_url.replace(/&since=.*/, ''), cookie)
  t.after(() => stream.end())
  await stream.opened
  for (let at = 0; at < 10; at++) {
    const answer = await comment(nodes[0], essay, cookies[at], `pooled-${at}-end`, `key ${at}`)
    assert.equal(answer.status, 201, answer.body)
  }
  for (let at = 0; at < 10; at++) await stream.heard(`pooled-${at}-end`)
  assert.equal(stream.frames.join('').match(/pooled-\d-end/g).length, 10)
  const examined = await Node.make(place, 'examined', { database: bouncer.url, secret })
  assert.equal(examined.doctor().database, 'ok')
})

test('jobs are done once through PgBouncer', async () => {
  sql(`with queued as (
      insert into mail_queue (public_id, recipient, subject, body, kind, state, forget_address,
          queued_at)
      select translate(rtrim(encode(decode(md5('mail ' || n), 'hex'), 'base64'), '='), '+/', '-_'),
          'person' || n || '@kith.example', 'Hello', 'Hello', 'update', 'waiting', 0, 0
      from generate_series(1, 20) n returning id)
    insert into jobs (kind, payload, run_at) select 'send_mail', cast(id as text), 0 from queued;`)
  const sent = () => mail.mails.filter(({ to }) => /^person\d+@/.test(to[0])).map(({ to }) => to[0])
  await until(() => new Set(sent()).size === 20, 'all mail is sent')
  await until(() => sql("select count(*) from jobs where kind = 'send_mail' and not recurring") ===
    '0', 'the jobs are done')
  assert.equal(sent().length, 20)
})

test('a step that only adds is done through PgBouncer by one of two new nodes', async () => {
  const step = "'20261127_0610_last_words'"
  sql(`delete from migrations where name = ${step}; drop index comments_by_discussion`)
  const more = []
  for (const name of ['three', 'four']) {
    more.push(await Node.make(place, name, { database: bouncer.url, nats, flags, secret }))
  }
  await Promise.all(more.map(node => node.start()))
  assert.equal(sql(`select count(*) from migrations where name = ${step}`), '1')
  assert.equal(sql("select count(*) from pg_indexes where indexname = 'comments_by_discussion'"),
    '1')
  for (const node of more) assert.equal(await node.stop(), 0, place.log(node.name))
})

for (const mode of ['transaction', 'statement']) {
  test(`with pool_mode = ${mode} a node says what is wrong, and begins nothing`, async () => {
    const other = await PgBouncer.make(place, postgres, mode)
    const node = await Node.make(place, mode, { database: other.url, secret })
    const before = sql('select count(*) from migrations')
    const served = spawnSync(program, ['serve', ...node.words, '--listen', '127.0.0.1:0'],
      { encoding: 'utf8', timeout: 120_000 })
    assert.equal(served.status, 1, served.stderr)
    assert.match(served.stderr, /pool_mode = session/)
    const examined = spawnSync(program, ['doctor', '--json', ...node.words], { encoding: 'utf8' })
    const found = JSON.parse(examined.stdout).find(line => line.place === 'database')
    assert.equal(found.verdict, 'fail')
    assert.match(found.said, /pool_mode = session/)
    assert.equal(sql('select count(*) from migrations'), before)
  })
}

test('PostgreSQL gone behind PgBouncer: nodes refuse, keep nothing open, and go on', async () => {
  const [node] = nodes
  const sockets = () => readdirSync(`/proc/${node.child.pid}/fd`).length
  const cookie = cookies.at(-1)
  await postgres.kill()
  const refused = async () => (await ask(node, '/members', { cookie })).status === 503
  await until(refused, 'requests are refused')
  for (let at = 0; at < 20; at++) assert.ok(await refused())
  const open = sockets()
  for (let at = 0; at < 100; at++) assert.ok(await refused())
  assert.ok(sockets() < open + 50, `${open} open, then ${sockets()}`)
  await postgres.start()
  for (const one of nodes) {
    await until(async () => (await ask(one, '/readyz')).status === 200, 'the node is ready')
  }
  const answer = await comment(node, essay, cookie, 'pooled-again-end', 'again')
  assert.equal(answer.status, 201, answer.body)
  assert.ok((await allComments(nodes[1], essay, { cookie })).join('').includes('pooled-again-end'))
  for (const one of nodes) assert.equal(await one.stop(), 0, place.log(one.name))
})
