// A PostgreSQL server of a test's own, on a loopback port that is free; it ends with the test.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { freePort, newDirectory, within } from './community.mjs'

const versions = '/usr/lib/postgresql'
const version = readdirSync(versions).filter(name =>
  existsSync(path.join(versions, name, 'bin', 'initdb'))).sort().at(-1)

/** The path of one of PostgreSQL's own programs. */
export const postgresProgram = name => path.join(versions, version, 'bin', name)

/** As root the server runs as the user postgres, as it must. */
const idOf = which => Number(execFileSync('id', [which, 'postgres']))
const owner = process.getuid() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}

/** A new directory that belongs to who runs PostgreSQL. */
export function postgresDirectory (test, leave) {
  const directory = newDirectory(test, leave)
  if (owner.uid !== undefined) chownSync(directory, owner.uid, owner.gid)
  return directory
}

/** Runs one of PostgreSQL's programs as who owns it. */
export const runPostgres = (name, words, options = {}) => execFileSync(postgresProgram(name), words,
  { ...owner, stdio: ['ignore', 'pipe', 'pipe'], ...options })

/** Serves what lies in `data`; gives its addresses and ways to ask and end it. */
export async function servePostgres (test, data, settings = {}) {
  const port = await freePort()
  const all = { listen_addresses: '127.0.0.1', port, unix_socket_directories: path.dirname(data),
    shared_buffers: '16MB', max_connections: 60, ...settings }
  const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgresProgram('postgres'), ['-D', data, ...words],
    { ...owner, cwd: path.dirname(data), stdio: 'ignore' })
  const ended = once(child, 'exit')
  const url = name => `postgresql://kith@127.0.0.1:${port}/${name}`
  const stop = async (signal = 'SIGINT') => { child.kill(signal); await ended }
  test.after(() => stop('SIGQUIT'))
  const ready = async () => {
    while (spawnSync('psql', ['-qAt', '-c', 'select 1', url('postgres')]).status !== 0) {
      if (child.exitCode !== null) throw new Error('PostgreSQL ended at its start')
      // Lets its end and the time be noticed: the question above waits for itself alone.
      await new Promise(setImmediate)
    }
  }
  await within(120, ready(), 'PostgreSQL answers')
  /** What the statement answers, as text. */
  const ask = (name, statement) => String(execFileSync('psql',
    ['-qAt', '-v', 'ON_ERROR_STOP=1', '-c', statement, url(name)])).trim()
  return { url, ask, stop, port, data }
}

/** A new, empty server. */
export async function newPostgres (test, settings) {
  const directory = postgresDirectory(test)
  const data = path.join(directory, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid)
  runPostgres('initdb', ['--pgdata', data, '--username=kith', '--auth=trust', '--encoding=UTF8',
    '--locale=C', '--no-sync'], { cwd: directory })
  return servePostgres(test, data, settings)
}
