// The child that decodes a picture is ended by the system for want of memory: who sent it is told,
// nothing else is hurt, and the next picture is taken.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import {
  allComments, ask, comment, fillDemo, newDirectory, serve, signedInMembers, someEssay
} from './community.mjs'
import { noise, postPicture } from './pictures.mjs'

/** The children of `pid` that decode pictures just now. */
function decoders (pid) {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap(task => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
      .filter(child => child &&
        readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('picture-worker'))
  } catch (error) {
    // A thread or a child that went while one looked.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return []
    throw error
  }
}

/** Ends each child as the system does when memory is short, until `done`. */
async function endDecoders (server, done) {
  let ended = 0
  let going = true
  const answer = done.finally(() => { going = false })
  while (going) {
    for (const child of decoders(server.pid)) {
      try { process.kill(Number(child), 'SIGKILL'); ended += 1 } catch { /* It has gone. */ }
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  return { ended, answer: await answer }
}

const files = data => readdirSync(path.join(data, 'files'), { recursive: true }).length

test('a picture whose decoder is ended for want of memory is refused, and the next one taken',
  async t => {
    const data = newDirectory(t)
    fillDemo(data)
    const [cookie, other] = signedInMembers(data, 2)
    const server = await serve(t, data)
    const essay = await someEssay(server)
    const small = noise(64)
    assert.equal((await postPicture(server, essay, cookie, small)).status, 303)
    const before = files(data)
    const large = noise(1200)
    let hit
    for (let tries = 0; !hit && tries < 20; tries++) {
      const words = `Without its picture ${tries}.`
      const sending = postPicture(server, essay, cookie, large, words)
      const { ended, answer } = await endDecoders(server, sending)
      if (ended > 0 && answer.status !== 303) hit = { words, answer }
    }
    assert.ok(hit, 'no decoder was met in time')
    assert.equal(hit.answer.status, 422, hit.answer.body)
    assert.ok(hit.answer.body.includes(hit.words), 'what was typed is gone')
    const shown = (await allComments(server, essay, { cookie })).join('\n')
    assert.ok(!shown.includes(hit.words), 'half of it was kept')
    assert.equal(files(data), before, 'a file was left that nothing shows')
    assert.equal((await comment(server, essay, other, 'Meanwhile.', 'one')).status, 201)
    assert.equal((await postPicture(server, essay, cookie, small, 'With one again.')).status, 303)
    assert.equal((await ask(server, '/readyz')).status, 200)
    assert.equal(await server.stop(), 0)
  })
