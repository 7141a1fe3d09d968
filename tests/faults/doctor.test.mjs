// kith doctor: it finds what is wrong, says what to do, and changes nothing.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync, closeSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync,
  writeSync
} from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import test from 'node:test'
import tls from 'node:tls'
import { ask, fillDemo, newDirectory, program, read, serve, signIn, sql } from './community.mjs'

/** What doctor says in this data directory: its exit status, and each place's line. */
function doctor (data, ...flags) {
  const words = ['doctor', '--json', '--data', data, ...flags]
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  assert.equal(stderr, '')
  const lines = JSON.parse(stdout)
  for (const line of lines) {
    assert.notEqual(line.said, '')
    assert.equal(line.to_do === '', line.verdict === 'ok', `${line.place}: what is to be done?`)
  }
  const failed = lines.some(line => line.verdict === 'fail')
  assert.equal(status, failed ? 1 : 0, stdout)
  // Whether somebody keeps this machine's clock isn't ours to say.
  return Object.fromEntries(lines.filter(line => !/^Nothing keeps/.test(line.said))
    .map(line => [line.place, line]))
}

const verdicts = found =>
  Object.fromEntries(Object.entries(found).map(([place, { verdict }]) => [place, verdict]))

test('of a new community doctor says what is missing yet, beside its server too', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const before = readdirSync(data)
  const found = doctor(data)
  assert.deepEqual(readdirSync(data), before, 'looking changed something')
  assert.deepEqual(verdicts(found), {
    settings: 'ok', data: 'ok', secret: 'ok', disk: found.disk.verdict, database: 'ok', clock: 'ok',
    backups: 'warn', mail: 'warn', jobs: 'ok', help_lines: 'warn', search: 'ok', pictures: 'ok',
    certificate: 'ok'
  })
  assert.match(found.backups.to_do, /kith backup/)
  const server = await serve(t, data)
  assert.equal(doctor(data).database.verdict, 'ok')
  assert.equal(await server.stop(), 0)

  const strict = spawnSync(program, ['doctor', '--strict', '--data', data], { encoding: 'utf8' })
  assert.equal(strict.status, 1)
  assert.match(strict.stdout, /^ok {4}Settings: .+\n/)
  assert.match(strict.stdout, /\nwarn {2}Backups: .+\n {6}Run “kith backup”/)
  const quiet = spawnSync(program, ['doctor', '--quiet', '--data', data], { encoding: 'utf8' })
  assert.equal(quiet.status, 0)
  assert.doesNotMatch(quiet.stdout, /^ok/m)
  assert.match(quiet.stdout, /^warn {2}Mail/m)
})

test('doctor finds a backup that was made, and one that is old', t => {
  const data = newDirectory(t)
  fillDemo(data)
  execFileSync(program, ['backup', path.join(newDirectory(t), 'copy'), '--data', data])
  assert.equal(doctor(data).backups.verdict, 'ok')
  sql(data, "update audit set at = at - 8 * 86400000000 where what = 'backup made'")
  assert.match(doctor(data).backups.said, /8 days old/)
})

test('doctor finds settings that can’t be read, and a directory without a community', t => {
  const data = newDirectory(t)
  writeFileSync(path.join(data, 'kith.toml'), 'listen = 7\n')
  const broken = doctor(data)
  assert.equal(broken.settings.verdict, 'fail')
  assert.match(broken.settings.said, /kith\.toml:1: listen expects/)
  rmSync(path.join(data, 'kith.toml'))
  assert.equal(doctor(data).database.verdict, 'fail')
  assert.equal(doctor(path.join(data, 'none')).data.verdict, 'fail')
  assert.deepEqual(readdirSync(data), [], 'looking made something')
})

test('doctor finds a secret that others can read, and one that is gone', t => {
  const data = newDirectory(t)
  fillDemo(data)
  const file = path.join(data, 'secret.key')
  chmodSync(file, 0o644)
  assert.equal(doctor(data).secret.verdict, 'warn')
  assert.ok(doctor(data).secret.to_do.includes(`chmod 600 ${file}`))
  rmSync(file)
  assert.equal(doctor(data).secret.verdict, 'fail')
})

test('doctor finds a database that others can read', t => {
  const data = newDirectory(t)
  fillDemo(data)
  assert.equal(doctor(data).data.verdict, 'ok')
  chmodSync(path.join(data, 'kith.db'), 0o644)
  assert.equal(doctor(data).data.verdict, 'ok', 'nobody can come into the directory')
  chmodSync(data, 0o755)
  const found = doctor(data).data
  assert.equal(found.verdict, 'warn')
  assert.ok(found.to_do.includes(`chmod -R o= ${data}`))
})

/** Breaks what stands in the middle of the database's file. */
function damage (data) {
  const file = path.join(data, 'kith.db')
  const { size } = statSync(file)
  const number = openSync(file, 'r+')
  for (let at = 8 * 4096; at < size; at += 3 * 4096) {
    writeSync(number, Buffer.alloc(2048, 0xa5), 0, 2048, at)
  }
  closeSync(number)
}

test('doctor finds a damaged database, and one that is no database at all', t => {
  const data = newDirectory(t)
  fillDemo(data)
  damage(data)
  const { database } = doctor(data)
  assert.equal(database.verdict, 'fail')
  assert.match(database.to_do, /kith restore/)
  writeFileSync(path.join(data, 'kith.db'), 'This is not a database. '.repeat(1000))
  for (const rest of ['-wal', '-shm']) rmSync(path.join(data, `kith.db${rest}`), { force: true })
  assert.equal(doctor(data).database.verdict, 'fail')
})

