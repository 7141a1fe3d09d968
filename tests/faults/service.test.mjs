// How the server tells its service manager that it is ready, and that it stops.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import test from 'node:test'
import { ask, fillDemo, newDirectory, serve, within } from './community.mjs'

/** Listens as systemd does; what is told comes line by line. */
async function manager (t) {
  const socket = path.join(newDirectory(t), 'notify')
  const listen = 'import socket, sys\n' +
    'told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n' +
    "told.bind(sys.argv[1])\nprint('listening', flush=True)\n" +
    'while True: print(told.recv(1000).decode(), flush=True)'
  const child = spawn('python3', ['-c', listen, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const lines = []
  const waiting = []
  child.stdout.on('data', part => {
    lines.push(...String(part).split('\n').filter(line => line !== ''))
    for (const wake of waiting.splice(0)) wake()
  })
  const heard = async line => {
    while (!lines.includes(line)) await new Promise(resolve => waiting.push(resolve))
  }
  return { socket, lines, heard: line => within(60, heard(line), line) }
}

test('a service manager is told when the first request would be answered, and of the stop',
  async t => {
    const data = newDirectory(t)
    fillDemo(data)
    const { socket, lines, heard } = await manager(t)
    const server = await serve(t, data, { environment: { NOTIFY_SOCKET: socket } })
    await heard('READY=1')
    assert.equal((await ask(server, '/readyz')).status, 200)
    assert.deepEqual(lines, ['READY=1'])
    assert.equal(await server.stop(), 0)
    await heard('STOPPING=1')
  })

test('a service manager that is gone keeps nobody from serving', async t => {
  const data = newDirectory(t)
  fillDemo(data)
  const environment = { NOTIFY_SOCKET: path.join(newDirectory(t), 'none') }
  const server = await serve(t, data, { environment })
  assert.equal((await ask(server, '/readyz')).status, 200)
  assert.equal(await server.stop(), 0)
})
