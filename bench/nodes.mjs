// What PostgreSQL and several nodes cost: the same page and comments on SQLite, on one node with
// PostgreSQL, and on three nodes behind HAProxy with NATS.
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import {
  inTurn, line, makeCommunity, newDirectory, p99Of, program, ratio, serve, signedInMembers, whole,
  wrk
} from './tools.mjs'

const essay = '/essays/bench-0'
const failures = ({ failed }) => failed ? `, ${failed} FAILED` : ''

/** Three nodes behind HAProxy, and one alone, each with the community of `data`. */
async function onPostgres (data) {
  process.env.KITH = program
  const { Nats, Node, Place, Postgres, startProxy } = await import('../tests/cluster/parts.mjs')
  const place = new Place()
  const postgres = await Postgres.make(place, 'postgres', undefined, { durable: true })
  const url = name => `postgresql://kith@127.0.0.1:${postgres.port}/${name}`
  postgres.sql('create database alone template template0')
  execFileSync(program, ['move', '--data', data, '--to', url('alone')])
  postgres.sql('create database shared template alone')
  const secret = path.join(data, 'secret.key')
  const nats = await Nats.make(place)
  const alone = await Node.make(place, 'alone', { database: url('alone'), secret })
  const nodes = []
  for (const name of ['one', 'two', 'three']) {
    nodes.push(await Node.make(place, name, { database: url('shared'), nats, secret }))
  }
  for (const node of [alone, ...nodes]) await node.start()
  return { place, postgres, alone, proxy: await startProxy(place, nodes) }
}

/** Bytes of all tables and indexes, and how many comments there are. */
function size (postgres, database) {
  const [bytes, comments] = postgres.sql(`vacuum analyze;
    select sum(pg_total_relation_size(oid)) || ' ' || (select count(*) from comments)
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`, database)
    .split(' ').map(Number)
  return { bytes, comments }
}

export async function nodes () {
  const { data } = makeCommunity(2000, 20)
  const cookies = signedInMembers(data, 20_000)
  const here = newDirectory()
  const sqlite = path.join(here, 'sqlite')
  execFileSync('cp', ['-r', data, sqlite])
  copyFileSync(cookies, path.join(here, 'cookies'))
  const reader = execFileSync('head', ['-n', '1', cookies]).toString().trim()
  const { place, postgres, alone, proxy } = await onPostgres(data)
  const server = await serve(sqlite)
  const ports = { SQLite: server.port, PostgreSQL: alone.port, 'three nodes': proxy.port }
  const tell = (what, found) => {
    for (const [name, one] of Object.entries(found)) {
      line(`${what}, ${name}`, `${whole(one.perSecond)} a second = ` +
        `${ratio(one.perSecond, found.SQLite.perSecond)} of SQLite, ${p99Of(one)}` +
        failures(one), '')
    }
  }
  const each = measure => Object.fromEntries(Object.entries(ports)
    .map(([name, port]) => [name, () => measure(`http://127.0.0.1:${port}`)]))
  tell('essay page, signed in', await inTurn(each(base =>
    wrk(base + essay, { headers: { cookie: reader } }))))
  const before = size(postgres, 'alone')
  let run = 0
  tell('comments, 16 clients', await inTurn(each(base => wrk(base, {
    connections: 16,
    script: 'bench/post.lua',
    words: [cookies, `${essay}/comments`, `${process.pid}-${run++}`]
  }))))
  const after = size(postgres, 'alone')
  line('what a comment adds to PostgreSQL, with all that goes with it',
    `${whole((after.bytes - before.bytes) / (after.comments - before.comments))} bytes`, '')
  await server.stop()
  await place.leave()
}
