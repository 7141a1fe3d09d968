// A community moves between the databases: whole, the same to the byte, or not at all.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  ask, comment, fillDemo, newDirectory, program, read, serve, signIn, someEssay, sql, within
} from './community.mjs'
import { newPostgres } from './postgres.mjs'

const run = (...words) => spawnSync(program, words, { encoding: 'utf8', timeout: 300_000 })

function done (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 0, `${words.join(' ')}: ${stderr}`)
  return stdout
}

function refused (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 1, `${words.join(' ')}: ${stdout}${stderr}`)
  assert.match(stderr, /^kith: .+\n$/)
  return stderr
}

/** A demo community in which people then do more by real requests. */
async function livedIn (t, data) {
  const members = fillDemo(data)
  const server = await serve(t, data)
  const essay = await someEssay(server)
  const cookies = []
  for (const member of members.slice(0, 4)) cookies.push(await signIn(server, member))
  for (let at = 0; at < 12; ++at) {
    const words = `Ünlike **before** ${at} 🏡 "quoted" \\ back`
    assert.equal((await comment(server, essay, cookies[at % 4], words, `k${at}`)).status, 201)
  }
  assert.equal(await server.stop(), 0)
  return { essay, cookies }
}

/** What a page says, but for what is made anew for each asking. */
const said = ({ status, body }) => status + ' ' + body
  .replace(/(name="idempotency_key" value=")[^"]*/g, '$1')
  .replace(/(since=)[\w-]+/g, '$1')
  .replace(/\d+ (seconds?|minutes?) ago/g, 'ago')

/** Says of each page where it begins to be another. */
function assertSame (shownNow, shownBefore) {
  assert.deepEqual(Object.keys(shownNow), Object.keys(shownBefore))
  for (const [page, now] of Object.entries(shownNow)) {
    const before = shownBefore[page]
    let at = 0
    while (at < now.length && now[at] === before[at]) ++at
    const [is, was] = [now, before].map(text => text.slice(Math.max(0, at - 80), at + 80))
    assert.ok(now === before, `${page}: ${is} was ${was}`)
  }
}

const pages = ['/', '/essays', '/circles', '/members', '/today', '/settings', '/host', '/notices',
  '/welcome', '/essays.atom', '/agreement']

/** What everybody of `cookies` and a stranger are shown. */
async function shown (server, { essay, cookies }) {
  const all = {}
  for (const [who, cookie] of [undefined, ...cookies].entries()) {
    for (const page of [...pages, essay]) {
      const answer = await ask(server, page, { cookie })
      all[`${who} ${page}`] = said(answer)
    }
  }
  return all
}

/** The demo's words are found once the index is made anew. */
async function findsOnion (counted) {
  await within(120, (async () => { while (counted() === 0) await new Promise(setImmediate) })(),
    'the index is made anew')
}

test('a community moves to PostgreSQL and back, and its pages stay the same', async t => {
  const directory = newDirectory(t)
  const data = path.join(directory, 'data')
  mkdirSync(data)
  const community = await livedIn(t, data)
  const before = await serve(t, data)
  const onSqlite = await shown(before, community)
  assert.ok(Object.values(onSqlite).filter(page => page.startsWith('200 ')).length > 30)
  assert.match(onSqlite[`1 ${community.essay}`], /^200 /)
  assert.match(onSqlite[`1 ${community.essay}`], /Ünlike <strong>before<\/strong> 3 🏡/)
  assert.equal(await before.stop(), 0)

  const postgres = await newPostgres(t, { fsync: 'off' })
  postgres.ask('postgres', 'create database home template template0')
  const words = done('move', '--to', postgres.url('home'), '--data', data)
  assert.match(words, /Moved \d+ rows of \d+ tables; each was read again/)
  assert.match(words, /secret\.key and kith\.toml stay in /)
  const database = ['--database', postgres.url('home')]
  const moved = await serve(t, data, { flags: database })
  const onPostgres = await shown(moved, community)
  assertSame(onPostgres, onSqlite)
  await findsOnion(() => Number(postgres.ask('home',
    "select count(*) from search_entries where kind = 'essays'")))
  assert.ok((await read(moved, '/search?q=onion')).found.length > 0)
  const late = await comment(moved, community.essay, community.cookies[0], 'Said later.', 'late')
  assert.equal(late.status, 201)
  const later = await shown(moved, community)
  assert.equal(await moved.stop(), 0)

  const back = path.join(directory, 'back')
  assert.match(done('move', '--to', back, ...database, '--data', data), /were copied along/)
  assert.deepEqual(readdirSync(back).filter(name => name.includes('moving')), [])
  assert.equal(statSync(path.join(back, 'kith.db')).mode & 0o077, 0)
  assert.equal(statSync(path.join(back, 'secret.key')).mode & 0o077, 0)
  const again = await serve(t, back)
  const onSqliteAgain = await shown(again, community)
  assertSame(onSqliteAgain, later)
  await findsOnion(() => sql(back, 'select count(*) from search_entries')[0][0])
  assert.equal(await again.stop(), 0)
  assert.equal(sql(back, 'pragma integrity_check')[0][0], 'ok')
})

