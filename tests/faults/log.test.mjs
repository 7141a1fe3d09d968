// The log: opened anew after it was rotated, and silent about people.
import assert from 'node:assert/strict'
import { readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  ask, comment, fillDemo, newDirectory, serve, signIn, someEssay
} from './community.mjs'

const logged = file => { try { return readFileSync(file, 'utf8') } catch { return '' } }

/** Waits until `file` holds `text`; asks on meanwhile, as lines wait for others. */
async function shows (server, file, text) {
  const deadline = Date.now() + 20_000
  while (!logged(file).includes(text)) {
    assert.ok(Date.now() < deadline, `${path.basename(file)} never showed ${text}`)
    await ask(server, '/healthz')
  }
}

test('after SIGHUP the log goes on in a new file, and no line is lost', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const file = path.join(data, 'kith.log')
  const server = await serve(t, data, { flags: ['--log-file', file], logLevel: 'info' })
  await ask(server, '/essays')
  renameSync(file, `${file}.1`)
  server.child.kill('SIGHUP')
  const deadline = Date.now() + 20_000
  while (logged(file) === '') {
    assert.ok(Date.now() < deadline, 'no new file was opened')
    await ask(server, '/healthz')
  }
  await ask(server, '/feed.atom')
  await shows(server, file, 'route=/feed.atom')
  assert.equal(await server.stop(), 0)
  assert.match(logged(`${file}.1`), /level=info started port=/)
  assert.match(logged(`${file}.1`), /route=\/essays status=200/)
  assert.doesNotMatch(logged(`${file}.1`), /feed\.atom/)
  assert.match(logged(file), /level=info stopped/)
})

test('a line comes into the file soon, without another that pushes it', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const file = path.join(data, 'kith.log')
  const server = await serve(t, data, { flags: ['--log-file', file], logLevel: 'info' })
  await ask(server, '/feed.atom')
  const deadline = Date.now() + 20_000
  while (!logged(file).includes('route=/feed.atom')) {
    assert.ok(Date.now() < deadline, 'the line never came')
    await new Promise(resolve => setImmediate(resolve))
  }
})

test('a line of the log holds the route, and nothing of who asked or what they wrote', async t => {
  const data = newDirectory(t)
  const members = fillDemo(data)
  const file = path.join(data, 'kith.log')
  const server = await serve(t, data, {
    flags: ['--log-file', file, '--trusted-proxies', '127.0.0.1'], logLevel: 'debug'
  })
  const headers = {
    'x-forwarded-for': '203.0.113.77',
    'user-agent': 'Secret-Browser/9',
    referer: 'http://secret.example/'
  }
  const member = members.at(-1)
  const essay = await someEssay(server)
  const cookie = await signIn(server, member)
  const wrong = { name: member.name, password: 'Secret-wrong-password' }
  await ask(server, '/sign-in', { form: wrong, headers })
  const posted = await comment(server, essay, cookie, 'Secret-words of a member.', 'Secret-key')
  assert.equal(posted.status, 201)
  const { id } = JSON.parse(posted.body)
  const guest = { name: 'Secret-guest', email: 'secret-guest@kith.example', body: 'Secret-words.' }
  await ask(server, `${essay}/comments`, { form: guest, headers })
  await ask(server, `${essay}/comments`, { form: { ...guest, email: 'Secret-mistake' }, headers })
  await ask(server, '/sign-in/link/Secret-token', { headers })
  await ask(server, '/secret-path?secret-query=1', { headers })
  await ask(server, `/comments/${id}`, { cookie, headers })
  await ask(server, essay, { cookie: 'session=Secret-cookie', headers })
  assert.equal(await server.stop(), 0)

  const lines = logged(file).split('\n')
  assert.ok(lines.filter(line => line.includes('request verb=')).length >= 9)
  const personal = ['secret', '203.0.113.', '127.0.0.1', member.name, member.password, id, essay,
    cookie.split('=')[1]]
  for (const line of lines) {
    for (const words of personal) {
      assert.ok(!line.toLowerCase().includes(words.toLowerCase()), `${words} in: ${line}`)
    }
  }
})
