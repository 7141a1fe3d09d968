// A disk that is slow, that fails, or that lost the end of a file: what was acknowledged is there,
// what wasn't is refused in words, and it goes on by itself.
import assert from 'node:assert/strict'
import { appendFileSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, integrity, newDirectory, serve, signedInMembers, someEssay
} from './community.mjs'
import { EIO, faultyMachine, held, until } from './faulty.mjs'

async function community (t, count = 20) {
  const data = newDirectory(t)
  fillDemo(data)
  const cookies = signedInMembers(data, count)
  const machine = faultyMachine(t)
  const server = await serve(t, data, { environment: machine.environment })
  return { data, cookies, machine, server, essay: await someEssay(server) }
}

const words = number => `words-${number}-end`
const post = (server, essay, cookies, number) =>
  comment(server, essay, cookies[number % cookies.length], words(number), `key-${number}`)

/** The numbers of the words that are shown, in their order. */
async function shown (server, essay) {
  const html = (await allComments(server, essay)).join('\n')
  return [...html.matchAll(/words-(\d+)-end/g)].map(([, number]) => Number(number))
}

/** After a kill: each of `numbers` is there once, and the database is whole. */
async function checkAfterKill (t, { data, server, essay }, numbers) {
  await server.kill()
  const again = await serve(t, data)
  const found = await shown(again, essay)
  assert.equal(new Set(found).size, found.length, 'something is there twice')
  assert.deepEqual(numbers.filter(number => !found.includes(number)), [], 'lost')
  assert.equal(await again.stop(), 0)
  assert.equal(integrity(data), 'ok')
  return found
}

test('while the disk takes its time people read on, and what waits is kept at last', async t => {
  const house = await community(t)
  const { cookies, machine, server, essay } = house
  machine.sync(held)
  let answered = 0
  const numbers = Array.from({ length: 20 }, (_, number) => number)
  const posting = numbers.map(async number => {
    const answer = await post(server, essay, cookies, number)
    answered += 1
    return answer.status
  })
  await until(() => machine.waiting() > 0, 'the disk holds a deed')
  for (let i = 0; i < 10; i++) {
    assert.equal((await ask(server, essay)).status, 200)
    assert.equal((await ask(server, '/readyz')).status, 200)
  }
  const { body } = await ask(server, '/metrics')
  assert.match(body, /^kith_deeds_waiting \d+$/m)
  assert.equal(answered, 0, 'something was acknowledged that isn’t on the disk')
  machine.sync(0)
  assert.deepEqual(await Promise.all(posting), numbers.map(() => 201))
  await checkAfterKill(t, house, numbers)
})

for (const [what, fail] of [
  ['writes', (machine, value) => machine.write(value)],
  ['is forced to write', (machine, value) => machine.sync(value)]
]) {
  test(`a disk that fails as it ${what} loses nothing acknowledged, and isn’t fatal`, async t => {
    const house = await community(t)
    const { cookies, machine, server, essay } = house
    const kept = []
    for (let number = 0; number < 5; number++) {
      assert.equal((await post(server, essay, cookies, number)).status, 201)
      kept.push(number)
    }
    fail(machine, EIO)
    const refused = await post(server, essay, cookies, 100)
    assert.equal(refused.status, 503, refused.body)
    assert.match(JSON.parse(refused.body).detail, /Nothing was saved/)
    assert.equal((await ask(server, essay)).status, 200, 'reading goes on')
    const { body } = await ask(server, '/metrics')
    assert.ok(Number(body.match(/^kith_database_errors_total (\d+)$/m)[1]) > 0)
    fail(machine, 0)
    // The same form again, with its key: there once.
    await until(async () => (await post(server, essay, cookies, 100)).status === 201, 'going on')
    kept.push(100)
    assert.equal((await post(server, essay, cookies, 6)).status, 201)
    kept.push(6)
    assert.deepEqual((await shown(server, essay)).sort(), [...kept].sort())
    await checkAfterKill(t, house, kept)
  })
}

test('a disk that can’t be read ends no server; it goes on once it can', async t => {
  const house = await community(t)
  const { cookies, machine, server, essay } = house
  assert.equal((await post(server, essay, cookies, 1)).status, 201)
  machine.read(EIO)
  const kept = [1, 2]
  let refused = 0
  for (let i = 0; i < 5; i++) {
    const { status } = await ask(server, essay)
    assert.ok([200, 500, 503].includes(status), String(status))
    const { status: posted } = await post(server, essay, cookies, 50 + i)
    assert.ok([201, 500, 503].includes(posted), String(posted))
    if (posted === 201) kept.push(50 + i)
    refused += [status, posted].filter(one => one >= 500).length
  }
  // The file itself is mapped and never read by a call, but the log is: what was posted last can't
  // be shown from it.
  t.diagnostic(`${refused} of 10 answers were refusals`)
  assert.ok(refused > 0, 'nothing met the disk’s error')
  assert.equal((await ask(server, '/healthz')).status, 200)
  machine.read(0)
  await until(async () => (await post(server, essay, cookies, 2)).status === 201, 'going on')
  assert.equal((await ask(server, essay)).status, 200)
  await checkAfterKill(t, house, kept)
})

/** A community that was killed with some of its words in the log alone; gives how many. */
async function killed (t) {
  const house = await community(t)
  const count = 30
  for (let number = 0; number < count; number++) {
    assert.equal((await post(house.server, house.essay, house.cookies, number)).status, 201)
  }
  await house.server.kill()
  const log = path.join(house.data, 'kith.db-wal')
  return { ...house, count, log, size: statSync(log).size }
}

test('what a kill left half-written behind the log’s end is passed over, and all is there',
  async t => {
    const { data, essay, count, log } = await killed(t)
    appendFileSync(log, Buffer.alloc(3000, 0x5a))
    const again = await serve(t, data)
    assert.deepEqual(await shown(again, essay), Array.from({ length: count }, (_, n) => n))
    assert.equal(await again.stop(), 0)
    assert.equal(integrity(data), 'ok')
  })

test('a log that lost its end gives back all before it, without a gap', async t => {
  for (const part of [0.9, 0.5, 0]) {
    const { data, essay, cookies, count, log, size } = await killed(t)
    truncateSync(log, Math.floor(size * part))
    const again = await serve(t, data)
    const found = await shown(again, essay)
    t.diagnostic(`of the log ${part} was left: ${found.length} of ${count} comments`)
    assert.deepEqual(found, found.map((_, at) => at), 'there is a gap')
    assert.ok(part === 0 || found.length > 0)
    assert.equal((await post(again, essay, cookies, 99)).status, 201)
    assert.equal(await again.stop(), 0)
    assert.equal(integrity(data), 'ok')
  }
})
