// The commands, as a host of a server runs them: what they do, what they refuse, how they end.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync
} from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, integrity, newDirectory, program, read, serve, signIn,
  someEssay, sql
} from './community.mjs'

const run = (...words) => spawnSync(program, words, { encoding: 'utf8', timeout: 120_000 })

/** What the command says when it ends well. */
function done (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 0, `${words.join(' ')}: ${stderr}`)
  assert.equal(stderr, '')
  return stdout
}

/** The one sentence with which the command refuses. */
function refused (...words) {
  const { status, stdout, stderr } = run(...words)
  assert.equal(status, 1, `${words.join(' ')}: ${stdout}${stderr}`)
  assert.equal(stdout, '')
  assert.match(stderr, /^kith: .+\n$/)
  return stderr
}

/** A demo community with an account that a host has added, in a directory that goes again. */
function community (t) {
  const directory = newDirectory(t)
  const data = path.join(directory, 'data')
  mkdirSync(data)
  return { directory, data, members: fillDemo(data) }
}

/** Adds somebody by the command line, which notes it in the record; gives their id. */
function addMember (data, name, ...more) {
  const words = ['member', 'add', '--json', '--data', data, '--name', name, '--role', 'member']
  return JSON.parse(done(...words, ...more)).id
}

test('a backup of a running community is restored whole, and its members sign in', async t => {
  const { directory, data, members } = community(t)
  const server = await serve(t, data)
  const essay = await someEssay(server)
  const cookie = await signIn(server, members.at(-1))
  const words = 'Written before the copy was made.'
  assert.equal((await comment(server, essay, cookie, words, 'before')).status, 201)
  const backup = path.join(directory, 'backup')
  assert.match(done('backup', backup, '--data', data), /Backed up to .*: \d+ files, checked\./)
  const late = 'Written after the copy was made.'
  assert.equal((await comment(server, essay, cookie, late, 'after')).status, 201)
  assert.equal(await server.stop(), 0)
  assert.equal(statSync(backup).mode & 0o077, 0, 'others can read the backup')

  const restored = path.join(directory, 'restored')
  assert.match(done('restore', backup, '--data', restored), /Restored \d+ files into /)
  assert.equal(integrity(restored), 'ok')
  assert.equal(statSync(path.join(restored, 'secret.key')).mode & 0o077, 0)
  const again = await serve(t, restored)
  await signIn(again, members.at(-1))
  const found = await allComments(again, essay)
  assert.equal(found.filter(html => html.includes(words)).length, 1)
  assert.equal(found.filter(html => html.includes(late)).length, 0)
  assert.equal(await again.stop(), 0)
})

test('a backup is not written over anything, nor restored over a community', t => {
  const { directory, data } = community(t)
  const backup = path.join(directory, 'backup')
  done('backup', backup, '--data', data)
  assert.match(refused('backup', backup, '--data', data), /is there already/)
  assert.match(refused('restore', backup, '--data', data), /holds a community already/)
})

test('where there is no community, commands say so and make none', t => {
  const directory = newDirectory(t)
  const list = path.join(directory, 'people.csv')
  writeFileSync(list, 'name\nSomebody\n')
  const nowhere = path.join(directory, 'mistyped')
  const empty = path.join(directory, 'empty')
  mkdirSync(empty)
  const commands = [['backup', path.join(directory, 'copy')], ['member', 'list'],
    ['member', 'sign-in-link', 'AAAAAAAAAAAAAAAAAAAAAA'], ['audit', 'verify'],
    ['search', 'reindex'], ['upgrade'], ['upgrade', '--dry-run'],
    ['mail', 'bounced', 'a@kith.example'], ['import', 'members', list]]
  for (const words of commands) {
    for (const data of [nowhere, empty]) {
      assert.match(refused(...words, '--data', data), /There is no community in .* --data/)
    }
  }
  assert.deepEqual(readdirSync(directory).sort(), ['empty', 'people.csv'])
  assert.deepEqual(readdirSync(empty), [])
  assert.match(done('member', 'add', '--data', nowhere, '--name', 'First', '--role', 'host'),
    /\/sign-in\/link\//)
})

test('a second server of one community is refused, and the first goes on', async t => {
  const { data } = community(t)
  const server = await serve(t, data)
  assert.match(refused('serve', '--data', data, '--listen', '127.0.0.1:0'),
    /A server has the community in .* open already: stop it first/)
  assert.equal((await ask(server, '/healthz')).status, 200)
  assert.equal(await server.stop(), 0)
  const next = await serve(t, data)
  await next.kill()
  assert.equal(await (await serve(t, data)).stop(), 0)
})

test('a server that begins its community keeps a second one away too', async t => {
  const data = newDirectory(t)
  const server = await serve(t, data)
  assert.match(refused('serve', '--data', data, '--listen', '127.0.0.1:0'), /stop it first/)
  assert.equal(await server.stop(), 0)
})

const patient = { timeout: 120_000 }

test('a server whose community has nobody yet says how one comes in', patient, async t => {
  const words = ['serve', '--data', newDirectory(t), '--listen', '127.0.0.1:0']
  const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => server.kill('SIGKILL'))
  let said = ''
  for await (const part of server.stdout) {
    said += part
    if (/--role host\n/.test(said)) server.kill('SIGTERM')
  }
  assert.match(said, /^Kith is at http:.+\nNobody is a member yet\..+\nkith member add --name /)
})