test('on a disk that is too small a move to SQLite is refused, or whole', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const postgres = await newPostgres(t, { fsync: 'off' })
  postgres.ask('postgres', 'create database home template template0')
  done('move', '--to', postgres.url('home'), '--data', data)
  const size = statSync(path.join(data, 'kith.db')).size
  const outcomes = new Set()
  for (let part = 4; part <= 24; part += 2) {
    const place = newDirectory(t, () => spawnSync('umount', ['--lazy', place]))
    const disk = ['-t', 'tmpfs', '-o', `size=${Math.ceil(size * part / 8)}`, 'tmpfs', place]
    assert.equal(spawnSync('mount', disk).status, 0, 'this test needs a user who may mount')
    const to = path.join(place, 'new')
    const { status } = run('move', '--to', to, '--database', postgres.url('home'), '--data', data)
    outcomes.add(status)
    if (status === 0) {
      assert.deepEqual(readdirSync(to).filter(name => name.startsWith('kith.db')), ['kith.db'])
      assert.equal(sql(to, 'pragma integrity_check')[0][0], 'ok')
      assert.ok(sql(to, 'select count(*) from members')[0][0] > 3)
    } else {
      assert.deepEqual(existsSync(to) ? readdirSync(to) : [], [], `${part}/8 of its size`)
    }
  }
  assert.deepEqual([...outcomes].sort(), [0, 1], 'some sizes are enough, and some are not')
})

test('a running community isn\'t moved, nor one onto another', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const postgres = await newPostgres(t, { fsync: 'off' })
  postgres.ask('postgres', 'create database home template template0')
  const to = ['--to', postgres.url('home'), '--data', data]
  const server = await serve(t, data)
  assert.match(refused('move', ...to), /in use: stop its server.* Nothing was moved/)
  assert.equal((await ask(server, '/essays')).status, 200)
  assert.equal(await server.stop(), 0)
  const tables = 'select count(*) from pg_tables where schemaname = \'public\''
  assert.equal(postgres.ask('home', tables), '0')
  postgres.ask('home', 'create table theirs (id int)')
  assert.match(refused('move', ...to), /holds something already/)
  assert.equal(postgres.ask('home', tables), '1')
  postgres.ask('home', 'drop table theirs')
  done('move', ...to)
  const database = ['--database', postgres.url('home'), '--data', data]
  assert.match(refused('move', '--to', data, ...database), /holds something already/)
  const filled = newDirectory(t)
  writeFileSync(path.join(filled, 'letter'), 'x')
  assert.match(refused('move', '--to', filled, ...database), /holds something already/)
  assert.deepEqual(readdirSync(filled), ['letter'])
  assert.match(refused('move', '--to', postgres.url('home'), ...database), /on PostgreSQL already/)
  assert.match(refused('move', '--to', path.join(filled, 'new'), '--data', data),
    /in a directory already/)
  const running = await serve(t, data, { flags: database.slice(0, 2) })
  const elsewhere = path.join(filled, 'new')
  assert.match(refused('move', '--to', elsewhere, ...database), /in use/)
  assert.equal(existsSync(elsewhere), false)
  assert.equal(await running.stop(), 0)
})
