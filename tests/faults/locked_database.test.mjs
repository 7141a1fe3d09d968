// Another program holds the database: who posts is told so in bounded time, who reads reads on.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, newDirectory, serve, signIn, someEssay, within
} from './community.mjs'

/** What limits::lock_wait_max gives a lock, and time for a slow machine around it. */
const seconds = 10 + 50

/** Another program that holds the database for itself until free(). */
async function lock (t, data) {
  const script = 'import sqlite3, sys\n' +
    'held = sqlite3.connect(sys.argv[1], isolation_level=None)\n' +
    'held.execute("begin exclusive")\n' +
    'print("held", flush=True)\n' +
    'sys.stdin.read()\n' +
    'held.execute("rollback")\n'
  const child = spawn('python3', ['-c', script, path.join(data, 'kith.db')],
    { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  t.after(async () => { child.kill('SIGKILL'); await ended })
  await once(child.stdout, 'data')
  return { async free () { child.stdin.end(); await ended } }
}

async function community (t) {
  const data = newDirectory(t)
  const members = fillDemo(data)
  const server = await serve(t, data)
  const cookie = await signIn(server, members.at(-1))
  return { data, server, cookie, essay: await someEssay(server) }
}

test('while another program holds the database, whoever leaves is let go at once', async t => {
  const { data, server, cookie, essay } = await community(t)
  const held = await lock(t, data)
  // Whoever posts waits for the lock; the way out doesn't.
  const posting = comment(server, essay, cookie, 'Words that had to wait.', 'waited')
  const answer = await Promise.race([ask(server, '/leave', { cookie, form: {} }),
    posting.then(() => { throw new Error('the way out took as long as a post') })])
  assert.equal(answer.status, 303)
  assert.match(answer.headers.location, /^https:/)
  assert.match(String(answer.headers['set-cookie']), /session=;.*Max-Age=0/)
  await held.free()
  await within(seconds, posting, 'the post')
  const ended = async () => (await ask(server, '/settings', { cookie })).status === 303
  await within(seconds, (async () => { while (!await ended()); })(), 'the session\'s end')
  assert.equal(await server.stop(), 0)
})

test('while another program holds the database, posting says that nothing was saved', async t => {
  const { data, server, cookie, essay } = await community(t)
  const held = await lock(t, data)
  const form = { body: 'Words that had to wait.', idempotency_key: 'waited' }
  const refused = within(seconds, ask(server, `${essay}/comments`, { cookie, form }), 'the answer')
  for (const options of [{}, { cookie }]) {
    const page = await within(seconds, ask(server, essay, options), 'a page, meanwhile')
    assert.equal(page.status, 200)
  }
  const answer = await refused
  assert.equal(answer.status, 503)
  assert.match(answer.body, /Nothing was saved/)
  assert.ok(answer.body.includes(form.body), 'what was typed is not in the form any more')
  const problem = await within(seconds, comment(server, essay, cookie, form.body, 'k'), 'JSON')
  assert.equal(problem.status, 503)
  assert.match(problem.headers['content-type'], /^application\/problem\+json/)

  await held.free()
  assert.equal((await ask(server, `${essay}/comments`, { cookie, form })).status, 303)
  const found = await allComments(server, essay)
  assert.equal(found.filter(html => html.includes(form.body)).length, 1)
  assert.equal(await server.stop(), 0)
})

test('a lock that is freed soon enough delays those who post, and refuses nobody', async t => {
  const { data, server, cookie, essay } = await community(t)
  const held = await lock(t, data)
  const posting = ['a', 'b', 'c'].map(key => comment(server, essay, cookie, `Soon ${key}.`, key))
  assert.equal((await ask(server, essay)).status, 200)
  await held.free()
  for (const answer of await within(seconds, Promise.all(posting), 'the answers')) {
    assert.equal(answer.status, 201, answer.body)
  }
  assert.equal(await server.stop(), 0)
})
