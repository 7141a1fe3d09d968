// Caddy before Kith, by the example that we ship.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { newDirectory } from '../faults/community.mjs'
import {
  countsAsOne, hearsLive, homeIn, postForm, proxied as behind, text, through
} from './proxy.mjs'

const example = 'packaging/examples/Caddyfile'

/** The example with this test's port and certificate; nothing else of this machine is touched. */
function adapted ({ folder, port, upstream, certificate }) {
  const whole = readFileSync(example, 'utf8')
    .replace('127.0.0.1:8080', `127.0.0.1:${upstream}`)
    .replace(/^kith\.example\.org \{\n/m, `https://kith.example.org:${port} {\n` +
      `\tbind 127.0.0.1\n\ttls ${certificate}.crt ${certificate}.key\n`)
    .replace(/^\{\n/m, '{\n\tadmin off\n\tauto_https disable_redirects\n' +
      `\tskip_install_trust\n\tstorage file_system ${folder}/caddy\n`)
  assert.ok(whole.includes(String(port)) && whole.includes(String(upstream)))
  return whole
}

const proxied = t => behind(t, adapted,
  file => ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'])

test('Caddy finds the example in order as it stands', t => {
  const said = spawnSync('caddy', ['validate', '--config', example, '--adapter', 'caddyfile'],
    { encoding: 'utf8', env: { ...process.env, ...homeIn(newDirectory(t)) } })
  assert.equal(said.status, 0, said.stderr)
  assert.doesNotMatch(said.stderr, /"level":"(warn|error)"/)
})

test('pages come through it, with a cookie that leaves by https alone, and no metrics', async t => {
  const { members, port } = await proxied(t)
  const page = await through(port, '/essays')
  assert.equal(page.statusCode, 200)
  assert.match(page.headers['strict-transport-security'], /max-age/)
  assert.match(await text(page), /Harbour Street/)
  const { name, password } = members.at(-1)
  const origin = { origin: 'https://kith.example.org' }
  const signedIn = await postForm(port, '/sign-in', { name, password }, origin)
  await text(signedIn)
  assert.equal(signedIn.statusCode, 303)
  assert.match(signedIn.headers['set-cookie'][0], /^__Host-.*Secure/)
  for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }]) {
    const metrics = await through(port, '/metrics', { headers })
    assert.equal(metrics.statusCode, 404)
    await text(metrics)
  }
})

test('who drops a made-up address into a header is still counted as one', async t => {
  const { members, port } = await proxied(t)
  assert.ok(await countsAsOne(port, members.at(-1)), 'each address counted as another visitor')
})

test('an event stream comes through as it is', async t => {
  await hearsLive(await proxied(t))
})

test('its log holds nobody’s address, not even while Kith is away', async t => {
  const { kith, port, said } = await proxied(t)
  await text(await through(port, '/nothing-here'))
  await kith.kill()
  const away = await through(port, '/essays')
  await text(away)
  assert.equal(away.statusCode, 502)
  assert.match(said(), /"msg":"serving initial configuration"/)
  assert.doesNotMatch(said(), /remote_ip|nothing-here|\/essays/)
})