test('doctor finds a database of an older Kith, and of a newer one', t => {
  const data = newDirectory(t)
  fillDemo(data)
  const [[name, at]] = sql(data,
    'select name, applied_at from migrations order by name desc limit 1')
  sql(data, `delete from migrations where name = '${name}'`)
  const old = doctor(data).database
  assert.equal(old.verdict, 'warn')
  assert.match(old.said, /^One step of the upgrade waits/)
  assert.match(old.to_do, /kith upgrade/)
  sql(data, `insert into migrations values ('${name}', ${at}), ('29990101_0000_later', 1)`)
  const newer = doctor(data).database
  assert.equal(newer.verdict, 'fail')
  assert.match(newer.said, /newer Kith/)
})

test('doctor finds a database that another program holds', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const hold = 'import sqlite3, sys\n' +
    'database = sqlite3.connect(sys.argv[1], isolation_level=None)\n' +
    "database.execute('begin immediate')\nprint('held', flush=True)\nsys.stdin.read()"
  const holder = spawn('python3', ['-c', hold, path.join(data, 'kith.db')],
    { stdio: ['pipe', 'pipe', 'inherit'] })
  t.after(() => holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  const { database } = doctor(data)
  assert.equal(database.verdict, 'fail')
  assert.match(database.said, /^Nothing can be written to it: .*lock/)
})

test('doctor finds a clock that went back, and an index that lacks somebody', t => {
  const data = newDirectory(t)
  fillDemo(data)
  execFileSync(program, ['backup', path.join(newDirectory(t), 'copy'), '--data', data])
  sql(data, 'update audit set at = at + 86400000000')
  sql(data, "delete from search_entries where kind = 'members'")
  const found = doctor(data)
  assert.equal(found.clock.verdict, 'fail')
  assert.equal(found.search.verdict, 'warn')
  execFileSync(program, ['search', 'reindex', '--data', data])
  assert.equal(doctor(data).search.verdict, 'ok')
})

/** A mail server of few words: greets with `greeting`, says yes to all else. */
async function mailServer (t, greeting) {
  const heard = []
  const server = net.createServer(socket => {
    socket.on('error', () => {})
    socket.write(greeting)
    socket.on('data', part => {
      heard.push(String(part))
      socket.write(/^QUIT/.test(part) ? '221 bye\r\n' : '250 yes\r\n')
    })
  })
  t.after(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { heard, url: `smtp://127.0.0.1:${server.address().port}` }
}

/** What doctor finds; other than above, this program goes on meanwhile. */
async function doctorMeanwhile (data, ...flags) {
  const child = spawn(program, ['doctor', '--json', '--data', data, ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] })
  const parts = []
  child.stdout.on('data', part => parts.push(part))
  await once(child, 'close')
  return Object.fromEntries(JSON.parse(Buffer.concat(parts)).map(line => [line.place, line]))
}

test('doctor goes to the mail server’s door, and sends nothing', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const from = ['--smtp-from', 'post@kith.example']
  const friendly = await mailServer(t, '220 here\r\n')
  const found = await doctorMeanwhile(data, '--smtp-url', friendly.url, ...from)
  assert.equal(found.mail_server.verdict, 'ok', found.mail_server.said)
  assert.doesNotMatch(friendly.heard.join(''), /MAIL FROM|RCPT|DATA/i)
  const closed = await mailServer(t, '554 not you\r\n')
  const refused = await doctorMeanwhile(data, '--smtp-url', closed.url, ...from)
  assert.equal(refused.mail_server.verdict, 'fail')
  const gone = await doctorMeanwhile(data, '--smtp-url', 'smtp://127.0.0.1:1', ...from)
  assert.match(gone.mail_server.said, /unreachable/)
  assert.equal((await doctorMeanwhile(data, '--smtp-url', friendly.url)).mail.verdict, 'warn')
})

test('doctor finds a certificate that nobody trusts, and an address that can’t be reached',
  async t => {
    const data = newDirectory(t)
    fillDemo(data)
    const files = ['key', 'cert'].map(name => path.join(data, `${name}.pem`))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
      '-nodes', '-subj', '/CN=localhost', '-keyout', files[0], '-out', files[1]],
    { stdio: 'ignore' })
    const [key, cert] = files.map(file => readFileSync(file))
    const server = tls.createServer({ key, cert }, socket => socket.on('error', () => {}))
    server.on('tlsClientError', () => {})
    t.after(() => server.close())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `https://127.0.0.1:${server.address().port}`
    const found = await doctorMeanwhile(data, '--public-url', url)
    assert.equal(found.certificate.verdict, 'fail')
    assert.match(found.certificate.said, /^Browsers don’t trust it/)
    const gone = await doctorMeanwhile(data, '--public-url', 'https://127.0.0.1:1')
    assert.equal(gone.certificate.verdict, 'warn')
  })

test('the health page tells a host the same in plain words, and nobody else anything', async t => {
  const data = newDirectory(t)
  const members = fillDemo(data)
  const server = await serve(t, data)
  const host = await signIn(server, members.find(member => member.role === 'host'))
  const page = await read(server, '/host/health', { cookie: host })
  const broken = page.broken.map(line => line.about)
  assert.ok(broken.includes('Backups') && broken.includes('Mail on its way'), broken.join(', '))
  const member = await signIn(server, members.find(one => one.role === 'member'))
  assert.equal((await ask(server, '/host/health', { cookie: member })).status, 404)
  assert.equal(await server.stop(), 0)
})
