// nginx before Kith, by the example that we ship: who asks is believed from it alone, streams come
// through as they are, and pictures aren't too large for it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { someEssay } from '../faults/community.mjs'
import { countsAsOne, hearsLive, postForm, proxied as behind, text, through } from './proxy.mjs'

/** The example with this test's ports and certificate in place of a host's. */
function adapted ({ folder, port, upstream, certificate }) {
  const whole = readFileSync('packaging/examples/nginx.conf', 'utf8')
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${upstream}`)
    .replace(/^ *listen \[::\].*\n/gm, '')
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`)
    .replace(/server \{\n *listen 80;[^]*?\n\}\n/, '')
    .replace(/ssl_certificate .*/, `ssl_certificate ${certificate}.crt;`)
    .replace(/ssl_certificate_key .*/, `ssl_certificate_key ${certificate}.key;`)
    .replace(/error_log .*/, `error_log ${folder}/error.log crit;`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`).join('\n')
  return `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log ${folder}/error.log;\n` +
    `events {}\nhttp {\n${temporary}\n${whole}\n}\n`
}

const proxied = t => behind(t, adapted, (file, folder) => ['nginx', '-p', folder, '-c', file])

test('pages come through it, with a cookie that leaves by https alone', async t => {
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
  const elsewhere = { origin: 'https://elsewhere.example' }
  const crossing = await postForm(port, '/sign-in', { name, password }, elsewhere)
  await text(crossing)
  assert.equal(crossing.statusCode, 403)
})

test('metrics stay hidden behind it, whatever a visitor says of themselves', async t => {
  const { port } = await proxied(t)
  for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }]) {
    const answer = await through(port, '/metrics', { headers })
    assert.equal(answer.statusCode, 404)
    await text(answer)
  }
})

test('who drops a made-up address into X-Forwarded-For is still counted as one', async t => {
  const { members, port } = await proxied(t)
  assert.ok(await countsAsOne(port, members.at(-1)), 'each address counted as another visitor')
})

test('an event stream comes through as it is', async t => {
  await hearsLive(await proxied(t))
})

test('a form of many megabytes reaches Kith, and a larger one ends at nginx', async t => {
  const { kith, port } = await proxied(t)
  const essay = await someEssay(kith)
  const boundary = 'a-boundary-of-the-test'
  const send = async megabytes => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="picture_1"; ` +
      'filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(megabytes * 1024 * 1024, 'a'),
      Buffer.from(`\r\n--${boundary}--\r\n`)])
    const answer = await through(port, `${essay}/comments`, {
      method: 'POST',
      body,
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': body.length
      }
    })
    const server = /nginx/.test(await text(answer)) ? 'nginx' : 'kith'
    return `${answer.statusCode} ${server}`
  }
  const [status, server] = (await send(7)).split(' ')
  assert.equal(server, 'kith')
  assert.ok(['401', '403', '422'].includes(status), status)
  assert.equal(await send(25), '413 nginx')
})
