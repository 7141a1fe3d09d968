// Measures Kith against nginx on this machine; see bench/README.md for the method.
// Usage: script/bench [part …] [--nodes] [--peers]
// Parts: pages posts start streams growth talk distance today markdown search
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import {
  inTurn, line, makeCommunity, markdownProgram, median, memory, millisecondsOf, newDirectory,
  nginxWith, p99Of, pageOf, program, ratio, rounds, serve, signIn, signedInMembers, streamsProgram,
  until, whole, wrk
} from './tools.mjs'
import { nodes } from './nodes.mjs'
import { peers } from './peers.mjs'

const essay = '/essays/bench-0'
const failures = ({ failed }) => failed ? `, ${failed} FAILED` : ''

/** The page of an essay with 20 comments, beside the same bytes as a file of nginx. */
async function pages () {
  const { data, members } = makeCommunity(2000, 20)
  const server = await serve(data)
  const rest = memory(server.pid)
  const cookie = await signIn(server, members.at(-1))
  const bytes = await pageOf(server, essay)
  const signedInBytes = await pageOf(server, essay, { cookie })
  const nginx = await nginxWith([bytes, signedInBytes])
  const found = await inTurn({
    nginx: () => wrk(nginx.urls[0]),
    anonymous: () => wrk(server.base + essay),
    signedInNginx: () => wrk(nginx.urls[1]),
    signedIn: () => wrk(server.base + essay, { headers: { cookie } })
  })
  const { anonymous, signedIn } = found
  const load = memory(server.pid)
  line(`nginx, ${bytes.length} bytes`, `${whole(found.nginx.perSecond)} a second`, '')
  const beside = (one, file) => `${whole(one.perSecond)} = ` +
    `${ratio(one.perSecond, file.perSecond)} of nginx, ${p99Of(one)}${failures(one)}`
  line('essay page, anonymous, 64 connections', beside(anonymous, found.nginx), '≥ 0.7')
  line(`nginx, ${signedInBytes.length} bytes`,
      `${whole(found.signedInNginx.perSecond)} a second`, '')
  line('essay page, signed in, 64 connections', beside(signedIn, found.signedInNginx),
    '≥ 0.2, p99 ≤ 20 ms')
  line('memory (PSS) at rest', `${whole(rest)} MiB`, '≤ 40 MiB')
  line('memory (PSS) after this load', `${whole(load)} MiB`, '≤ 120 MiB')
  nginx.stop()
  await server.stop()
}

/** Comments, each on the disk before its author is told. */
async function posts () {
  const { data } = makeCommunity(2000, 5)
  // None of them writes more often than anyone may (member_comments_max).
  const cookies = signedInMembers(data, 40_000)
  const server = await serve(data)
  const aims = { 1: '≥ 1,500', 16: '≥ 8,000', 64: '≥ 12,000' }
  let run = 0
  const post = connections => () => wrk(server.base, {
    connections,
    script: 'bench/post.lua',
    words: [cookies, `${essay}/comments`, `${process.pid}-${run++}`]
  })
  const found = await inTurn({ 1: post(1), 16: post(16), 64: post(64) })
  for (const [clients, one] of Object.entries(found)) {
    line(`comment posted, durable, ${clients} clients`,
      `${whole(one.perSecond)} a second, ${p99Of(one)}${failures(one)}`,
      `${aims[clients]}, p99 ≤ 50 ms`)
  }
  line('memory (PSS) after posting', `${whole(memory(server.pid))} MiB`, '≤ 120 MiB')
  await server.stop()
}

/** From nothing to the first page, with 100,000 comments there. */
async function start () {
  const { data } = makeCommunity(5000, 20)
  const took = []
  for (let round = 0; round < Math.max(5, rounds); round++) {
    const began = performance.now()
    const server = await serve(data)
    await until(async () => (await fetch(server.base + essay)).status === 200)
    took.push(performance.now() - began)
    await server.stop()
  }
  line('cold start to the first page, 100,000 comments', `${whole(median(took))} ms`, '≤ 100 ms')
}

