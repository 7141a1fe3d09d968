// Pictures to send, and how a browser sends them.
import { deflateSync } from 'node:zlib'

/** A PNG of colours that don't compress well. */
export function noise (side) {
  const crc = bytes => {
    let sum = ~0
    for (const byte of bytes) {
      sum ^= byte
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
    }
    return ~sum >>> 0
  }
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const all = Buffer.alloc(body.length + 8)
    all.writeUInt32BE(data.length)
    body.copy(all, 4)
    all.writeUInt32BE(crc(body), body.length + 4)
    return all
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  const rows = Buffer.alloc(side * (side * 3 + 1))
  for (let at = 0, seed = 1; at < rows.length; at++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    rows[at] = at % (side * 3 + 1) === 0 ? 0 : seed >>> 24
  }
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** Sends a comment with a picture as a browser's form does; gives the answer. */
export async function postPicture (server, essay, cookie, bytes, words = 'With a picture.') {
  const form = new FormData()
  form.set('body', words)
  form.set('picture_1', new Blob([bytes]), 'noise.png')
  const answer = await fetch(`${server.base}${essay}/comments`,
    { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' })
  return { status: answer.status, body: await answer.text() }
}
