// Backups that are encrypted, of PostgreSQL, on a full disk, cut off, or damaged: whole or refused.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync
} from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  ask, comment, fillDemo, integrity, newDirectory, program, serve, signIn, someEssay, within
} from './community.mjs'
import { newPostgres, postgresDirectory, runPostgres, servePostgres } from './postgres.mjs'

const run = (...words) => spawnSync(program, words, { encoding: 'utf8', timeout: 300_000 })

function done (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 0, `${words.join(' ')}: ${stderr}`)
  return stdout
}

/** The last line is ours; before it a program that we ran may have said why. */
function refused (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 1, `${words.join(' ')}: ${stdout}${stderr}`)
  assert.equal(stdout, '')
  return stderr
}

function community (t) {
  const directory = newDirectory(t)
  const data = path.join(directory, 'data')
  mkdirSync(path.join(data, 'files', 'ab'), { recursive: true })
  writeFileSync(path.join(data, 'files', 'ab', 'picture'), 'x'.repeat(200_000))
  writeFileSync(path.join(data, 'files', 'ab', 'empty'), '')
  return { directory, data, members: fillDemo(data) }
}

function passphraseIn (directory, words = 'nine calm herons at dusk') {
  const file = path.join(directory, `passphrase-${words.length}`)
  writeFileSync(file, words + '\n')
  return file
}

function ageKeyIn (directory) {
  const file = path.join(directory, 'age.key')
  execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' })
  return { file, recipient: readFileSync(file, 'utf8').match(/age1\w+/)[0] }
}

const leftOvers = directory => readdirSync(directory).filter(name => name.endsWith('.part'))

/** The restored community is the one that was backed up: its files, and a member who comes in. */
async function assertLives (t, restored, member, flags = []) {
  assert.equal(statSync(path.join(restored, 'files', 'ab', 'picture')).size, 200_000)
  assert.equal(statSync(path.join(restored, 'files', 'ab', 'empty')).size, 0)
  assert.equal(statSync(path.join(restored, 'secret.key')).mode & 0o077, 0)
  assert.deepEqual(leftOvers(restored), [])
  const server = await serve(t, restored, { flags })
  await signIn(server, member)
  assert.equal(await server.stop(), 0)
}

test('a backup under a passphrase is one file that only the passphrase opens', async t => {
  const { directory, data, members } = community(t)
  const server = await serve(t, data)
  const file = path.join(directory, 'kith.sealed')
  const phrase = ['--passphrase-file', passphraseIn(directory)]
  assert.match(done('backup', file, ...phrase, '--data', data),
    /\d+ files, encrypted and checked\. Its database is whole: \d+ rows in \d+ tables/)
  assert.equal(await server.stop(), 0)
  assert.deepEqual([...leftOvers(directory), ...leftOvers(data)], [])
  assert.equal(statSync(file).mode & 0o077, 0)
  assert.equal(readFileSync(file).includes('SQLite format 3'), false)
  assert.match(done('backup', 'verify', file, ...phrase), /The backup is whole: \d+ files/)
  const other = ['--passphrase-file', passphraseIn(directory, 'another passphrase')]
  assert.match(refused('backup', 'verify', file, ...other), /passphrase is another one/)
  assert.match(refused('backup', 'verify', file), /name its passphrase/)
  const restored = path.join(directory, 'restored')
  assert.match(refused('restore', file, ...other, '--data', restored), /passphrase is another one/)
  assert.equal(existsSync(restored), false)
  done('restore', file, ...phrase, '--data', restored)
  assert.equal(integrity(restored), 'ok')
  await assertLives(t, restored, members.at(-1))
})

test('a backup for a recipient of age is opened by the key, and by age and tar alone', async t => {
  const { directory, data, members } = community(t)
  const key = ageKeyIn(directory)
  const file = path.join(directory, 'kith.tar.age')
  assert.match(done('backup', file, '--encrypt-to', key.recipient, '--data', data),
    /\d+ files, encrypted; with its key, kith backup verify checks it whole/)
  assert.deepEqual([...leftOvers(directory), ...leftOvers(data)], [])
  const identity = ['--identity', key.file]
  assert.match(done('backup', 'verify', file, ...identity), /The backup is whole/)
  assert.match(refused('backup', 'verify', file), /name its private key with --identity/)
  const restored = path.join(directory, 'restored')
  done('restore', file, ...identity, '--data', restored)
  await assertLives(t, restored, members.at(-1))
  const unpacked = path.join(directory, 'unpacked')
  mkdirSync(unpacked)
  execFileSync('sh', ['-c', 'age -d -i "$1" "$2" | tar -x -C "$3" && cd "$3" && ' +
    'sha256sum --quiet --check SHA256SUMS', 'sh', key.file, file, unpacked])
  assert.equal(integrity(unpacked), 'ok')
  const stranger = path.join(directory, 'stranger.key')
  execFileSync('age-keygen', ['-o', stranger], { stdio: 'ignore' })
  assert.match(refused('backup', 'verify', file, '--identity', stranger),
    /no identity matched[^]*\nkith: The program age failed/)
})