/** One event to ten thousand who listen. */
async function streams () {
  const count = 10_000
  const { data, members } = makeCommunity(100, 5)
  const server = await serve(data)
  const cookie = await signIn(server, members.at(-1))
  const page = JSON.parse(await pageOf(server, essay, { cookie, accept: 'application/json' }))
  const words = 'An answer that all hear. ########'
  const body = JSON.stringify({ body: words, idempotency_key: '########' })
  const request = path.join(newDirectory(), 'request')
  writeFileSync(request, `POST ${essay}/comments HTTP/1.1\r\nHost: kith.example\r\n` +
    `Cookie: ${cookie}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`)
  const before = memory(server.pid)
  const child = spawn(streamsProgram(),
    [String(server.port), String(count), page.comments.live_url, request],
    { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const opened = (await lines.next()).value
  const each = (memory(server.pid) - before) * 1024 * 1024 / count
  const last = []
  for (let round = 0; round < 11; round++) {
    child.stdin.write('\n')
    last.push(Number((await lines.next()).value.split(' ')[3]))
  }
  child.stdin.end()
  line(`${whole(count)} event streams opened`, `${whole(Number(opened.split(' ')[1]))} ms`, '')
  line('one event to all of them, from the comment on', `${whole(median(last))} ms`, '≤ 120 ms')
  line('memory of each (the program\'s own)', `${whole(each)} bytes`, '≤ 12 KB')
  await server.stop()
}

/** Pages by chance in a small and in a large community. */
async function growth () {
  const small = { essays: 2000, each: 5 }
  const large = { essays: Number(process.env.KITH_BENCH_ESSAYS ?? 100_000), each: 20 }
  for (const size of [small, large]) {
    const { data, members } = makeCommunity(size.essays, size.each)
    size.server = await serve(data)
    size.cookie = await signIn(size.server, members.at(-1))
  }
  const open = ({ server, essays, cookie }) => () =>
    wrk(server.base, { script: 'bench/essays.lua', words: [cookie, String(essays)] })
  // The same page in both: one with 20 comments of its own.
  const twin = makeCommunity(small.essays, large.each)
  const server = await serve(twin.data)
  const same = { server, essays: small.essays, cookie: await signIn(server, twin.members.at(-1)) }
  const found = await inTurn({ small: open(small), same: open(same), large: open(large) })
  const time = ({ perSecond }) => 1_000_000 / perSecond
  const sizes = { small, same: { ...same, each: large.each }, large }
  for (const [name, size] of Object.entries(sizes)) {
    line(`essay pages by chance, ${whole(size.essays)} × ${size.each} comments`,
      `${whole(found[name].perSecond)} a second${failures(found[name])}`, '')
  }
  line('growth: a page of 20 comments among 2,000,000, to 40,000',
    `${ratio(time(found.large), time(found.same))} ×`, '≤ 1.2 ×')
  for (const one of [small, large, same]) await one.server.stop()
}

/** Pages of a conversation of 10,000 comments, wherever one comes in, beside one of 20. */
async function talk () {
  const conversation = async comments => {
    const { data, members } = makeCommunity(1, comments)
    const server = await serve(data)
    return { server, cookie: await signIn(server, members.at(-1)) }
  }
  const short = await conversation(20)
  const long = await conversation(10_000)
  const comments = async target => JSON.parse(await pageOf(long.server, target,
    { cookie: long.cookie, accept: 'application/json' })).comments
  const withoutMark = url => url.split('#')[0]
  const last = `${essay}?comments=newest`
  const before = withoutMark((await comments(last)).previous_url)
  const linked = (await comments(before)).items[0].url
  const at = ({ server, cookie }, target) => () =>
    wrk(server.base + target, { headers: { cookie } })
  const found = await inTurn({
    short: at(short, essay),
    first: at(long, essay),
    last: at(long, last),
    before: at(long, before),
    link: at(long, linked)
  })
  const names = {
    short: 'a conversation of 20, signed in',
    first: 'the first page of 10,000',
    last: 'the newest page of 10,000',
    before: 'the page before that',
    link: 'a link to a comment there, led to its page'
  }
  for (const [name, one] of Object.entries(found)) {
    line(names[name], `${whole(one.perSecond)} a second, ${p99Of(one)}${failures(one)}`,
      name === 'short' ? '' : 'p99 ≤ 50 ms')
  }
  // A page holds 50 of the 10,000, and all 20 of the short one.
  line('time of a page in the middle, to the one of 20',
    `${ratio(found.short.perSecond, found.before.perSecond)} ×`, '≤ 2.5 ×')
  for (const one of [short, long]) await one.server.stop()
}

/** The page of an essay with 20 comments, among 100,000 members, for who keeps distance from none,
 * from ten and from a thousand of them. */
async function distance () {
  const data = newDirectory()
  execFileSync(program, ['demo', '--json', '--data', data])
  const cookies = readFileSync(signedInMembers(data, 100_000), 'utf8').split('\n')
  execFileSync('python3', ['bench/fill.py', data, '2000', '20'])
  const counts = [0, 10, 1000]
  counts.forEach((count, number) =>
    execFileSync('bench/distances.py', [data, `Member ${number}`, String(count)]))
  const server = await serve(data)
  const found = await inTurn(Object.fromEntries(counts.map((count, number) => [`from ${count}`,
    () => wrk(server.base + essay, { headers: { cookie: cookies[number] } })])))
  for (const [name, one] of Object.entries(found)) {
    line(`a page for who keeps distance ${name} of 100,000`,
      `${whole(one.perSecond)} a second, ${p99Of(one)}${failures(one)}`, '')
  }
  const all = Object.values(found).map(one => one.perSecond)
  line('the slowest of these to the quickest', `${ratio(Math.max(...all), Math.min(...all))} ×`,
    '≤ 1.3 ×')
  await server.stop()
}

/** Today for a member of 20 circles, beside one of none. */
async function today () {
  const { data, members } = makeCommunity(1, 5)
  const server = await serve(data)
  const [, , alone, one, other, reader] = await Promise.all(members.slice(-6).map(
    member => signIn(server, member)))
  const send = async (cookie, target, body) => {
    const answer = await fetch(server.base + target, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body)
    })
    if (answer.status >= 400) throw new Error(`${target}: ${await answer.text()}`)
    const { location } = await answer.json()
    return new URL(answer.headers.get('location') ?? location, server.base).pathname
  }
  for (let number = 0; number < 20; number++) {
    const keeper = number % 2 ? one : other
    const circle = await send(keeper, '/circles/new', {
      name: `Circle ${number}`, purpose: 'To be measured.', joining: 'open', kind: 'friends',
      agreement: 'We measure kindly.'
    })
    await send(reader, `${circle}/join`, { agreement_version: 1 })
    for (const title of ['A question', 'An answer', 'A walk']) {
      await send(keeper, `${circle}/conversations`, { title, body: 'Words that wait for some.' })
    }
  }
  const found = await inTurn({
    alone: () => wrk(server.base, { headers: { cookie: alone } }),
    reader: () => wrk(server.base, { headers: { cookie: reader } })
  })
  const names = { alone: 'Today, of no circle', reader: 'Today, of 20 circles' }
  for (const [name, measured] of Object.entries(found)) {
    line(names[name],
      `${whole(measured.perSecond)} a second, ${p99Of(measured)}${failures(measured)}`,
      'p99 ≤ 50 ms')
  }
  await server.stop()
}

