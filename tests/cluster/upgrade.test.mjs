// One node after the other gets a new Kith, while the others serve.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { ask, comment, program, someEssay } from '../faults/community.mjs'
import { addMembers, Nats, Node, Place, Postgres } from './parts.mjs'

let place, postgres, nats, database

before(async () => {
  place = new Place()
  postgres = await Postgres.make(place, 'postgres')
  nats = await Nats.make(place)
  postgres.sql('create database kith template template0')
  database = `postgresql://kith@127.0.0.1:${postgres.port}/kith`
}, { timeout: 120_000 })

after(() => place?.leave())

const sql = script => postgres.sql(script, 'kith')
const serveOnce = node => spawnSync(program, ['serve', ...node.words, '--listen', '127.0.0.1:0'],
  { encoding: 'utf8', timeout: 120_000 })

test('a step that only adds is done by the first new node while the others serve', {
  timeout: 240_000
}, async () => {
  const one = await Node.make(place, 'one', { database, nats })
  execFileSync(program, ['demo', '--json', ...one.words])
  const secret = path.join(one.data, 'secret.key')
  await one.start()
  const cookies = addMembers(postgres, one, 40)
  const essay = await someEssay(one)

  // The database as an older Kith left it: without the index that a later step adds.
  const step = "'20261127_0610_last_words'"
  const added = sql(`select count(*) from migrations where name = ${step} and beside = 1`)
  assert.equal(added, '1')
  sql(`delete from migrations where name = ${step};
    drop index comments_by_discussion`)
  const posting = (async () => {
    const statuses = []
    for (let at = 0; at < 30; at++) {
      statuses.push((await comment(one, essay, cookies[at], `words ${at}`, `key ${at}`)).status)
    }
    return statuses
  })()
  const two = await Node.make(place, 'two', { database, nats, secret })
  const three = await Node.make(place, 'three', { database, nats, secret })
  await Promise.all([two.start(), three.start()])
  assert.equal(sql(`select count(*) from migrations where name = ${step}`), '1')
  const index = "select count(*) from pg_indexes where indexname = 'comments_by_discussion'"
  assert.equal(sql(index), '1')
  const statuses = await posting
  assert.ok(statuses.every(status => status === 201), statuses.join(' '))
  for (const node of [one, two, three]) {
    assert.equal((await ask(node, essay)).status, 200)
    assert.equal(await node.stop(), 0, place.log(node.name))
  }
})

test('an older node starts beside a step that only added, and beside no other', async () => {
  const node = await Node.make(place, 'older', { database, nats,
    secret: path.join(place.directory, 'one', 'secret.key') })
  sql("insert into migrations (name, applied_at, beside) values ('20991231_0100_new', 0, 1)")
  await node.start()
  assert.equal(await node.stop(), 0, place.log('older'))
  sql("update migrations set beside = 0 where name = '20991231_0100_new'")
  const refused = serveOnce(node)
  assert.equal(refused.status, 1, refused.stderr)
  assert.match(refused.stderr, /newer Kith/)
  sql("delete from migrations where name = '20991231_0100_new'")
})

test('a step that changes what older nodes rely on waits until all have stopped', async () => {
  const node = await Node.make(place, 'new', { database, nats,
    secret: path.join(place.directory, 'one', 'secret.key') })
  sql("delete from migrations where name = '20261127_1740_small_room_places'")
  const refused = serveOnce(node)
  assert.equal(refused.status, 1, refused.stderr)
  assert.match(refused.stderr, /20261127_1740_small_room_places.*Stop all nodes.*kith upgrade/)
  execFileSync(program, ['upgrade', ...node.words])
  await node.start()
  assert.equal(await node.stop(), 0, place.log('new'))
})

test('a node with another secret is told so, and nothing is served', async () => {
  const node = await Node.make(place, 'stranger', { database, nats })
  const refused = serveOnce(node)
  assert.equal(refused.status, 1, refused.stderr)
  assert.match(refused.stderr, /secret\.key.*other nodes/)
})

test('several nodes need PostgreSQL', () => {
  const data = place.folder('alone')
  chmodSync(data, 0o700)
  const refused = spawnSync(program, ['serve', '--data', data, '--bus', nats.url, '--listen',
    '127.0.0.1:0'], { encoding: 'utf8', timeout: 120_000 })
  assert.equal(refused.status, 1, refused.stderr)
  assert.match(refused.stderr, /PostgreSQL/)
  rmSync(data, { recursive: true })
})
