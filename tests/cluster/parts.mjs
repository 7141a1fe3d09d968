// The parts of a cluster on loopback: PostgreSQL with a standby, NATS, HAProxy, nodes of Kith.
// Each runs as a child that goes with its test, on ports of its own.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, chmodSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync,
  readdirSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { comment, freePort, program } from '../faults/community.mjs'

/** Asks until `question` gives something true; gives that. For what comes true by itself. */
export async function until (question, what, seconds = 60) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await question()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Sends a comment until it is kept, with its key each time, as a browser does. True if the answer
 * that kept it said so; `refused` hears each refusal, and false of it gives up. */
export async function keepComment (node, essay, cookie, words, refused = () => true) {
  for (;;) {
    const answer = await comment(node, essay, cookie, words, `key ${words}`)
    if (answer.status === 201 || answer.status === 409) return answer.status === 201
    assert.equal(answer.status, 503, answer.body)
    if (!refused(answer)) return false
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const listens = port => new Promise(resolve => {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('connect', () => { socket.destroy(); resolve(true) })
  socket.on('error', () => resolve(false))
})

/** The processes that `parent` has started and that still run. */
const childrenOf = parent => readdirSync('/proc').map(Number).filter(number => {
  try {
    const [, rest] = readFileSync(`/proc/${number}/stat`, 'utf8').split(') ')
    return Number(rest.split(' ')[1]) === parent
  } catch { return false }
})

/** Sends a signal to each process that is still there. */
function signal (processes, name) {
  for (const number of processes) {
    try { process.kill(number, name) } catch (error) { if (error.code !== 'ESRCH') throw error }
  }
}

/** A directory for a whole test; what runs in it ends first. */
export class Place {
  #children = []
  constructor () {
    this.directory = mkdtempSync(path.join(tmpdir(), 'kith-cluster-'))
    chmodSync(this.directory, 0o755)
  }

  folder (name) {
    const folder = path.join(this.directory, name)
    mkdirSync(folder)
    return folder
  }

  /** Starts a program; `as` is the user to be, for who may. */
  start (words, { as, env, name }) {
    const log = openSync(path.join(this.directory, `${name}.log`), 'a')
    const before = ['setpriv', '--pdeathsig', 'KILL', ...(as ? asUser(as) : [])]
    const all = [...before, ...words]
    const child = spawn(all[0], all.slice(1),
      { stdio: ['ignore', log, log], env: { ...process.env, ...env }, cwd: this.directory })
    child.ended = once(child, 'exit')
    this.#children.push(child)
    return child
  }

  log (name) { return readFileSync(path.join(this.directory, `${name}.log`), 'utf8') }

  async leave () {
    for (const child of this.#children.reverse()) {
      child.kill('SIGKILL')
      await child.ended
    }
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

const isRoot = process.getuid() === 0
const asUser = user => isRoot ? ['--reuid', user, '--regid', user, '--clear-groups'] : []

function postgresProgram (name) {
  const root = '/usr/lib/postgresql'
  const version = readdirSync(root).map(Number).sort((a, b) => b - a)[0]
  return path.join(root, String(version), 'bin', name)
}

/** A PostgreSQL server; a standby of `primary` when there is one. */
export class Postgres {
  static async make (place, name, primary, { durable = false } = {}) {
    const server = new Postgres()
    Object.assign(server,
      { place, name, durable, port: await freePort(), folder: place.folder(name) })
    chmodSync(server.folder, 0o700)
    if (isRoot) {
      const [user, group] = ['-u', '-g'].map(what => Number(execFileSync('id', [what, 'postgres'])))
      chownSync(server.folder, user, group)
    }
    const data = `--pgdata=${server.folder}`
    if (primary) {
      server.#run('pg_basebackup', [data, '-h', '127.0.0.1', '-p', String(primary.port), '-U',
        'kith', '--write-recovery-conf', '--checkpoint=fast', '--no-sync'])
    } else {
      server.#run('initdb', [data, '--username=kith', '--auth=trust', '--encoding=UTF8',
        '--locale=C', '--no-sync'])
    }
    await server.start()
    return server
  }

  #run (name, words) {
    const all = ['setpriv', ...(isRoot ? asUser('postgres') : ['--pdeathsig', 'KILL']),
      postgresProgram(name), ...words]
    execFileSync(all[0], all.slice(1), { cwd: this.place.directory, stdio: 'pipe' })
  }

  async start () {
    this.child = this.place.start([postgresProgram('postgres'), '-D', this.folder,
      '-c', 'listen_addresses=127.0.0.1', '-c', `port=${this.port}`,
      '-c', `unix_socket_directories=${this.folder}`, '-c',
      `fsync=${this.durable ? 'on' : 'off'}`,
      '-c', 'shared_buffers=32MB', '-c', 'max_connections=200', '-c',
      'max_wal_senders=4'], { as: 'postgres', name: this.name })
    await until(() => {
      try { return this.sql('select 1') === '1' } catch { return false }
    }, `${this.name} answers`)
  }

  /** Runs SQL as the owner; gives its rows, a line each. */
  sql (script, database = 'postgres') {
    return String(execFileSync('psql', ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'kith',
      '-d', database, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'],
    { input: script, stdio: ['pipe', 'pipe', 'pipe'] })).trim()
  }

  /** As a machine that loses its current; its connections are cut. */
  async kill () {
    // The whole group of processes would go with the machine: they end with their parent.
    this.child.kill('SIGKILL')
    await this.child.ended
    await until(async () => !await listens(this.port), `${this.name} is gone`)
  }

  async stop () { this.child.kill('SIGINT'); await this.child.ended }

  /** The processes that serve sessions and what goes on beside them. */
  get processes () { return childrenOf(this.child.pid) }

  /** Says nothing from now on, as a machine whose disk stands still; its connections stay. */
  fallSilent () {
    // The one that starts the others first.
    signal([this.child.pid], 'SIGSTOP')
    signal(this.processes, 'SIGSTOP')
  }

  goOn () { signal([...this.processes, this.child.pid], 'SIGCONT') }
}