/** What a parser bomb of the largest essay costs. */
function markdown () {
  const slowest = Array.from({ length: Math.max(3, rounds) }, () =>
    Number(String(execFileSync(markdownProgram())).split(' ')[0]))
  line('the slowest of 40 hostile essays of 256 KB, rendered', `${median(slowest)} ms`, '< 100 ms')
}

/** Searches of one after the other, among a million comments. */
async function search () {
  const comments = Number(process.env.KITH_BENCH_COMMENTS ?? 1_000_000)
  const { data } = makeCommunity(comments / 20, 20)
  const began = performance.now()
  execFileSync(program, ['search', 'reindex', '--data', data])
  line(`index of ${whole(comments)} comments made anew`,
    `${whole((performance.now() - began) / 1000)} s`, '')
  const server = await serve(data)
  const heron = number => `heron${number * 37 % 5000}`
  const questions = {
    'a word that 200 have': heron,
    'a common and a rare word': number => `quiet ${heron(number)}`,
    'two words that nearly all have': number => ['quiet morning', 'listens waiting'][number % 2],
    'a phrase of such words': number => ['"to say"', '"quiet morning"'][number % 2],
    'the most common words, one by one': number => 'the it to say'.split(' ')[number % 4],
    'a common word without another': number => `quiet -${heron(number)}`,
    'the beginning of many words': number => ['hero', 'heron1'][number % 2],
    'a word that nobody wrote': number => `albatross${number}`
  }
  for (const [what, question] of Object.entries(questions)) {
    const took = await millisecondsOf(server, 400,
      number => `/search?kind=comments&q=${encodeURIComponent(question(number))}`)
    const place = part => took[Math.floor(took.length * part)].toFixed(1)
    line(`search: ${what}`, `p50 ${place(0.5)} ms, p99 ${place(0.99)} ms`,
      'p50 ≤ 10 ms, p99 ≤ 50 ms')
  }
  await server.stop()
}

const parts = { pages, posts, start, streams, growth, talk, distance, today, markdown, search }
const named = process.argv.slice(2)
const wanted = named.length > 0 ? named : Object.keys(parts)
const measures = { ...parts, '--nodes': nodes, '--peers': peers }
for (const name of wanted) {
  if (measures[name]) continue
  console.error(`script/bench: there is no part "${name}" (${Object.keys(measures).join(' ')})`)
  process.exit(2)
}
for (const name of wanted) await measures[name]()
process.exit(0)
