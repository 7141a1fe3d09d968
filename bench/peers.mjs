// Kith beside other software that does the same work on the same machine in the same run: Fossil's
// forum, which is C on SQLite as well. See bench/README.md.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import {
  inTurn, line, makeCommunity, newDirectory, pageOf, program, ratio, seconds, serve, signIn,
  signedInMembers, until, whole, wrk
} from './tools.mjs'

const essay = '/essays/bench-0'
const words = count =>
  'Words of somebody who answers. '.repeat(Math.ceil(count / 31)).slice(0, count)

/** Fossil's forum with one thread: 2 KB and 20 answers of 400 characters, as the essay has. */
async function fossilForum () {
  const home = newDirectory()
  const repository = path.join(home, 'forum.fossil')
  const env = { ...process.env, HOME: home }
  const fossil = (...given) => execFileSync('fossil', given, { env, encoding: 'utf8' })
  fossil('init', repository, '--admin-user', 'host')
  fossil('user', 'new', 'one', '', 'a long password', '-R', repository)
  fossil('user', 'capabilities', 'one', '234ho', '-R', repository) // reads and writes, trusted
  fossil('user', 'capabilities', 'nobody', '2ho', '-R', repository) // reads
  const port = 30000 + process.pid % 10000
  const child = spawn('fossil', ['server', '--localhost', '--port', String(port), repository],
    { env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  process.on('exit', () => child.kill('SIGKILL'))
  const base = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${base}/forum`)).ok)
  const send = (target, cookie, fields) => fetch(base + target, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, referer: base + target },
    body: new URLSearchParams(fields)
  })
  const entered = await send('/login', '', { u: 'one', p: 'a long password', in: 'Login' })
  const cookie = entered.headers.get('set-cookie').split(';')[0]
  const post = { mimetype: 'text/x-markdown', submit: 'Submit' }
  const begun = await send('/forume1', cookie, { ...post, title: 'A thread', content: words(2048) })
  const page = new URL(begun.headers.get('location')).pathname
  const shown = await (await fetch(base + page, { headers: { cookie } })).text()
  const thread = shown.match(/name="fpid" value="([0-9a-f]+)"/)[1]
  for (let number = 0; number < 20; number++) {
    const answer = { ...post, fpid: thread, reply: 1, content: `${words(390)} ${number}` }
    const sent = await send('/forume2', cookie, answer)
    if (sent.status !== 302) throw new Error(`Fossil answered ${sent.status}`)
  }
  const count = () => Number(fossil('sql', '-R', repository, 'select count(*) from forumpost;'))
  return { base, page, thread, cookie, count, async stop () { child.kill('SIGTERM'); await ended } }
}

/** As many of its answers as stand in its database afterwards: it says yes to some that don't. */
async function postToFossil (forum, connections, run) {
  const before = forum.count()
  const measured = await wrk(forum.base, {
    connections,
    script: 'bench/fossil.lua',
    words: [forum.cookie, forum.page, forum.thread, `${process.pid}-${run}`]
  })
  const kept = forum.count() - before
  return { ...measured, failed: Math.round(measured.perSecond * seconds) - kept,
    perSecond: kept / seconds }
}

async function measurePages (forum) {
  const { data, members } = makeCommunity(2000, 20)
  const server = await serve(data)
  const cookie = await signIn(server, members.at(-1))
  await pageOf(server, essay, { cookie })
  const kith = headers => () => wrk(server.base + essay, { headers })
  const fossil = headers => () => wrk(forum.base + forum.page, { connections: 16, headers })
  const found = await inTurn({
    kith: kith({}),
    fossil: fossil({}),
    kithIn: kith({ cookie }),
    fossilIn: fossil({ cookie: forum.cookie })
  })
  for (const [who, one, other] of [['a stranger', found.kith, found.fossil],
    ['signed in', found.kithIn, found.fossilIn]]) {
    line(`page of 20 answers, ${who}: Fossil’s forum`, `${whole(other.perSecond)} a second`, '')
    line(`page of 20 answers, ${who}: Kith`, `${whole(one.perSecond)} a second = ` +
      `${ratio(one.perSecond, other.perSecond)} of Fossil`, '≥ 20 ×')
  }
  await server.stop()
}

async function measurePosts (forum) {
  const { data } = makeCommunity(2000, 20)
  const cookies = signedInMembers(data, 40_000)
  const server = await serve(data)
  let run = 0
  const kith = connections => () => wrk(server.base, {
    connections,
    script: 'bench/post.lua',
    words: [cookies, `${essay}/comments`, `${process.pid}-${run++}`]
  })
  for (const connections of [1, 16]) {
    const found = await inTurn({
      kith: kith(connections), fossil: () => postToFossil(forum, connections, run++)
    })
    const what = `answers kept, ${connections} client${connections > 1 ? 's' : ''}`
    line(`${what}: Fossil’s forum`, `${whole(found.fossil.perSecond)} a second, ` +
      `${whole(Math.max(0, found.fossil.failed))} lost or refused`, '')
    line(`${what}: Kith`, `${whole(found.kith.perSecond)} a second = ` +
      `${ratio(found.kith.perSecond, found.fossil.perSecond)} of Fossil, ` +
      `${found.kith.failed} refused`, '')
  }
  await server.stop()
}

export async function peers () {
  line('compared with', execFileSync('fossil', ['version'], { encoding: 'utf8' })
    .match(/version \S+/)[0], path.basename(program))
  const forum = await fossilForum()
  await measurePages(forum)
  await measurePosts(forum)
  await forum.stop()
}
