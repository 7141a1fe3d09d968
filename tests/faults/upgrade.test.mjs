// A database that an older Kith has made: only who serves brings it up to date, or who says so.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { fillDemo, newDirectory, program, read, serve, within } from './community.mjs'

const run = (words, input = '') => spawnSync(program, words, { encoding: 'utf8', input })

/** Runs `script` with the community's database as `db`; gives what it prints. */
function withDatabase (data, script) {
  const whole = `import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\n${script}\ndb.commit()\n`
  return String(execFileSync('python3', ['-c', whole, path.join(data, 'kith.db')])).trim()
}

const steps = data => withDatabase(data, 'print(db.execute("select count(*) from migrations")' +
  '.fetchone()[0])')
const makeOld = data => withDatabase(data,
  'db.execute("delete from migrations where name = (select max(name) from migrations)")')

test('a command refuses a database that waits for an upgrade, and changes nothing', t => {
  const data = newDirectory(t)
  fillDemo(data)
  makeOld(data)
  const before = steps(data)
  const copy = path.join(newDirectory(t), 'copy')
  const commands = [['backup', copy], ['audit', 'verify'],
    ['member', 'add', '--name', 'Ann', '--role', 'member']]
  for (const words of commands) {
    const { status, stderr, stdout } = run([...words, '--data', data])
    assert.equal(status, 1, `${words}: ${stdout}`)
    assert.match(stderr, /kith upgrade/)
  }
  assert.ok(!existsSync(copy))
  assert.equal(steps(data), before)
  const planned = run(['upgrade', '--dry-run', '--data', data])
  assert.equal(planned.stdout.trim().split('\n').length, 1, planned.stdout)
  assert.equal(steps(data), before)
})

test('a new directory needs no upgrade: its first member can be added', async t => {
  const data = newDirectory(t)
  const added = run(['member', 'add', '--name', 'Ann', '--role', 'host', '--data', data])
  assert.equal(added.status, 0, added.stderr)
  const server = await serve(t, data)
  assert.equal(await server.stop(), 0)
})

const indexed = data => Number(withDatabase(data,
  'print(db.execute("select count(*) from search_entries").fetchone()[0])'))

test('a community that is older than its index is put there in the background', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const before = indexed(data)
  assert.ok(before > 10)
  withDatabase(data, 'db.execute("delete from search_entries")\n' +
    'db.execute("insert into search_index (search_index) values (\'delete-all\')")\n' +
    'db.execute("delete from migrations where name like \'%_index_what_was_there\'")')
  const server = await serve(t, data)
  const filled = async () => { while (indexed(data) < before) await read(server, '/essays') }
  await within(60, filled(), 'what was there is in the index')
  assert.ok((await read(server, '/search?q=onion')).found.length > 0)
  assert.equal(await server.stop(), 0)
  assert.equal(indexed(data), before)
  const jobs = 'print(db.execute("select count(*) from jobs where kind = \'search.reindex\'")' +
    '.fetchone()[0])'
  assert.equal(withDatabase(data, jobs), '0')
})
