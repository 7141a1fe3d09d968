// What the parts of script/bench share: a community to measure, nginx, wrk, what a process needs.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const program = path.resolve(process.env.KITH ?? 'build/release/kith')
export const rounds = Number(process.env.KITH_BENCH_ROUNDS ?? 3)
export const seconds = Number(process.env.KITH_BENCH_SECONDS ?? 10)
const build = path.resolve('build/bench')
mkdirSync(build, { recursive: true })

/** Prints one measured figure, with its aim. */
export const line = (what, figure, aim) =>
  console.log(`${what.padEnd(58)} ${figure.padEnd(34)} ${aim}`)
const orSaid = (number, shown) => Number.isFinite(number) ? shown(number) : 'NO FIGURE'
export const whole = number => orSaid(number, () => Math.round(number).toLocaleString('en'))
export const ratio = (one, other) => orSaid(one / other, quotient => quotient.toFixed(2))
/** The 99th percentile of a run of wrk, as a line says it. */
export const p99Of = ({ p99 }) => `p99 ${orSaid(p99, String)} ms`

/** The middle one of those that there are. */
export function median (numbers) {
  const there = numbers.filter(Number.isFinite).sort((a, b) => a - b)
  return there.length > 0 ? there[Math.floor(there.length / 2)] : NaN
}

