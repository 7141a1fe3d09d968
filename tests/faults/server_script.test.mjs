// script/server: what was interrupted while it filled the demo is filled by the next run.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { newDirectory, program } from './community.mjs'

const executable = (file, lines) => {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 })
}

test('a demo that was interrupted is filled again, and its sign-ins are shown', t => {
  const house = newDirectory(t)
  mkdirSync(path.join(house, 'script'))
  copyFileSync('script/server', path.join(house, 'script', 'server'))
  executable(path.join(house, 'script', 'bootstrap'), [])
  executable(path.join(house, 'bin', 'cmake'), [])
  // The program itself, but its first demo ends after it has made the database.
  executable(path.join(house, 'build', 'release', 'kith'), [
    '[ "$1" = serve ] && exit 0',
    'if [ "$1" = demo ] && [ ! -e interrupted ]; then',
    '  touch interrupted; echo half of it',
    `  half="sqlite3.connect('var/kith.db').execute('create table half (of_it)')"`,
    `  python3 -c "import sqlite3; $half"; ${program} upgrade --data var >/dev/null; exit 130`,
    'fi',
    `exec ${program} "$@"`
  ])
  const run = () => spawnSync('script/server', [], {
    cwd: house,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.join(house, 'bin')}:${process.env.PATH}` }
  })
  assert.notEqual(run().status, 0)
  assert.ok(existsSync(path.join(house, 'var', 'kith.db')))
  const again = run()
  assert.equal(again.status, 0, again.stderr)
  assert.match(again.stdout, /password /)
  assert.doesNotMatch(again.stdout, /half of it/)
  const third = run()
  assert.equal(third.status, 0, third.stderr)
  assert.equal(third.stdout, again.stdout, 'the sign-ins are kept')
})
