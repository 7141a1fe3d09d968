// nginx before Kith, by the example that we ship: who asks is believed from it alone, streams come
// through as they are, and pictures aren't too large for it.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import path from 'node:path'
import test from 'node:test'
import {
  comment, fillDemo, newDirectory, read, serve, signIn, someEssay, within
} from '../faults/community.mjs'

async function freePort () {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

/** The example with this test's ports and certificate in place of a host's. */
function adapted (folder, port, upstream, certificate) {
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

async function proxied (t) {
  const folder = newDirectory(t)
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const members = fillDemo(data)
  const certificate = path.join(folder, 'kith')
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-subj', '/CN=kith.example.org', '-keyout', `${certificate}.key`,
    '-out', `${certificate}.crt`], { stdio: 'ignore' })
  const kith = await serve(t, data, {
    flags: ['--public-url', 'https://kith.example.org', '--trusted-proxies', '127.0.0.1']
  })
  const port = await freePort()
  const file = path.join(folder, 'nginx.conf')
  writeFileSync(file, adapted(folder, port, kith.port, certificate))
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'inherit' })
  const ended = once(nginx, 'exit')
  t.after(async () => { nginx.kill('SIGKILL'); await ended })
  const deadline = Date.now() + 30_000
  for (;;) {
    const socket = net.connect(port, '127.0.0.1')
    const open = await Promise.race([once(socket, 'connect').then(() => true, () => false)])
    socket.destroy()
    if (open) break
    assert.ok(Date.now() < deadline && nginx.exitCode === null, 'nginx does not listen')
    await new Promise(resolve => setImmediate(resolve))
  }
  return { kith, members, port }
}

/** A request through nginx; `body` may be a form or bytes. Gives the answer once it begins. */
async function through (port, target, { method = 'GET', headers = {}, body } = {}) {
  const request = https.request({
    host: '127.0.0.1', port, path: target, method, rejectUnauthorized: false,
    servername: 'kith.example.org', headers: { host: 'kith.example.org', ...headers }
  })
  request.on('error', () => {})
  request.end(body)
  const [answer] = await once(request, 'response')
  return answer
}

async function text (answer) {
  const parts = []
  for await (const part of answer) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('pages come through it, with a cookie that leaves by https alone', async t => {
  const { members, port } = await proxied(t)
  const page = await through(port, '/essays')
  assert.equal(page.statusCode, 200)
  assert.match(page.headers['strict-transport-security'], /max-age/)
  assert.match(await text(page), /Harbour Street/)
  const { name, password } = members.at(-1)
  const body = String(new URLSearchParams({ name, password }))
  const origin = { origin: 'https://kith.example.org' }
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const signedIn = await through(port, '/sign-in', {
    method: 'POST', headers: { ...origin, ...type, 'content-length': body.length }, body
  })
  await text(signedIn)
  assert.equal(signedIn.statusCode, 303)
  assert.match(signedIn.headers['set-cookie'][0], /^__Host-.*Secure/)
  const elsewhere = { origin: 'https://elsewhere.example' }
  const crossing = await through(port, '/sign-in', {
    method: 'POST', headers: { ...elsewhere, ...type, 'content-length': body.length }, body
  })
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
  const { name } = members.at(-1)
  let limited = false
  for (let number = 0; number < 60 && !limited; number++) {
    const body = String(new URLSearchParams({ name: `${name}${number}`, password: 'not this one' }))
    const answer = await through(port, '/sign-in', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        'x-forwarded-for': `203.0.113.${number}`
      }
    })
    await text(answer)
    limited = answer.statusCode === 429
  }
  assert.ok(limited, 'each made-up address counted as another visitor')
})

test('an event stream comes through as it is', async t => {
  const { kith, members, port } = await proxied(t)
  const essay = await someEssay(kith)
  const { comments } = await read(kith, essay)
  const headers = { accept: 'text/event-stream' }
  const stream = await through(port, comments.live_url, { headers })
  assert.equal(stream.statusCode, 200)
  assert.match(stream.headers['content-type'], /text\/event-stream/)
  const cookie = await signIn(kith, members.at(-1))
  assert.equal((await comment(kith, essay, cookie, 'Words that arrive.', 'one')).status, 201)
  const came = (async () => {
    let words = ''
    for await (const part of stream) if ((words += part).includes('Words that arrive.')) return
  })()
  await within(60, came, 'the comment on the stream')
  stream.destroy()
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