test('a changed, cut or lengthened backup is refused, and nothing of it restored', t => {
  const { directory, data } = community(t)
  const phrase = ['--passphrase-file', passphraseIn(directory)]
  const key = ageKeyIn(directory)
  const sealed = path.join(directory, 'sealed')
  const age = path.join(directory, 'age')
  done('backup', sealed, ...phrase, '--data', data)
  done('backup', age, '--encrypt-to', key.recipient, '--data', data)
  const restored = path.join(directory, 'restored')
  for (const [file, keys] of [[sealed, phrase], [age, ['--identity', key.file]]]) {
    const whole = readFileSync(file)
    const wrongs = {
      changed: Buffer.from(whole).fill(0, whole.length >> 1, (whole.length >> 1) + 1),
      cut: whole.subarray(0, whole.length - 40),
      'cut in the middle': whole.subarray(0, whole.length >> 1),
      longer: Buffer.concat([whole, Buffer.from('x')])
    }
    wrongs.changed[whole.length >> 1] = whole[whole.length >> 1] ^ 1
    for (const [what, bytes] of Object.entries(wrongs)) {
      writeFileSync(file, bytes)
      assert.match(refused('backup', 'verify', file, ...keys),
        /kith: The (backup is damaged|program age failed|passphrase)/, `${file} ${what}`)
      if (what.startsWith('cut')) continue
      refused('restore', file, ...keys, '--data', restored)
      assert.equal(existsSync(restored), false, what)
    }
  }
  writeFileSync(sealed, 'no backup at all')
  assert.match(refused('backup', 'verify', sealed), /is no backup of Kith/)
})

test('an archive that leads out of its folder is refused', t => {
  const { directory, data } = community(t)
  const key = ageKeyIn(directory)
  const outside = path.join(directory, 'outside')
  writeFileSync(outside, 'x')
  const names = [['../outside', []], [outside, ['-P']], ['link', []]]
  execFileSync('ln', ['-s', outside, path.join(data, 'link')])
  for (const [name, flags] of names) {
    const file = path.join(directory, 'evil')
    execFileSync('sh', ['-c', 'cd "$1" && shift && out=$1 && to=$2 && shift 2 && ' +
      'tar --format=ustar -c "$@" | age -r "$to" > "$out"', 'sh', data, file, key.recipient,
    ...flags, '-P', name])
    const restored = path.join(directory, 'restored')
    const words = refused('restore', file, '--identity', key.file, '--data', restored)
    assert.match(words, /damaged/, name)
    assert.equal(existsSync(restored), false)
  }
  assert.equal(readFileSync(outside, 'utf8'), 'x')
})

test('a second backup waits for the first one to be told it is alone', async t => {
  const { directory, data } = community(t)
  const holds = spawn('flock', [data, 'sleep', '600'], { stdio: 'ignore' })
  t.after(() => holds.kill())
  const isHeld = () => spawnSync('flock', ['-n', data, 'true']).status === 1
  await within(60, (async () => { while (!isHeld()) await new Promise(setImmediate) })(), 'is held')
  assert.match(refused('backup', path.join(directory, 'copy'), '--data', data),
    /Another backup is being made/)
})

test('a backup without its database isn\'t one', t => {
  const { directory, data } = community(t)
  const copy = path.join(directory, 'copy')
  done('backup', copy, '--data', data)
  rmSync(path.join(copy, 'kith.db'))
  const sums = path.join(copy, 'SHA256SUMS')
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(/^.* {2}kith\.db\n/m, ''))
  assert.match(refused('backup', 'verify', copy), /it holds no database/)
  refused('restore', copy, '--data', path.join(directory, 'restored'))
})

test('restored settings wait to be looked at, since they may name what lives', t => {
  const { directory, data } = community(t)
  const settings = `files = "${path.join(data, 'files')}"\nsmtp_url = "smtp://mail.example"\n`
  writeFileSync(path.join(data, 'kith.toml'), settings)
  const copy = path.join(directory, 'copy')
  done('backup', copy, '--data', data)
  const restored = path.join(directory, 'restored')
  assert.match(done('restore', copy, '--data', restored), /kith\.toml\.restored/)
  assert.equal(existsSync(path.join(restored, 'kith.toml')), false)
  assert.equal(readFileSync(path.join(restored, 'kith.toml.restored'), 'utf8'), settings)
})

