// Whoever was told "posted" finds their words after the power went: once, never twice.
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  allComments, comment, fillDemo, integrity, newDirectory, serve, signedInMembers, someEssay
} from './community.mjs'

const kills = 20
const clients = 16
const seed = Number(process.env.KITH_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function chance (state) {
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The server that runs just now; clients wait here while there is none. */
class Current {
  #server
  #waiting = []
  set (server) {
    this.#server = server
    if (server) for (const waiting of this.#waiting.splice(0)) waiting(server)
  }

  get () {
    return this.#server ?? new Promise(resolve => this.#waiting.push(resolve))
  }
}

/**
 * Posts until told to stop. Half of the clients send again what was cut off, with its key, as a
 * browser does; the others give up, and their words may be there or not.
 */
async function postOn (client, current, essay, cookies, state) {
  for (let number = 0; !state.ending; number++) {
    // Another member each time: one alone may not write so often.
    const cookie = cookies[(client + number * clients) % cookies.length]
    const words = `words-${client}-${number}-end`
    for (let again = true; again;) {
      again = false
      const server = await current.get()
      try {
        const answer = await comment(server, essay, cookie, words, `key-${client}-${number}`)
        assert.equal(answer.status, 201, answer.body)
        state.acknowledged.add(words)
      } catch (error) {
        if (error.code === 'ERR_ASSERTION') throw error
        state.cut += 1
        again = client % 2 === 0
        // It is gone: wait for the next one, not for this port.
        if (current.get() === server) await state.killed
      }
    }
  }
}

test('what was acknowledged outlives kills at random moments, and is there once', async t => {
  t.diagnostic(`seed ${seed}; KITH_SEED sets it`)
  const random = chance(seed)
  const data = newDirectory(t)
  fillDemo(data)
  const cookies = signedInMembers(data, 1000)
  const current = new Current()
  let server = await serve(t, data)
  const essay = await someEssay(server)

  const state = { acknowledged: new Set(), cut: 0, ending: false, killed: undefined }
  const kill = async (after) => {
    let gone
    state.killed = new Promise(resolve => { gone = resolve })
    current.set(server)
    await new Promise(resolve => setTimeout(resolve, after))
    await server.kill()
    current.set(undefined)
    gone()
  }
  const posting = Array.from({ length: clients }, (_, client) =>
    postOn(client, current, essay, cookies, state))
  const failed = Promise.all(posting)
  failed.catch(() => {})
  const counts = []
  for (let round = 0; round < kills; round++) {
    const before = state.acknowledged.size
    await kill(50 + random() * 700)
    counts.push(state.acknowledged.size - before)
    server = await serve(t, data)
  }
  state.ending = true
  current.set(server)
  await failed

  const { acknowledged, cut } = state
  t.diagnostic(`${acknowledged.size} acknowledged, ${cut} cut off; each life: ${counts.join(' ')}`)
  assert.ok(acknowledged.size > kills, 'too little was posted to show anything')
  assert.ok(cut >= kills, 'too little was under way when the server was killed')
  const shown = await allComments(server, essay)
  const found = shown.flatMap(html => html.match(/words-\d+-\d+-end/) ?? [])
  const once = new Set(found)
  assert.equal(found.length, once.size, 'a comment is there twice')
  assert.deepEqual([...acknowledged].filter(words => !once.has(words)), [], 'lost')
  assert.equal(await server.stop(), 0)
  assert.equal(integrity(data), 'ok')
})
