// A disk without room: nothing is half-saved, nothing typed is lost, and it goes on by itself.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, integrity, newDirectory, program, serve, signedInMembers,
  someEssay
} from './community.mjs'

const long = 'And on. '.repeat(1000)
const typed = `Words that were typed while the disk was full, “with care”. ${long}`
const isTyped = html => html.includes('typed while the disk was full')

/** A disk of 6 MB of its own, which only root may mount. */
function smallDisk (t) {
  let isThere = false
  const place = newDirectory(t, () => { if (isThere) execFileSync('umount', ['--lazy', place]) })
  const mounting = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place])
  isThere = mounting.status === 0
  assert.ok(isThere, `this test needs a user who may mount a small disk: ${mounting.stderr}`)
  const filler = path.join(place, 'filler')
  return {
    data: path.join(place, 'data'),
    fill () {
      const file = openSync(filler, 'w')
      for (const size of [64 * 1024, 1]) {
        assert.throws(() => { for (;;) writeSync(file, Buffer.alloc(size)) }, { code: 'ENOSPC' })
      }
      closeSync(file)
    },
    free () { rmSync(filler) }
  }
}

test('on a full disk nobody is told that the database is damaged, and why it doesn’t open', t => {
  const { data, fill, free } = smallDisk(t)
  fillDemo(data)
  fill()
  const run = (...words) =>
    spawnSync(program, [...words, '--data', data], { encoding: 'utf8', timeout: 120_000 })
  const { stdout } = run('doctor', '--json')
  const database = JSON.parse(stdout).find(line => line.place === 'database')
  assert.equal(database.verdict, 'fail')
  assert.match(database.said, /^Nothing can be written to it: /)
  assert.doesNotMatch(database.said + database.to_do, /damaged|restore|pragma/)
  const refused = run('member', 'list')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /kith\.db: .*Look whether its disk is full/)
  free()
  assert.equal(run('member', 'list').status, 0)
})

/** Posts until there is no room; gives the answer that says so, and how many were taken. */
async function postUntilRefused (server, essay, cookies, fill) {
  for (let number = 0; number < 2000; number++) {
    if (number === 10) fill(server)
    const cookie = cookies[number % cookies.length]
    const words = `filling-${number}-end ${long}`
    const answer = await comment(server, essay, cookie, words, `fill-${number}`)
    if (answer.status !== 201) return { answer, taken: number }
  }
  throw new Error('the disk never was full')
}

function checkProblem (answer) {
  assert.equal(answer.status, 503, answer.body)
  assert.match(answer.headers['content-type'], /^application\/problem\+json/)
  assert.ok(Number(answer.headers['retry-after']) > 0)
  const problem = JSON.parse(answer.body)
  assert.equal(problem.status, 503)
  assert.match(problem.detail, /Nothing was saved/)
}

function checkPage (answer, key) {
  assert.equal(answer.status, 503, answer.body)
  assert.match(answer.body, /Nothing was saved/)
  const [, words] = answer.body.match(/<textarea[^>]*name="body"[^>]*>([^<]*)/) ?? []
  assert.equal(words?.trim(), typed.trim(), 'what was typed is not in the form any more')
  assert.ok(answer.body.includes(`value="${key}"`), 'sent again, it might be posted twice')
}

/** The log says what failed, and nothing of what was typed. */
function checkLog (log) {
  assert.match(log, /level=error fault /)
  for (const words of ['filling-', 'typed while', 'And on.', 'a-key-of-the-page', 'fill-']) {
    assert.ok(!log.includes(words), `${words} is in the log`)
  }
}

/** Half a community on a disk that gets full by `fill` and has room again by `free`. */
async function endure (t, { data, before, fill, free }) {
  fillDemo(data)
  const cookies = signedInMembers(data, 100)
  const [cookie] = cookies
  const log = path.join(newDirectory(t), 'kith.log')
  const server = await serve(t, data, { before, flags: ['--log-file', log] })
  const essay = await someEssay(server)
  const { answer, taken } = await postUntilRefused(server, essay, cookies, fill)
  t.diagnostic(`${taken} comments until the disk was full`)
  checkProblem(answer)
  const form = { body: typed, idempotency_key: 'a-key-of-the-page' }
  checkPage(await ask(server, `${essay}/comments`, { cookie, form }), form.idempotency_key)

  const found = await allComments(server, essay)
  const filling = found.flatMap(html => html.match(/filling-\d+-end/) ?? [])
  assert.equal(filling.length, taken, 'a half was saved, or what was acknowledged is gone')
  assert.ok(!found.some(isTyped))
  assert.equal((await ask(server, essay)).status, 200, 'reading needs no room')

  free(server)
  const again = await ask(server, `${essay}/comments`, { cookie, form })
  assert.equal(again.status, 303, again.body)
  assert.equal((await allComments(server, essay)).filter(isTyped).length, 1)
  assert.equal(await server.stop(), 0)
  assert.equal(integrity(data), 'ok')
  checkLog(readFileSync(log, 'utf8'))
}

test('on a full disk nothing is saved by halves, and it goes on once there is room', async t => {
  const disk = smallDisk(t)
  await endure(t, { data: disk.data, fill: disk.fill, free: disk.free })
})

test('where files may not grow nothing is saved by halves, and it goes on after', async t => {
  const data = newDirectory(t)
  const limit = (server, bytes) =>
    execFileSync('prlimit', ['--pid', server.pid, `--fsize=${bytes}:`])
  await endure(t, {
    data,
    before: ['bash', '-c', "trap '' XFSZ; exec \"$@\"", '-'],
    fill: server => limit(server, 2 * 1024 * 1024),
    free: server => limit(server, 'unlimited')
  })
})

test('a disk that is full from the start refuses to begin, and says so', async t => {
  const disk = smallDisk(t)
  mkdirSync(disk.data)
  disk.fill()
  const { status, stderr } = spawnSync(program, ['demo', '--data', disk.data], { encoding: 'utf8' })
  assert.equal(status, 1, stderr)
  assert.match(stderr, /^kith: .+/)
})