test('keys that can\'t be used are refused before any work', t => {
  const { directory, data } = community(t)
  const file = path.join(directory, 'file')
  const to = (...words) => refused('backup', file, ...words, '--data', data)
  assert.match(to('--encrypt-to', '--output=x'), /begins with age1 or ssh-/)
  assert.match(to('--passphrase-file', passphraseIn(directory, 'short')), /too short/)
  assert.match(to('--passphrase-file', path.join(directory, 'none')), /can't be read/)
  const both = ['--passphrase-file', passphraseIn(directory), '--encrypt-to', 'age1x']
  assert.match(to(...both), /not both/)
  assert.match(to('--encrypt-to', 'age1notakey'), /age failed|No backup was made/)
  assert.equal(existsSync(file), false)
  assert.deepEqual([...leftOvers(directory), ...leftOvers(data)], [])
})

test('a full disk is said in a sentence, and leaves no half backup', t => {
  const { directory, data } = community(t)
  const phrase = ['--passphrase-file', passphraseIn(directory)]
  let isThere = false
  const mount = newDirectory(t, () => { if (isThere) execFileSync('umount', ['--lazy', mount]) })
  const mounting = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', mount])
  isThere = mounting.status === 0
  assert.ok(isThere, `this test needs a user who may mount a small disk: ${mounting.stderr}`)
  for (const keys of [[], phrase]) {
    const said = refused('backup', path.join(mount, 'backup'), ...keys, '--data', data)
    assert.match(said, /^kith: The disk is full.*No backup was made\.\n$/)
    assert.deepEqual(readdirSync(mount), [])
  }
  assert.deepEqual(leftOvers(data), [])
})

test('a community on PostgreSQL is backed up with its files, and restored', async t => {
  const { directory, data, members } = community(t)
  const postgres = await newPostgres(t, { fsync: 'off' })
  for (const name of ['home', 'other']) {
    postgres.ask('postgres', `create database ${name} template template0`)
  }
  done('move', '--to', postgres.url('home'), '--data', data)
  const database = ['--database', postgres.url('home')]
  const server = await serve(t, data, { flags: database })
  const key = ageKeyIn(directory)
  const plain = path.join(directory, 'plain')
  const sealed = path.join(directory, 'sealed')
  assert.match(done('backup', plain, ...database, '--data', data), /PostgreSQL dump can be read/)
  done('backup', sealed, '--encrypt-to', key.recipient, ...database, '--data', data)
  assert.match(done('backup', 'verify', plain), /PostgreSQL dump can be read/)
  const restored = path.join(directory, 'restored')
  assert.match(refused('restore', plain, '--data', restored), /name an empty one with --database/)
  const onto = ['restore', plain, ...database, '--data', restored]
  assert.match(refused(...onto), /holds something already/)
  assert.equal(existsSync(restored), false)
  const other = ['--database', postgres.url('other')]
  done('restore', sealed, '--identity', key.file, ...other, '--data', restored)
  assert.equal(existsSync(path.join(restored, 'kith.pgdump')), false)
  assert.equal(await server.stop(), 0)
  await assertLives(t, restored, members.at(-1), other)
})

test('PostgreSQL goes back to a moment by its own archive, as hosting.md tells', async t => {
  const { data, members } = community(t)
  const archive = postgresDirectory(t)
  const first = await newPostgres(t, { archive_mode: 'on', wal_level: 'replica',
    archive_command: `cp %p ${archive}/%f` })
  first.ask('postgres', 'create database home template template0')
  done('move', '--to', first.url('home'), '--data', data)
  const base = path.join(postgresDirectory(t), 'data')
  runPostgres('pg_basebackup', ['-D', base, '-X', 'none', '-c', 'fast', '-d',
    first.url('postgres')])
  const server = await serve(t, data, { flags: ['--database', first.url('home')] })
  const essay = await someEssay(server)
  const cookie = await signIn(server, members.at(-1))
  assert.equal((await comment(server, essay, cookie, 'Before the harm.', 'one')).status, 201)
  const moment = first.ask('home', 'select pg_create_restore_point(\'before\'), clock_timestamp()')
    .split('|')[1]
  assert.equal(await server.stop(), 0)
  first.ask('home', 'delete from comment_sources')
  first.ask('home', 'select pg_switch_wal()')
  const archived = async () => {
    while (first.ask('home', 'select last_archived_wal >= pg_walfile_name(pg_switch_wal()) ' +
      'from pg_stat_archiver') !== 't' && readdirSync(archive).length < 3) {
      await new Promise(setImmediate)
    }
  }
  await within(120, archived(), 'the log is archived')
  await first.stop()
  writeFileSync(path.join(base, 'recovery.signal'), '')
  const second = await servePostgres(t, base, { restore_command: `cp ${archive}/%f %p`,
    recovery_target_time: moment, recovery_target_action: 'promote', archive_mode: 'off' })
  // It can be read before it takes writes.
  const promoted = async () => {
    while (second.ask('home', 'select pg_is_in_recovery()') !== 'f') {
      await new Promise(setImmediate)
    }
  }
  await within(120, promoted(), 'the server takes writes')
  assert.ok(Number(second.ask('home', 'select count(*) from comment_sources')) > 5)
  const again = await serve(t, data, { flags: ['--database', second.url('home')] })
  assert.match((await ask(again, essay, { cookie })).body, /Before the harm\./)
  assert.equal(await again.stop(), 0)
})
