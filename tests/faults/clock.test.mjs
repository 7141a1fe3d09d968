// A clock that jumps, as after a bad battery or a paused machine: nothing is lost or put out of
// order, nobody is kept from writing, and whoever looks after the server is told.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, integrity, newDirectory, program, read, serve, signIn,
  someEssay
} from './community.mjs'
import { faultyMachine } from './faulty.mjs'

const hour = 3600
const day = 24 * hour

test('through jumps of the clock all that was acknowledged stays, in the order of its writing',
  async t => {
    const data = newDirectory(t)
    const members = fillDemo(data)
    const machine = faultyMachine(t)
    const server = await serve(t, data, { environment: machine.environment })
    const essay = await someEssay(server)
    const member = members.at(-1)
    let cookie = await signIn(server, member)
    const written = []
    for (const ahead of [0, 2 * hour, -2 * hour, 0, -400 * day, 30 * day, 0, day, 0]) {
      machine.clock(ahead)
      assert.equal((await ask(server, '/healthz')).status, 200)
      for (let number = 0; number < 2; number++) {
        const words = `clock-${written.length}-end`
        const send = () => comment(server, essay, cookie, words, words)
        let answer = await send()
        if (answer.status === 401) {
          // A session may have ended by such a clock; coming in again must not.
          cookie = await signIn(server, member)
          answer = await send()
        }
        assert.equal(answer.status, 201, `${ahead} s ahead: ${answer.body}`)
        written.push(words)
      }
      assert.equal((await ask(server, essay, { cookie })).status, 200)
    }
    const html = (await allComments(server, essay)).join('\n')
    assert.deepEqual(html.match(/clock-\d+-end/g), written)
    await server.kill()
    const again = await serve(t, data)
    const after = (await allComments(again, essay)).join('\n')
    assert.deepEqual(after.match(/clock-\d+-end/g), written)
    assert.equal(await again.stop(), 0)
    assert.equal(integrity(data), 'ok')
  })

test('jobs go on after the clock went far ahead and came back', async t => {
  const data = newDirectory(t)
  const members = fillDemo(data)
  const machine = faultyMachine(t)
  const server = await serve(t, data, { environment: machine.environment })
  const cookie = await signIn(server, members.find(member => member.role === 'host'))
  const looked = async () => (await read(server, '/host/health', { cookie })).looked_at
  const deadline = Date.now() + 60_000
  while (!await looked()) assert.ok(Date.now() < deadline, 'nobody looked at first')
  machine.clock(60 * day)
  assert.equal((await ask(server, '/readyz')).status, 200)
  machine.clock(0)
  const before = await looked()
  const asked = await ask(server, '/host/health/look', { cookie, json: {} })
  assert.ok([200, 401].includes(asked.status), String(asked.status))
  const fresh = asked.status === 200 ? cookie
    : await signIn(server, members.find(member => member.role === 'host'))
  if (asked.status !== 200) await ask(server, '/host/health/look', { cookie: fresh, json: {} })
  const kinds = async () => (await read(server, '/host/jobs', { cookie: fresh })).kinds
  const waits = async () => (await kinds())
    .some(kind => /since a host asked/.test(kind.what) && kind.waiting + kind.running > 0)
  while (await waits()) assert.ok(Date.now() < deadline + 60_000, 'the job never ran')
  assert.ok(before)
  assert.equal(await server.stop(), 0)
})

test('doctor and the page of health find a clock that went back', async t => {
  const data = newDirectory(t)
  const members = fillDemo(data)
  execFileSync(program, ['backup', path.join(newDirectory(t), 'copy'), '--data', data])
  const machine = faultyMachine(t)
  machine.clock(-day)
  const environment = { ...process.env, ...machine.environment }
  const { status, stdout } = spawnSync(program, ['doctor', '--json', '--data', data],
    { env: environment, encoding: 'utf8' })
  assert.equal(status, 1, stdout)
  const clock = JSON.parse(stdout).find(line => line.place === 'clock')
  assert.equal(clock.verdict, 'fail')
  assert.match(clock.said, /behind the newest entry/)
  const server = await serve(t, data, { environment: machine.environment })
  const host = members.find(member => member.role === 'host')
  const broken = async () =>
    (await read(server, '/host/health', { cookie: await signIn(server, host) })).broken
  assert.equal((await broken())[0].about, 'Clock')
  machine.clock(0)
  assert.notEqual((await broken())[0]?.about, 'Clock')
  assert.equal(await server.stop(), 0)
})