/** A directory that is removed when the program ends. */
export function newDirectory () {
  const directory = mkdtempSync(path.join(build, 'run-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** A demo community with so many more essays and comments; not served yet. */
export function makeCommunity (essays, comments) {
  const data = newDirectory()
  const members = JSON.parse(execFileSync(program, ['demo', '--json', '--data', data]))
  execFileSync('python3', ['bench/fill.py', data, String(essays), String(comments)])
  return { data, members }
}

/** A file with the cookies of so many more members of `data`, which isn't served yet. */
export function signedInMembers (data, count) {
  const file = path.join(data, 'cookies')
  writeFileSync(file, execFileSync('tests/parts/members.py', [data, String(count)],
    { maxBuffer: 256 * 1024 * 1024 }))
  return file
}

/** Serves `data` until stop(). */
export async function serve (data, log = 'warning') {
  const child = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0',
    '--trusted-proxies', '127.0.0.1', // many streams from here, as through a proxy
    '--log-level', log, '--log-file', path.join(data, 'kith.log')],
  { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  process.on('exit', () => child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  const { port } = new URL(String(line).match(/http:\S+/)[0])
  return {
    pid: child.pid,
    port: Number(port),
    base: `http://127.0.0.1:${port}`,
    async stop () { child.kill('SIGTERM'); await ended }
  }
}

/** The cookie of a member who has just signed in. */
export async function signIn (server, { name, password }) {
  const answer = await fetch(`${server.base}/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ name, password }),
    headers: { 'content-type': 'application/json', accept: 'application/json' }
  })
  return answer.headers.get('set-cookie').split(';')[0]
}

/** The bytes of a page as a browser without compression gets them. */
export async function pageOf (server, target, headers = {}) {
  const answer = await fetch(server.base + target, {
    headers: { accept: '*/*', 'accept-encoding': 'identity', ...headers }
  })
  if (answer.status !== 200) throw new Error(`${target} answered ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}

/** Debian's nginx with each of `pages` as a static file; gives their addresses. */
export async function nginxWith (pages) {
  const root = newDirectory()
  pages.forEach((bytes, number) => writeFileSync(path.join(root, `page-${number}.html`), bytes))
  const port = 20000 + process.pid % 10000
  writeFileSync(path.join(root, 'nginx.conf'), `
    worker_processes auto; daemon off; pid ${root}/pid; error_log ${root}/error.log;
    events { worker_connections 4096; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
      open_file_cache max=100; default_type text/html; client_body_temp_path ${root}/a;
      proxy_temp_path ${root}/b; fastcgi_temp_path ${root}/c; uwsgi_temp_path ${root}/d;
      scgi_temp_path ${root}/e;
      server { listen 127.0.0.1:${port} backlog=4096; root ${root}; }
    }`)
  // Workers under another user could not read what is in this one's directories.
  const words = process.getuid() === 0 ? ['-g', 'user root;'] : []
  const child = spawn('/usr/sbin/nginx', ['-c', path.join(root, 'nginx.conf'), ...words],
    { stdio: 'inherit' })
  process.on('exit', () => child.kill('SIGTERM'))
  const urls = pages.map((bytes, number) => `http://127.0.0.1:${port}/page-${number}.html`)
  await until(async () => (await fetch(urls[0])).status === 200)
  return { urls, stop: () => child.kill('SIGTERM') }
}

/** Asks again every millisecond until `asked` gives true; whatever it throws counts as false. */
export async function until (asked) {
  while (!await asked().catch(() => false)) await new Promise(resolve => setTimeout(resolve, 1))
}

/**
 * What wrk says at its end: requests a second, the 99th percentile in milliseconds, what failed.
 * A figure that isn't there is NaN. The percentiles stand at the beginning of lines; elsewhere
 * "99%" ends the share of requests within a standard deviation.
 */
export function readWrk (said) {
  const [, number, unit] = said.match(/^ *99% +([\d.]+)(us|ms|s|m|h)\b/m) ?? []
  const answered = said.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0
  // Asked, and never answered: connect, read, write, timeout.
  const lost = said.match(/Socket errors: (.*)/)?.[1].match(/\d+/g) ?? []
  return {
    perSecond: Number(said.match(/^Requests\/sec: +([\d.]+)/m)?.[1] ?? NaN),
    p99: Number(number ?? NaN) * { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit],
    failed: [answered, ...lost].reduce((sum, count) => sum + Number(count), 0)
  }
}

/** One run of wrk; see readWrk. */
export async function wrk (url, { connections = 64, headers = {}, script, words = [] } = {}) {
  const flags = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency']
  for (const [name, value] of Object.entries(headers)) flags.push('-H', `${name}: ${value}`)
  if (script) flags.push('-s', script)
  const child = spawn('wrk', [...flags, url, ...(script ? ['--', ...words] : [])],
    { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', part => { said += part })
  await once(child, 'close')
  return readWrk(said)
}

/** Runs each of `measures` in turn, so many rounds; gives the medians by name. */
export async function inTurn (measures) {
  const runs = Object.fromEntries(Object.keys(measures).map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) runs[name].push(await measure())
  }
  return Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, {
    perSecond: median(all.map(run => run.perSecond)),
    p99: median(all.map(run => run.p99)),
    failed: all.reduce((sum, run) => sum + run.failed, 0)
  }]))
}

/** How long `count` requests took, one after the other, in milliseconds, sorted. They come from
 * several loopback addresses, since one alone may not ask so often. */
export async function millisecondsOf (server, count, target) {
  const took = []
  for (let number = 0; number < count; number++) {
    const localAddress = `127.0.${1 + nextAddress % 250}.${1 + number % 20}`
    const began = performance.now()
    const asked = get({ host: '127.0.0.1', port: server.port, path: target(number), localAddress })
    const [answer] = await once(asked, 'response')
    if (answer.statusCode !== 200) throw new Error(`${target(number)}: ${answer.statusCode}`)
    answer.resume()
    await once(answer, 'end')
    took.push(performance.now() - began)
  }
  nextAddress++
  return took.sort((a, b) => a - b)
}
let nextAddress = 0

/** The memory that is a process's own, shared pages by their part, in MiB. */
export function memory (pid) {
  const [, kilobytes] = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)
  return Number(kilobytes) / 1024
}

/** A program of bench/, compiled; `flags` go behind its source. */
function compiled (name, flags = []) {
  const to = path.join(build, name)
  execFileSync('g++', ['-std=c++20', '-O2', `bench/${name}.cpp`, ...flags, '-o', to])
  return to
}

/** The program that opens event streams. */
export const streamsProgram = () => compiled('streams')

/** The program that renders hostile Markdown with the release build's own renderer. */
export const markdownProgram = () => compiled('markdown', ['-Isrc', '-Itests/parts',
  '-include', 'cmake/precompiled.hpp', path.join(path.dirname(program), 'libkith_base.a'),
  '-lmd4c', '-lsodium'])
