// Signals: they are the server's own from its first thread to its last.
import assert from 'node:assert/strict'
import net from 'node:net'
import { once } from 'node:events'
import test from 'node:test'
import { connect, fillDemo, newDirectory, serve, within } from './community.mjs'

/** Whether anyone can still come in. */
async function takesIn (port) {
  const socket = net.connect({ host: '127.0.0.1', port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

test('while it lets a request finish, no signal ends the server otherwise than well', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const server = await serve(t, data)
  const asking = await connect(server)
  // What is answered came together with what is only begun: the server has read that as well.
  const answered = once(asking.socket, 'data')
  asking.write('GET /healthz HTTP/1.1\r\nHost: kith\r\n\r\n' +
    'GET /essays HTTP/1.1\r\nHost: kith\r\n')
  await within(30, answered, 'the first answer')
  server.child.kill('SIGTERM')
  while (await takesIn(server.port));
  for (const signal of ['SIGHUP', 'SIGHUP', 'SIGINT', 'SIGTERM']) server.child.kill(signal)
  asking.write('\r\n')
  assert.equal(await within(30, server.ended(), 'the end'), 0)
  assert.equal(asking.received.match(/^HTTP\/1\.1 200 /gm)?.length, 2)
})

test('SIGHUP twice and then SIGTERM ends the server well', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const server = await serve(t, data)
  server.child.kill('SIGHUP')
  server.child.kill('SIGHUP')
  assert.equal(await within(30, server.stop(), 'the end'), 0)
})