/** PgBouncer in front of a PostgreSQL, as docs/cluster.md has it. */
export class PgBouncer {
  static async make (place, postgres, mode) {
    const bouncer = new PgBouncer()
    bouncer.port = await freePort()
    const name = `pgbouncer-${mode}`
    const folder = place.folder(name)
    const users = path.join(folder, 'users')
    writeFileSync(users, '"kith" ""\n')
    const settings = path.join(folder, 'pgbouncer.ini')
    writeFileSync(settings, `[databases]
kith = host=127.0.0.1 port=${postgres.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${bouncer.port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 150
max_client_conn = 500
query_wait_timeout = 5
server_login_retry = 1
`)
    place.start(['pgbouncer', settings], { as: 'postgres', name })
    await until(() => listens(bouncer.port), 'PgBouncer listens')
    return bouncer
  }

  get url () { return `postgresql://kith@127.0.0.1:${this.port}/kith` }
}

/** Three servers of NATS that know each other. */
export class Nats {
  static async make (place) {
    const nats = new Nats()
    const ports = []
    for (let at = 0; at < 6; at++) ports.push(await freePort())
    nats.place = place
    nats.ports = ports.slice(0, 3)
    nats.routes = ports.slice(3)
    nats.children = []
    await nats.start()
    return nats
  }

  get url () { return this.ports.map(port => `nats://127.0.0.1:${port}`).join(',') }

  async start () {
    const routes = this.routes.map(port => `nats://127.0.0.1:${port}`)
    this.children = this.ports.map((port, at) => this.place.start(['nats-server', '-a', '127.0.0.1',
      '-p', String(port), '--cluster_name', 'kith', '--cluster', routes[at], '--routes',
      routes.filter(route => route !== routes[at]).join(',')], { name: `nats${at}` }))
    for (const port of this.ports) await until(() => listens(port), 'NATS listens')
  }

  async kill () {
    for (const child of this.children) { child.kill('SIGKILL'); await child.ended }
  }

  /** Say nothing from now on; their connections stay. */
  fallSilent () { signal(this.children.map(child => child.pid), 'SIGSTOP') }
  goOn () { signal(this.children.map(child => child.pid), 'SIGCONT') }
}

/** A node of Kith in front of `database`. Its files lie where those of the others do. */
export class Node {
  static async make (place, name, { database, nats, proxies = '127.0.0.1', flags = [], secret }) {
    const node = new Node()
    Object.assign(node, { place, name, database, nats, flags, proxies, port: await freePort() })
    node.data = place.folder(name)
    if (secret) {
      copyFileSync(secret, path.join(node.data, 'secret.key'))
      chmodSync(path.join(node.data, 'secret.key'), 0o600)
    }
    return node
  }

