// People and words from elsewhere: who came sleeps until they come in, nothing comes twice, what
// not everybody could read stays away, and broken rows stop nothing.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { ask, fillDemo, newDirectory, program, read, serve, signIn, sql } from './community.mjs'
import { newPostgres } from './postgres.mjs'

const run = (...words) => spawnSync(program, words, { encoding: 'utf8', timeout: 300_000 })

/** What an import says of itself. */
function imported (...words) {
  const { status, stdout, stderr } = run('import', ...words, '--json')
  assert.equal(status, 0, `${words.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

const summary = ({ people, essays, comments, there_already: there }) =>
  [people, essays, comments, there]

function refused (...words) {
  const { status, stderr } = run('import', ...words)
  assert.equal(status, 1, `${words.join(' ')}: ${stderr}`)
  return stderr
}

function community (t) {
  const directory = newDirectory(t)
  const data = path.join(directory, 'data')
  mkdirSync(data)
  return { directory, data, members: fillDemo(data) }
}

const counts = data => sql(data, 'select (select count(*) from members), ' +
  '(select count(*) from essays), (select count(*) from comments)')[0]

function file (directory, name, text) {
  const whole = path.join(directory, name)
  writeFileSync(whole, text)
  return whole
}

/** A table of a dump, as pg_dump writes it. */
function table (name, columns, rows) {
  const field = value => value === null ? '\\N' : String(value).replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `COPY public.${name} (${columns.join(', ')}) FROM stdin;\n` +
    rows.map(row => row.map(field).join('\t') + '\n').join('') + '\\.\n\n\n'
}

const day = number => `2020-05-${String(number).padStart(2, '0')} 08:00:00.5`

/** A small forum of Discourse; `more` are further rows of posts. */
function discourse (more = []) {
  const user = (id, username, changes = {}) => Object.values({ id, username, name: 'Full name',
    created_at: day(1), active: 't', staged: 'f', suspended_till: null, admin: 't', ...changes })
  const topic = (id, title, user_id, changes = {}) => Object.values({ id, title, created_at: day(2),
    user_id, archetype: 'regular', category_id: 5, deleted_at: null, visible: 't', closed: 'f',
    archived: 'f', ...changes })
  const post = (id, topic_id, post_number, user_id, raw, changes = {}) => Object.values({ id,
    user_id, topic_id, post_number, raw, cooked: '<p>not this</p>',
    created_at: day(post_number + 2), deleted_at: null, hidden: 'f', user_deleted: 'f',
    post_type: 1, reply_to_post_number: null, ...changes })
  return '-- PostgreSQL database dump\nSET x = y;\n' +
    table('categories', ['id', 'name', 'read_restricted'],
      [[5, 'General', 'f'], [6, 'Staff', 't']]) +
    table('email_logs', ['id', 'raw'], [[1, 'COPY public.users (id) FROM stdin;']]) +
    table('posts', ['id', 'user_id', 'topic_id', 'post_number', 'raw', 'cooked', 'created_at',
      'deleted_at', 'hidden', 'user_deleted', 'post_type', 'reply_to_post_number'], [
      post(101, 11, 1, 1, 'The first **words** on bread.\n\n<script>alert(1)</script>'),
      post(102, 11, 2, 2, '[quote="ada, post:1, topic:11"]\non bread\n[/quote]\nYes\tand \\ no.'),
      post(103, 11, 3, 1, 'An answer to Bo.', { reply_to_post_number: 2 }),
      post(104, 11, 4, 2, 'Deleted words', { deleted_at: day(9) }),
      post(105, 11, 5, 3, 'Words of somebody suspended'),
      post(106, 11, 6, 2, 'A whisper', { post_type: 4 }),
      post(107, 12, 1, 1, 'Words of staff'), post(108, 13, 1, 1, 'A private message'),
      post(109, 14, 1, 3, 'A topic of somebody suspended'),
      post(110, 11, 7, 2, 'x'.repeat(300_000)), ...more]) +
    table('topics', ['id', 'title', 'created_at', 'user_id', 'archetype', 'category_id',
      'deleted_at', 'visible', 'closed', 'archived'], [
      topic(11, 'On bread & <b>salt</b>', 1), topic(12, 'Only for staff', 1, { category_id: 6 }),
      topic(13, 'Between us', 1, { archetype: 'private_message', category_id: null }),
      topic(14, 'Suspended', 3)]) +
    table('user_emails', ['id', 'user_id', 'email', '"primary"'],
      [[1, 1, 'ada@example.org', 't'], [2, 2, 'bo@example.org', 't'],
        [3, 1, 'old@example.org', 'f']]) +
    table('users', ['id', 'username', 'name', 'created_at', 'active', 'staged', 'suspended_till',
      'admin'], [user(-1, 'system'), user(1, 'ada'), user(2, 'bo'),
      user(3, 'loud', { suspended_till: '2999-01-01 00:00:00' }),
      user(4, 'never', { active: 'f' })])
}

const linksIn = name => Object.fromEntries(readFileSync(name, 'utf8').trim().split('\n').slice(1)
  .map(line => JSON.parse(`[${line}]`)).map(([who, , link]) => [who, link]))

/** Comes in by a link; gives the cookie. */
async function comeIn (server, link) {
  const target = new URL(link).pathname
  assert.equal((await ask(server, target)).status, 200)
  const answer = await ask(server, target, { form: {} })
  assert.equal(answer.status, 303)
  return answer.headers['set-cookie'][0].split(';')[0]
}

test('a Discourse comes along: people asleep, topics as drafts, nothing twice', async t => {
  const { directory, data } = community(t)
  const dump = file(directory, 'dump.sql', discourse())
  const before = counts(data)
  const where = [dump, '--data', data]
  const links = path.join(directory, 'links.csv')
  const planned = imported('discourse', ...where, '--dry-run', '--links', links)
  assert.deepEqual(counts(data), before)
  const did = imported('discourse', ...where, '--links', links)
  assert.deepEqual({ ...planned, dry_run: false }, did)
  assert.deepEqual([did.people, did.essays, did.comments, did.there_already], [2, 1, 2, 0])
  assert.deepEqual(Object.fromEntries(did.left_out.map(({ what, count }) => [what, count])), {
    'accounts that were never confirmed': 1, 'people who had been suspended': 1,
    'private messages': 1, 'posts that were deleted or hidden': 1,
    'posts whose author doesn\'t come along': 1, 'topics whose author doesn\'t come along': 1,
    'topics of categories that not everybody could read': 1
  })
  assert.equal(did.faults.length, 1)
  assert.match(did.faults[0], /^line \d+: .*body/)
  const after = counts(data)
  assert.deepEqual(after, [before[0] + 2, before[1] + 1, before[2] + 2])
  assert.equal(statSync(links).mode & 0o077, 0)
  assert.match(refused('discourse', ...where, '--links', links), /is there already/)

  const again = imported('discourse', ...where)
  assert.deepEqual(summary(again), [0, 0, 0, 5])
  assert.deepEqual(counts(data), after)
  const asleep = 'select count(*) from members where name in (\'ada\', \'bo\') ' +
    'and listed = 0 and agreement_version = 0 and password_hash is null ' +
    'and role = \'member\' and author = 0'
  assert.equal(sql(data, asleep)[0][0], 2)

  const server = await serve(t, data)
  assert.equal((await ask(server, '/essays')).body.includes('On bread'), false)
  const ada = await comeIn(server, linksIn(links).ada)
  const bo = await comeIn(server, linksIn(links).bo)
  const [[slug]] = sql(data, 'select slug from essays where title like \'On bread%\'')
  assert.equal((await ask(server, `/essays/${slug}`, { cookie: bo })).status, 404)
  const own = await ask(server, `/essays/${slug}`, { cookie: ada })
  assert.equal(own.status, 200)
  assert.match(own.body, /The first <strong>words<\/strong> on bread/)
  assert.equal(own.body.includes('<script>alert'), false)
  assert.match(own.body, /On bread &amp; &lt;b&gt;salt&lt;\/b&gt;/)
  assert.equal(await server.stop(), 0)
})

test('with --publish members read it at once, and what is new comes the next time', async t => {
  const { directory, data, members } = community(t)
  mkdirSync(path.join(directory, 'backup'))
  const dump = path.join(directory, 'backup', 'dump.sql.gz')
  writeFileSync(dump, gzipSync(discourse()))
  const where = [path.join(directory, 'backup'), '--publish', '--data', data]
  assert.equal(imported('discourse', ...where).essays, 1)
  const later = [111, 2, 11, 8, 'Said afterwards.', '', day(20), null, 'f', 'f', 1, 3]
  writeFileSync(dump, gzipSync(discourse([later])))
  const next = imported('discourse', ...where)
  assert.deepEqual([next.people, next.essays, next.comments], [0, 0, 1])
  const server = await serve(t, data)
  const cookie = await signIn(server, members.at(-1))
  const found = (await read(server, '/essays', { cookie })).items.find(essay =>
    essay.title.startsWith('On bread'))
  assert.equal((await ask(server, found.url)).status, 404, 'a stranger reads it')
  const page = await read(server, found.url, { cookie })
  const [thread] = page.comments.items
  assert.match(thread.html, /<blockquote>\s*<p>on bread<\/p>\s*<\/blockquote>\s*<p>Yes\s+and \\ no/)
  assert.deepEqual(thread.replies.map(reply => reply.html.replace(/<[^>]*>/g, '').trim()),
    ['An answer to Bo.', 'Said afterwards.'])
  assert.match(page.published_at, /^2020-05-03T08:00:00/)
  assert.equal(await server.stop(), 0)
})

test('who has erased their account doesn\'t come back by an import, nor do their words', t => {
  const { directory, data } = community(t)
  const dump = file(directory, 'dump.sql', discourse())
  imported('discourse', dump, '--publish', '--data', data)
  const [[bo]] = sql(data, 'select id from members where name = \'bo\'')
  sql(data, `update members set state = 'erased', name = '', email = null where id = ${bo}`)
  sql(data, `update comments set state = 'deleted', html = '', author = null, thread_author = null,
    idempotency_key = null where author = ${bo}`)
  const before = counts(data)
  const again = imported('discourse', dump, '--publish', '--data', data)
  assert.equal(again.people, 0)
  assert.equal(again.left_out.find(({ what }) => what.includes('left this community')).count, 1)
  assert.deepEqual(counts(data), before)
})

/** What mongoexport writes of a small NodeBB. */
function nodebb () {
  const readable = cid => ({ _key: `group:cid:${cid}:privileges:groups:topics:read:members`,
    value: 'registered-users', score: 1 })
  const at = { $numberLong: '1588000000000' }
  return [
    { _key: 'user:1', uid: 1, username: 'cleo', email: 'cleo@example.org', 'email:confirmed': 1,
      joindate: at, password: '$2a$12$secret' },
    { _key: 'user:2', uid: 2, username: 'dov', email: 'ada@example.org', joindate: 1588000000000 },
    { _key: 'user:3', uid: 3, username: 'bad', banned: 1, joindate: at },
    readable(1), { ...readable(2), value: 'administrators' },
    readable(3), { _key: 'category:3', cid: 3, name: 'Old', disabled: 1 },
    { _key: 'topic:7', tid: 7, uid: 1, cid: 3, title: 'Closed off', mainPid: 13, timestamp: at },
    { _key: 'post:13', pid: 13, uid: 1, tid: 7, content: 'Closed off.', timestamp: at },
    { _key: 'post:14', pid: 14, uid: 1, tid: 5, content: 'When?', timestamp: 1e300 },
    { _key: 'topic:5', tid: 5, uid: 1, cid: 1, title: 'Rain', mainPid: 9, timestamp: at,
      locked: 1 },
    { _key: 'topic:6', tid: 6, uid: 1, cid: 2, title: 'Hidden', mainPid: 10, timestamp: at },
    { _key: 'post:9', pid: 9, uid: '1', tid: 5, content: 'It *rains*.', timestamp: at },
    { _key: 'post:10', pid: 10, uid: 1, tid: 6, content: 'Hidden.', timestamp: at },
    { _key: 'post:11', pid: 11, uid: 2, tid: 5, content: 'Here too.', timestamp: at, toPid: '9' },
    { _key: 'post:12', pid: 12, uid: 1, tid: 5, content: 'All day?', timestamp: at, toPid: 11 },
    { _key: 'message:1', content: 'A chat.', fromuid: 1 }
  ].map(object => JSON.stringify(object))
}

test('a NodeBB comes along, on PostgreSQL as well, and broken lines are named', async t => {
  const { directory, data } = community(t)
  const lines = nodebb()
  lines.splice(3, 0, '{"_key": "post:77", "content":', Buffer.from([0x80, 0xff]).toString('latin1'))
  const dump = file(directory, 'objects.json', lines.join('\n') + '\n')
  const postgres = await newPostgres(t, { fsync: 'off' })
  postgres.ask('postgres', 'create database home template template0')
  const move = run('move', '--to', postgres.url('home'), '--data', data)
  assert.equal(move.status, 0, move.stderr)
  for (const database of [[], ['--database', postgres.url('home')]]) {
    const where = [dump, '--publish', '--data', data, ...database]
    const did = imported('nodebb', ...where)
    assert.deepEqual([did.people, did.essays, did.comments], [2, 1, 2])
    assert.deepEqual(did.faults, ['line 4: no object of JSON', 'line 5: no object of JSON',
      'line 12: a post without a date that can be read'])
    const again = imported('nodebb', ...where)
    assert.deepEqual(summary(again), [0, 0, 0, 5])
  }
  const emails = 'select email from members where name in (\'cleo\', \'dov\') order by name'
  assert.deepEqual(sql(data, emails), [['cleo@example.org'], [null]])
  const array = file(directory, 'array.json', `[${nodebb().join(',\n')}]\n`)
  const elsewhere = imported('nodebb', array, '--from', 'another', '--dry-run', '--data', data)
  assert.deepEqual([elsewhere.essays, elsewhere.faults.length], [1, 1])
})

test('people come from a CSV file once, each with a link that is good once', async t => {
  const { directory, data } = community(t)
  const before = counts(data)[0]
  const list = file(directory, 'people.csv', 'Email;Name;Pronouns;Joined\n' +
    'eva@example.org;"Eva ""E"" Ö";she;2019-04-05\n;Finn;;yesterday\nbroken;Gus;;\n' +
    'only two;fields\nhal@example.org;;;\nEVA@example.org;Eva again;;\n;=cmd();;\n')
  const links = path.join(directory, 'links.csv')
  const did = imported('members', list, '--links', links, '--data', data)
  assert.equal(did.people, 4)
  assert.equal(did.there_already, 1)
  assert.deepEqual(did.faults.map(fault => fault.split(':')[0]),
    ['line 3', 'line 4', 'line 5', 'line 6'])
  assert.equal(counts(data)[0], before + 4)
  assert.match(readFileSync(links, 'utf8'), /^"'=cmd\(\)"/m)
  assert.equal(imported('members', list, '--data', data).people, 0)
  assert.equal(counts(data)[0], before + 4)
  const server = await serve(t, data)
  const link = readFileSync(links, 'utf8').match(/http\S+(?=")/)[0]
  const cookie = await comeIn(server, link)
  assert.equal((await ask(server, new URL(link).pathname, { form: {} })).status, 409)
  const [essay] = (await read(server, '/essays', { cookie })).items
  const comments = counts(data)[2]
  const answer = await ask(server, `${essay.url}/comments`, { cookie, form: { body: 'Hello.' } })
  assert.notEqual(answer.status, 303, 'words went out before the agreement was accepted')
  assert.equal(counts(data)[2], comments)
  assert.equal(await server.stop(), 0)
  assert.match(refused('members', file(directory, 'x.csv', 'who\nAda\n'), '--data', data),
    /first row must name/)
  const other = file(directory, 'other.csv',
    Buffer.from('Name;Mail\nIda;ida@example.org\nJ\xfcrgen;\n', 'latin1'))
  const without = imported('members', other, '--dry-run', '--data', data)
  assert.equal(without.people, 1)
  assert.match(without.faults[0], /^line 1: the column "Mail" stays behind/)
  assert.match(without.faults[1], /^line 3: .*CSV UTF-8/)
})

test('a directory of Markdown files becomes essays of their authors', t => {
  const { directory, data, members } = community(t)
  const essays = path.join(directory, 'essays')
  mkdirSync(essays)
  const author = members[3].name
  file(essays, 'one.md',
    `---\ntitle: "One: the sea"\ndate: 2018-02-03\nauthor: ${author}\n---\nWaves.\n`)
  file(essays, 'two.md', '# Two\n\nNo author, but a heading.\n')
  file(essays, 'three.md', '---\nauthor: Nobody Here\n---\n# Three\n\nWords.\n')
  file(essays, 'four.md', '---\ntitle: Four\ndate: soon\n---\nWords.\n')
  file(essays, 'five.md', 'x'.repeat(300_000))
  file(essays, 'six.md', Buffer.from([0x23, 0x20, 0x53, 0x0a, 0x0a, 0x61, 0x00, 0x62]))
  file(essays, 'eight.md', Buffer.from('# F\xfcr sie\n\nWords.\n', 'latin1'))
  file(essays, 'nine.md', '---\ntitle: Nothing else\n---\n\n')
  file(essays, 'notes.txt', 'not this')
  // A link may lead anywhere.
  symlinkSync(file(directory, 'secret', 'Not theirs to publish.'), path.join(essays, 'seven.md'))
  const where = [essays, '--author', author, '--data', data]
  assert.deepEqual(imported('essays', ...where, '--dry-run').essays, 3)
  const did = imported('essays', ...where, '--publish')
  assert.equal(did.essays, 3)
  assert.deepEqual(did.faults.map(fault => fault.split(':')[0]),
    ['eight.md', 'five.md', 'four.md', 'nine.md', 'three.md'])
  assert.deepEqual(sql(data, 'select title, audience, published_at from essays where title like ' +
    '\'One%\''), [['One: the sea', 'members', Date.UTC(2018, 1, 3) * 1000]])
  const again = imported('essays', ...where)
  assert.deepEqual([again.essays, again.there_already], [0, 3])
  const nobody = imported('essays', essays, '--data', data)
  assert.equal(nobody.faults.filter(fault => fault.includes('whose it is')).length, 4)
  assert.match(refused('essays', path.join(directory, 'none'), '--data', data), /no directory/)
  assert.match(refused('essays', essays, '--author', 'Nobody', '--data', data),
    /meant by --author Nobody; kith member list/)
})