test('what a community is made of is for its own user alone', t => {
  const data = path.join(newDirectory(t), 'data')
  const add = `umask 022; "$0" member add --data "$1" --name First --role host`
  assert.equal(spawnSync('sh', ['-c', add, program, data]).status, 0)
  for (const name of ['', ...readdirSync(data)]) {
    assert.equal(statSync(path.join(data, name)).mode & 0o077, 0, `others may see ${name}`)
  }
})

const tamperings = [
  ['a file that was changed', backup => appendFileSync(path.join(backup, 'kith.db'), 'x'),
    /damaged: kith\.db was changed/],
  ['a file that is missing', backup => rmSync(path.join(backup, 'secret.key')),
    /secret\.key can't be read/],
  ['a manifest that leads out of it', backup => {
    const manifest = path.join(backup, 'SHA256SUMS')
    const [first, ...rest] = readFileSync(manifest, 'utf8').split('\n')
    const out = first.slice(0, 66) + '../outside'
    writeFileSync(manifest, [out, ...rest].join('\n'))
  }, /names no file of it/],
  ['no manifest', backup => rmSync(path.join(backup, 'SHA256SUMS')), /holds no backup/]
]

for (const [what, tamper, sentence] of tamperings) {
  test(`a backup with ${what} is refused, and nothing is restored`, t => {
    const { directory, data } = community(t)
    const backup = path.join(directory, 'backup')
    done('backup', backup, '--data', data)
    tamper(backup)
    const restored = path.join(directory, 'restored')
    assert.match(refused('restore', backup, '--data', restored), sentence)
    assert.equal(existsSync(restored), false)
  })
}

test('the record of power is whole, and a change to it shows', t => {
  const { data } = community(t)
  for (const name of ['One', 'Two', 'Three']) addMember(data, name)
  const said = done('audit', 'verify', '--data', data)
  const entries = Number(said.match(/The record is whole: (\d+) entries\. Its head is \w+/)[1])
  assert.ok(entries >= 3, said)
  const [[second]] = sql(data, 'select id from audit order by id limit 1 offset 1')
  sql(data, `update audit set what = what || '!' where id = ${second}`)
  const broken = refused('audit', 'verify', '--data', data)
  assert.match(broken, new RegExp(`The record was changed: entry ${second} `))
})

test('an entry that was taken out of the record is missed', t => {
  const { data } = community(t)
  for (const name of ['One', 'Two', 'Three']) addMember(data, name)
  sql(data, 'delete from audit where id = (select id from audit order by id limit 1 offset 1)')
  assert.match(refused('audit', 'verify', '--data', data), /The record was changed/)
})

test('a dry run of an upgrade names its steps and does none of them', t => {
  const data = newDirectory(t)
  sql(data, 'create table of_somebody_else (id integer)')
  const planned = done('upgrade', '--dry-run', '--data', data).trim().split('\n')
  assert.ok(planned.length >= 5)
  for (const step of planned) assert.match(step, /^\d{8}_\d{4}_\w+$/)
  assert.equal(done('upgrade', '--dry-run', '--data', data).trim().split('\n').length,
    planned.length)
  const did = done('upgrade', '--data', data)
  assert.ok(did.endsWith(`Done: ${planned.length} steps.\n`), did)
  const nothing = 'The database is up to date.\n'
  assert.equal(done('upgrade', '--dry-run', '--data', data), nothing)
  assert.equal(done('upgrade', '--data', data), nothing)
})

test('a database of a newer Kith is refused by every command, and stays as it is', t => {
  const { directory, data } = community(t)
  sql(data, "insert into migrations (name, applied_at) values ('29990101_0000_later', 0)")
  const before = sql(data, 'select name from migrations order by name')
  for (const words of [['serve', '--listen', '127.0.0.1:0'], ['upgrade'], ['upgrade', '--dry-run'],
    ['audit', 'verify'], ['backup', path.join(directory, 'backup')]]) {
    const sentence = refused(...words, '--data', data)
    assert.match(sentence, /made by a newer Kith/)
    assert.match(sentence, /29990101_0000_later/)
  }
  assert.deepEqual(sql(data, 'select name from migrations order by name'), before)
  assert.equal(existsSync(path.join(directory, 'backup')), false)
})

test('the routes are printed with who may use them, for people and for programs', () => {
  const lines = done('routes').trim().split('\n')
  const routes = JSON.parse(done('routes', '--json'))
  assert.equal(lines.length, routes.length)
  assert.ok(lines.includes('GET   /host/mail  (host)'))
  assert.ok(lines.includes('POST  /essays/{slug}/comments  (anyone)'))
  const found = routes.find(route => route.pattern === '/review')
  assert.deepEqual(found, { verb: 'GET', pattern: '/review', access: 'steward' })
  const accesses = ['anyone', 'member', 'guide', 'steward', 'host', 'loopback']
  assert.deepEqual(routes.filter(route => !accesses.includes(route.access)), [])
})

test('a text file becomes an essay with its headings and paragraphs', async t => {
  const { data } = community(t)
  const author = addMember(data, 'Ada', '--writes-essays')
  const file = path.resolve('src/essays/tests/data/allotment.txt')
  const words = ['import', 'essay', file, '--author', author, '--data', data]
  const draft = done(...words).trim()
  const essay = done(...words, '--publish').trim()
  assert.notEqual(draft, essay)
  const server = await serve(t, data)
  assert.equal((await ask(server, draft)).status, 404, 'a draft is shown')
  const page = await read(server, essay)
  const [title] = readFileSync(file, 'utf8').split('\n')
  assert.equal(page.title, title)
  const html = (await ask(server, essay)).body
  assert.match(html, /<h2[^>]*>Why We Dig Together<\/h2>/)
  assert.match(html, /<h3[^>]*>A place to come to<\/h3>/)
  assert.match(html, /<p>Let us begin with what is easy\./)
  assert.equal(await server.stop(), 0)
})

test('what can\'t be imported is refused with why', t => {
  const { directory, data } = community(t)
  const author = addMember(data, 'Ada', '--writes-essays')
  const file = path.join(directory, 'essay.txt')
  const words = (name, by) => ['import', 'essay', name, '--author', by, '--data', data]
  assert.match(refused(...words(file, author)), /can't be read/)
  writeFileSync(file, 'x'.repeat(300 * 1024))
  assert.match(refused(...words(file, author)), /longer than an essay can be: 256 KB/)
  writeFileSync(file, 'A title\n\nWords.\n')
  assert.match(refused(...words(file, 'AAAAAAAAAAAAAAAAAAAAAA')), /There is no member with the id/)
  writeFileSync(file, ' \n\n')
  assert.match(refused(...words(file, author)), /There are no words in the file/)
  assert.match(refused(...words(path.dirname(file), author)), /can't be read/)
  const untitled = `${file}.md`
  writeFileSync(untitled, 'Words, without a heading.\n')
  assert.match(refused(...words(untitled, author), '--publish'), /has no title: begin it with/)
})

test('a demo is only for an empty community', t => {
  const { data } = community(t)
  const before = readdirSync(data).sort()
  assert.match(refused('demo', '--data', data), /a demo is for an empty one/)
  assert.deepEqual(readdirSync(data).sort(), before)
})

const commands = ['serve', 'demo', 'routes', 'config', 'config check', 'backup', 'backup verify',
  'restore', 'move', 'upgrade', 'audit', 'audit verify', 'member', 'member add', 'member role',
  'member disable', 'member enable', 'member sign-in-link', 'import', 'import essay',
  'import essays', 'import members', 'import discourse', 'import nodebb']

test('each command has its own help, and asking for it does nothing else', t => {
  const data = newDirectory(t)
  const all = done('help')
  assert.equal(done('--help'), all)
  const said = new Set([all])
  for (const command of commands) {
    const words = command.split(' ')
    assert.ok(all.includes(words[0]), `kith help doesn't name ${words[0]}`)
    const help = done('help', ...words, '--data', data)
    assert.ok(help.includes(`kith ${command}`), `${command}: ${help}`)
    assert.ok(!said.has(help), `${command} has the help of another`)
    said.add(help)
  }
  assert.deepEqual(readdirSync(data), [])
})

const wrong = [['backup'], ['restore'], ['backup', 'verify'], ['backup', 'one', 'two'], ['config'],
  ['audit'],
  ['audit', 'mend'], ['member'], ['member', 'add'], ['member', 'add', '--name', 'Ada'],
  ['member', 'add', '--name', 'Ada', '--role', 'queen'], ['member', 'role', 'id'],
  ['member', 'disable'], ['import'], ['import', 'essay'], ['import', 'essay', 'file'],
  ['import', 'members'], ['import', 'discourse'], ['import', 'nodebb', 'a', 'b'],
  ['import', 'phpbb'],
  ['upgrade', '--dry'], ['move'], ['move', 'there'], ['routes', 'all'], ['demo', 'twice']]

test('wrong usage ends with 2, says what is missing and does nothing', t => {
  const data = newDirectory(t)
  for (const words of wrong) {
    const { status, stdout, stderr } = run(...words, '--data', data)
    assert.equal(status, 2, `${words.join(' ')}: ${stderr}`)
    assert.equal(stdout, '')
    assert.match(stderr, /^kith: .+\nTry: kith help.*\n$/)
  }
  assert.deepEqual(readdirSync(data), [])
})
