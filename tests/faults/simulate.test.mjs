// A small community of agents on a real server: what it reports is what the server holds, nothing
// acknowledged is lost, and the same seed decides alike.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import test from 'node:test'
import { fillDemo, freePort, newDirectory, program, serve, sql } from './community.mjs'

/** Runs `kith simulate`, tells `hear` what it says; gives its exit status and what it said. */
const simulateAndHear = (hear, server, people, out, ...words) => new Promise(resolve => {
  const child = execFile(program,
    ['simulate', '--server', server.base, '--people', people, '--out', out, ...words],
    { timeout: 300_000 },
    (error, said, complaint) => resolve({ status: error ? error.code : 0, said, complaint }))
  child.stdout.on('data', hear)
})

const simulate = (...words) => simulateAndHear(() => {}, ...words)

/** A demo community that is served, and the file that names its people. */
async function community (t) {
  const folder = newDirectory(t)
  const data = path.join(folder, 'data')
  const people = path.join(folder, 'people.json')
  writeFileSync(people, JSON.stringify(fillDemo(data)))
  return { folder, data, people, server: await serve(t, data) }
}

const small = ['--members', '12', '--days', '3', '--days-per-minute', '0', '--seed', '7',
  '--harming', '0.15', '--listeners', '0.5']

const reportIn = folder => JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'))
const count = (data, statement) => sql(data, statement)[0][0]
const sum = (report, name) =>
  report.settings.reduce((all, setting) => all + setting.counts[name], 0)

/** How many rows of each kind the database holds. */
const held = data => ({
  members: count(data, 'select count(*) from members'),
  hellos: count(data, 'select count(*) from introductions'),
  comments: count(data, 'select count(*) from comments'),
  kind_replies: count(data, 'select count(*) from kind_replies'),
  put_aside: count(data, "select count(*) from comments where state = 'held'"),
  distances: count(data, 'select count(*) from distances'),
  mutes: count(data, 'select count(*) from mutes'),
  conversations: count(data, 'select count(*) from conversations')
})

