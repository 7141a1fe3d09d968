// Whoever watches a server by the examples sees what they ask for: every metric that a panel or an
// alert names is there, and every expression can be read.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  ask, comment, fillDemo, newDirectory, program, serve, signIn, someEssay
} from '../faults/community.mjs'

const examples = 'packaging/examples'
const dashboard = JSON.parse(readFileSync(`${examples}/grafana-dashboard.json`, 'utf8'))
const rules = readFileSync(`${examples}/kith-rules.yml`, 'utf8')

/** What Prometheus is asked for, with the dashboard's variables filled in. */
const expressions = [
  ...dashboard.panels.flatMap(panel => panel.targets.map(target => target.expr)),
  ...[...rules.matchAll(/^ *expr: (.*)$/gm)].map(([, expression]) => expression)
].map(one => one.replaceAll('$job', 'kith').replaceAll('$__rate_interval', '5m'))

/** What a node alone doesn't tell; tests/cluster sees it told by several. */
const ofNodes = 'kith_bus_connected'

const namesIn = expression =>
  expression.replace(/"[^"]*"/g, '').match(/\b(?:kith|process)_\w+/g) ?? []

/** A community that was used a little, and what it tells. */
async function metrics (t) {
  const data = newDirectory(t)
  const members = fillDemo(data)
  execFileSync(program, ['backup', path.join(newDirectory(t), 'copy'), '--data', data])
  const server = await serve(t, data)
  const cookie = await signIn(server, members.at(-1))
  const essay = await someEssay(server)
  const words = 'Words that stand in no metric.'
  assert.equal((await comment(server, essay, cookie, words, 'one')).status, 201)
  const { status, body } = await ask(server, '/metrics')
  assert.equal(status, 200)
  return { text: body, members, essay, server, data }
}

test('every metric that the examples name is told', async t => {
  const { text } = await metrics(t)
  const told = new Set([...text.matchAll(/^(\w+)(?:\{.*\})? \S+$/gm)].map(([, name]) => name))
  assert.ok(expressions.length > 30)
  const all = expressions.flatMap(namesIn)
  assert.ok(all.includes(ofNodes) && !told.has(ofNodes))
  const named = all.filter(name => name !== ofNodes)
  assert.ok(all.length >= expressions.length - 1)
  for (const name of named) assert.ok(told.has(name), `${name} isn't told`)
  // And the other way: nothing is told that no panel and no alert shows.
  for (const name of told) {
    if (!/^(kith|process)_/.test(name)) continue
    assert.ok(named.includes(name), `${name} is shown nowhere`)
  }
})

test('every expression can be read by Prometheus, and so can the metrics', async t => {
  const folder = newDirectory(t)
  const list = expressions.map((one, at) =>
    `      - record: kith:expression_${at}\n        expr: ${JSON.stringify(one)}\n`)
  const file = path.join(folder, 'all.yml')
  writeFileSync(file, `groups:\n  - name: all\n    rules:\n${list.join('')}`)
  execFileSync('promtool', ['check', 'rules', file])
  for (const name of ['prometheus.yml', 'kith-rules.yml']) {
    copyFileSync(`${examples}/${name}`, path.join(folder, name))
  }
  execFileSync('promtool', ['check', 'config', path.join(folder, 'prometheus.yml')])
  const { text } = await metrics(t)
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
  assert.equal(checked.status, 0, checked.stderr)
})

test('no metric holds anything of a member, and labels are few and fixed', async t => {
  const { text, members, essay } = await metrics(t)
  for (const { name } of members) assert.ok(!text.includes(name), name)
  assert.ok(!text.includes(essay) && !text.includes('stand in no metric'))
  for (const [, label, value] of text.matchAll(/(\w+)="([^"]*)"/g)) {
    const fine = { status: /^[1-5]xx$/, from: /^(kept|static)$/, le: /^([\d.e+-]+|\+Inf)$/ }[label]
    assert.ok(fine?.test(value), `${label}="${value}"`)
  }
})

test('a backup, mail and the disk are told in numbers', async t => {
  const { text } = await metrics(t)
  const value = name => Number(text.match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1])
  const age = value('kith_backup_age_seconds')
  assert.ok(age >= 0 && age < 3600, String(age))
  assert.equal(value('kith_mail_oldest_seconds'), 0)
  assert.ok(value('kith_disk_free_bytes') > 0)
  assert.ok(value('kith_disk_bytes') > value('kith_disk_free_bytes'))
  assert.ok(value('process_open_fds') > 5)
  assert.ok(value('process_resident_memory_bytes') > 1e6)
  assert.ok(Math.abs(value('process_start_time_seconds') - Date.now() / 1000) < 3600)
})
