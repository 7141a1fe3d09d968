// A community to be ill-treated: the program on a data directory of its own, and raw requests.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'

export const program = path.resolve(process.env.KITH ?? 'build/dev/kith')

/** A port of this computer that nobody uses just now. */
export async function freePort () {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

/** A new directory; removed when the test has ended, after `leave`. */
export function newDirectory (test, leave = () => {}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'kith-faults-'))
  test.after(() => {
    leave(directory)
    rmSync(directory, { recursive: true, force: true })
  })
  return directory
}

/** Fills `data` with the demo community; gives its members. */
export const fillDemo = data =>
  JSON.parse(execFileSync(program, ['demo', '--json', '--data', data]))

/** Adds so many members to `data`, which isn't served yet; gives the cookie of each. */
export const signedInMembers = (data, count) =>
  String(execFileSync('tests/parts/members.py', [data, String(count)])).trim().split('\n')

/**
 * Serves `data` on a port that is free, until it is stopped or killed. `before` are words of a
 * command that goes before the program's own, to limit what it may do.
 */
export async function serve (test, data, options = {}) {
  const { flags = [], before = [], logLevel = 'error', environment = {} } = options
  const words = [...before, options.program ?? program, 'serve', '--data', data,
    '--listen', '127.0.0.1:0', '--log-level', logLevel, ...flags]
  const child = spawn(words[0], words.slice(1),
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } })
  const ended = once(child, 'exit')
  test.after(async () => { child.kill('SIGKILL'); await ended })
  const [line] = await Promise.race([once(child.stdout, 'data'),
    ended.then(([status]) => { throw new Error(`the server ended with ${status} at its start`) })])
  const url = new URL(String(line).match(/http:\S+/)[0])
  return {
    child,
    port: Number(url.port),
    base: url.origin,
    pid: child.pid,
    /** Kills it, as a lost current would; nothing is put in order. */
    async kill () { child.kill('SIGKILL'); await ended },
    /** Asks it to end; gives its exit status. */
    async stop () { child.kill('SIGTERM'); return (await ended)[0] },
    ended: async () => (await ended)[0]
  }
}

/**
 * One request on a connection of its own; `form` is sent urlencoded, `json` as JSON. A lost
 * connection throws.
 */
export function ask (server, target, { cookie, form, json, headers = {} } = {}) {
  const body = form ? String(new URLSearchParams(form)) : json ? JSON.stringify(json) : undefined
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const sent = { ...headers }
  if (cookie) sent.cookie = cookie
  if (body !== undefined) {
    Object.assign(sent, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  }
  const method = body === undefined ? 'GET' : 'POST'
  return new Promise((resolve, reject) => {
    const where = { host: '127.0.0.1', port: server.port, path: target }
    const request = http.request({ ...where, method, headers: sent, agent: false }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString()
      }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

const asksJson = { accept: 'application/json' }

/** What `target` holds for a program. */
export async function read (server, target, options = {}) {
  const headers = { ...asksJson, ...options.headers }
  const answer = await ask(server, target, { ...options, headers })
  if (answer.status !== 200) throw new Error(`${target} answered ${answer.status}: ${answer.body}`)
  return JSON.parse(answer.body)
}

/** Signs a member in; gives the cookie to send along. */
export async function signIn (server, { name, password }) {
  const answer = await ask(server, '/sign-in', { json: { name, password }, headers: asksJson })
  const cookie = answer.headers['set-cookie']?.[0]
  if (!cookie) throw new Error(`${name} could not sign in: ${answer.status} ${answer.body}`)
  return cookie.slice(0, cookie.indexOf(';'))
}

/** The path of an essay that everyone may read and answer. */
export async function someEssay (server) {
  return (await read(server, '/essays')).items[0].url
}

/** Posts a comment as a program does. */
export const comment = (server, essay, cookie, words, key) => ask(server, `${essay}/comments`, {
  cookie, json: { body: words, idempotency_key: key }, headers: asksJson
})

/** The words of every comment and reply of an essay, over all its pages. */
export async function allComments (server, essay, options) {
  const words = []
  for (let url = essay; url; ) {
    const { comments } = await read(server, url.split('#')[0], options)
    for (const thread of comments.items) {
      for (const one of [thread, ...thread.replies]) words.push(one.html)
    }
    url = comments.next_url
  }
  return words
}

/** Runs one statement on the database of `data`, past the program; gives its rows. */
export function sql (data, statement) {
  const script = 'import json, sqlite3, sys\n' +
    'with sqlite3.connect(sys.argv[1]) as database:\n' +
    '    print(json.dumps(database.execute(sys.argv[2]).fetchall()))'
  const file = path.join(data, 'kith.db')
  return JSON.parse(execFileSync('python3', ['-c', script, file, statement]))
}

/** "ok" when SQLite finds its file whole. */
export const integrity = data => sql(data, 'pragma integrity_check')[0][0]

/** A bare connection: what is written goes out as it is; `received` grows until it is closed. */
export async function connect (server) {
  const socket = net.connect({ host: '127.0.0.1', port: server.port, noDelay: true })
  const connection = {
    socket,
    received: '',
    closed: new Promise(resolve => socket.on('close', resolve)),
    write: text => socket.write(text)
  }
  socket.on('data', part => { connection.received += part })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return connection
}

/** What `promise` gives; a test that waits longer than `seconds` has failed. */
export function within (seconds, promise, what) {
  let timer
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${seconds} s`)), seconds * 1000)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