test('what the simulation reports is what the server holds, and a seed decides alike', async t => {
  const { folder, data, people, server } = await community(t)
  const before = held(data)
  const first = path.join(folder, 'first')
  const run = await simulate(server, people, first, ...small)
  assert.equal(run.status, 0, run.complaint)
  const report = reportIn(first)

  assert.deepEqual(report.settings.map(setting => setting.name), ['kith', 'forum'])
  const after = held(data)
  for (const name of Object.keys(before)) {
    // Each circle has a conversation of its own from the start.
    const circles = name === 'conversations' ? 2 : 0
    assert.equal(after[name] - before[name], sum(report, name) + circles, name)
  }
  assert.equal(sum(report, 'members'), 24)
  for (const setting of report.settings) {
    assert.ok(setting.counts.comments > 20, 'too little was said to show anything')
    assert.equal(setting.lost, 0)
    assert.ok(setting.looked_for_again >= setting.counts.comments)
    assert.equal(setting.streams.lost, 0)
    assert.equal(setting.streams.refused, 0)
    assert.ok(setting.streams.heard > 0, 'nothing was heard')
    assert.ok(setting.streams.cuts > 0, 'no stream was cut')
    assert.deepEqual(setting.errors, [])
    assert.ok(setting.latencies.every(line => line.p50_ms > 0 && line.p99_ms >= line.p50_ms))
  }
  const [kith, forum] = report.settings
  assert.ok(kith.counts.distances + kith.counts.mutes > 0, 'nobody kept distance')
  assert.equal(forum.counts.distances + forum.counts.mutes, 0)
  const page = readFileSync(path.join(first, 'report.html'), 'utf8')
  assert.match(page, /<svg class="chart"/)
  assert.doesNotMatch(page, /<script/)

  // Now there are members whom nobody named.
  const second = path.join(folder, 'second')
  const refused = await simulate(server, people, second, ...small)
  assert.equal(refused.status, 1)
  assert.match(refused.complaint, /--yes-this-is-a-test/)
  const taken = await simulate(server, people, people, ...small)
  assert.match(taken.complaint, /can't be made; name another one with --out/)
  const others = path.join(folder, 'others.json')
  writeFileSync(others, readFileSync(people, 'utf8').replaceAll('"password":"', '"password":"x'))
  const strangers = await simulate(server, others, second, ...small)
  assert.match(strangers.complaint, /can't sign in here: is it the file that kith demo/)
  assert.deepEqual(held(data), after)
  const again = await simulate(server, people, second, ...small, '--yes-this-is-a-test',
    '--settings', 'kith')
  assert.equal(again.status, 0, again.complaint)
  const [kithAgain] = reportIn(second).settings
  assert.equal(kithAgain.decisions, kith.decisions)
  assert.deepEqual(kithAgain.counts, kith.counts)
  assert.equal(await server.stop(), 0)
})

test('under load the figures add up, and event streams lose nothing', async t => {
  const { folder, people, server } = await community(t)
  const out = path.join(folder, 'load')
  const run = await simulate(server, people, out, '--load', '--members', '10', '--from', '10',
    '--to', '20', '--step-seconds', '2', '--bound-ms', '60000', '--listeners', '1')
  assert.equal(run.status, 0, run.complaint)
  const { load, settings } = reportIn(out)
  assert.deepEqual(settings, [])
  assert.deepEqual(load.steps.map(step => step.wanted), [10, 15])
  assert.ok(load.steps.every(step => step.held && step.answered > 0))
  assert.equal(load.held, load.steps[1].answered)
  assert.equal(load.members_carried, Math.floor(load.held * 3600 / (60 * 0.15)))
  assert.equal(load.streams.streams, 10)
  assert.equal(load.streams.lost, 0)
})

/** Somebody between, so that all connections come from one address. */
async function oneAddress (t, server) {
  const all = new Set()
  const between = net.createServer(client => {
    const there = net.connect(server.port, '127.0.0.1')
    for (const socket of [client, there]) {
      all.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => { client.destroy(); there.destroy() })
    }
    client.pipe(there).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  t.after(() => { between.close(); for (const socket of all) socket.destroy() })
  return { base: `http://127.0.0.1:${between.address().port}` }
}

test('a simulation whose server goes reports what came until then, and why it ended', async t => {
  const { folder, people, server } = await community(t)
  const out = path.join(folder, 'out')
  let killed
  const hear = words => { if (/^day 1 of/m.test(words)) killed ??= server.kill() }
  const run = await simulateAndHear(hear, server, people, out, '--members', '12', '--days', '40',
    '--days-per-minute', '0', '--seed', '7')
  await killed
  assert.equal(run.status, 1, run.said)
  assert.match(run.complaint, /could not go on.*doesn't answer/)
  const { settings } = reportIn(out)
  assert.deepEqual(settings.map(setting => setting.name), ['kith'])
  const [{ stopped_because: why, days, counts, errors, lost }] = settings
  assert.match(why, /doesn't answer/)
  assert.ok(days.length >= 1 && days.length < 40, `${days.length} days`)
  assert.ok(counts.members > 0)
  assert.ok(counts.hellos + counts.comments > 0, 'nothing had been said')
  assert.ok(errors.some(({ status }) => status === 0))
  assert.equal(lost, 0)
  assert.match(readFileSync(path.join(out, 'report.html'), 'utf8'), /could not go on/)
})

test('a simulation that a limit ends reports that', async t => {
  const { folder, data, people, server } = await community(t)
  const out = path.join(folder, 'out')
  const between = await oneAddress(t, server)
  const before = count(data, 'select count(*) from members')
  const run = await simulate(between, people, out, '--load', '--members', '40')
  assert.equal(run.status, 1, run.said)
  assert.match(run.complaint, /could not go on.*Not everybody could come in/)
  const { load } = reportIn(out)
  assert.match(load.stopped_because, /Not everybody could come in/)
  assert.deepEqual(load.steps, [])
  assert.ok(load.errors.some(({ kind, status }) => kind === 'join' && status === 429))
  assert.ok(count(data, 'select count(*) from members') > before)
})

test('a load whose server goes reports the steps until then', async t => {
  const { folder, people, server } = await community(t)
  const out = path.join(folder, 'out')
  let killed
  const hear = words => { if (/a second:/.test(words)) killed ??= server.kill() }
  const run = await simulateAndHear(hear, server, people, out, '--load', '--members', '10',
    '--from', '5', '--to', '1000', '--step-seconds', '2', '--bound-ms', '60000')
  await killed
  assert.equal(run.status, 1, run.said)
  assert.match(run.complaint, /could not go on.*doesn't answer/)
  const { load } = reportIn(out)
  assert.match(load.stopped_because, /doesn't answer/)
  assert.ok(load.steps.length >= 2 && load.steps[0].held, JSON.stringify(load.steps))
  assert.ok(load.held > 0)
  assert.equal(load.lost, 0)
})

test('a simulation that nobody answers reports that', async t => {
  const folder = newDirectory(t)
  const people = path.join(folder, 'people.json')
  writeFileSync(people, JSON.stringify([{ name: 'Hostess', role: 'host', password: 'x' }]))
  const nobody = { base: `http://127.0.0.1:${await freePort()}` }
  for (const more of [[], ['--load']]) {
    const out = path.join(folder, `out${more.join('')}`)
    const run = await simulate(nobody, people, out, ...small, ...more)
    assert.equal(run.status, 1, run.said)
    assert.match(run.complaint, /^kith: The server doesn't answer/)
    assert.ok(run.said.includes(path.join(out, 'report.html')), run.said)
    const { settings, load, stopped_because: why } = reportIn(out)
    assert.deepEqual(settings, [])
    assert.ok(!load)
    assert.match(why, /doesn't answer/)
    const page = readFileSync(path.join(out, 'report.html'), 'utf8')
    assert.match(page, /could not begin: The server doesn(&#39;|')t answer/)
  }
})

test('a simulation refuses where joining is closed, and says so', async t => {
  const folder = newDirectory(t)
  const data = path.join(folder, 'data')
  const password = 'seven-lamps-on-the-quay'
  execFileSync(program, ['member', 'add', '--data', data, '--name', 'Hostess', '--role', 'host',
    '--password-stdin'], { input: `${password}\n` })
  const people = path.join(folder, 'people.json')
  writeFileSync(people, JSON.stringify([{ name: 'Hostess', role: 'host', password }]))
  const server = await serve(t, data)
  const run = await simulate(server, people, path.join(folder, 'out'), ...small)
  assert.equal(run.status, 1)
  assert.match(run.complaint, /Joining isn't open here/)
  assert.equal(count(data, 'select count(*) from members'), 1)
})