  get words () {
    const bus = this.nats ? ['--bus', this.nats.url] : []
    return ['--data', this.data, '--database', this.database, ...bus, '--log-level', 'info',
      '--files', path.join(this.place.directory, 'files'), ...this.flags]
  }

  async start () {
    this.child = this.place.start([program, 'serve', ...this.words, '--listen',
      `127.0.0.1:${this.port}`, '--trusted-proxies', this.proxies], { name: this.name })
    let ended
    this.child.ended.then(([status]) => { ended = status ?? 'a signal' })
    await until(async () => {
      if (ended !== undefined) {
        throw new Error(`${this.name} ended with ${ended}: ${this.place.log(this.name)}`)
      }
      return listens(this.port)
    }, `${this.name} serves`, 120)
  }

  /** What `kith doctor` says of this node, beside it: the verdict on each place. */
  doctor () {
    const { stdout } = spawnSync(program, ['doctor', '--json', ...this.words], { encoding: 'utf8' })
    return Object.fromEntries(JSON.parse(stdout).map(line => [line.place, line.verdict]))
  }

  async kill () { this.child.kill('SIGKILL'); await this.child.ended }
  /** Asks it to end; gives its status. */
  async stop () { this.child.kill('SIGTERM'); return (await this.child.ended)[0] }
}

/** HAProxy with the configuration that the package brings. */
export async function startProxy (place, nodes) {
  const port = await freePort()
  const env = { KITH_BIND: `127.0.0.1:${port}`, KITH_SCHEME: 'http' }
  for (let at = 0; at < 3; at++) {
    env[`KITH_NODE_${at + 1}`] = `127.0.0.1:${(nodes[at] ?? nodes[0]).port}`
  }
  place.start(['haproxy', '-db', '-f', path.resolve('packaging/haproxy/kith.cfg')],
    { name: 'haproxy', env })
  await until(() => listens(port), 'HAProxy listens')
  return { port }
}

/** Members who are signed in; gives the cookie of each. */
export function addMembers (postgres, node, count) {
  const made = execFileSync('tests/cluster/members.py', [node.data, String(count)],
    { maxBuffer: 64 * 1024 * 1024 })
  const { sql, cookies } = JSON.parse(made)
  postgres.sql(sql, 'kith')
  return cookies
}

/** An event stream as a browser keeps it: cut off, it comes back with what it had last. */
export class Stream {
  ids = []
  frames = []
  cuts = 0
  statuses = []
  #ended = false
  constructor (servers, target, cookie, last) {
    Object.assign(this, { servers: [servers].flat(), target, cookie, last })
    this.opened = new Promise(resolve => { this.open = resolve })
    this.#connect()
  }

  #connect () {
    if (this.#ended) return
    const server = this.servers[this.cuts % this.servers.length]
    const headers = { accept: 'text/event-stream' }
    if (this.cookie) headers.cookie = this.cookie
    const last = this.ids.at(-1) ?? this.last
    if (last) headers['last-event-id'] = last
    let isGone = false
    const again = () => {
      if (isGone) return
      isGone = true
      this.cuts += 1
      setTimeout(() => this.#connect(), 100)
    }
    this.request = http.request({ host: '127.0.0.1', port: server.port, path: this.target, headers,
      agent: false }, answer => {
      this.statuses.push(answer.statusCode)
      if (answer.statusCode === 200) this.open()
      let text = ''
      answer.on('data', part => {
        text += part
        if (answer.statusCode !== 200) return
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          this.#take(text.slice(0, end))
        }
      })
      answer.on('close', again)
      answer.on('error', again)
    })
    this.request.on('error', again)
    this.request.end()
  }

  #take (frame) {
    const id = frame.match(/^id: (.*)$/m)?.[1]
    if (!id && !/^event: reload$/m.test(frame)) return
    this.frames.push(frame)
    if (id) this.ids.push(id)
  }

  has (words) { return this.frames.some(frame => frame.includes(words)) }
  heard (words) { return until(() => this.has(words), `the stream hears "${words}"`) }
  end () { this.#ended = true; this.request.destroy() }
}
