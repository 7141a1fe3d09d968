// A real community for browser journeys: the program, its database, a mail server, chromium.
import assert from 'node:assert/strict'
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { freePort } from '../faults/community.mjs'

const require = createRequire(import.meta.url)
export const program = process.env.KITH ?? 'build/dev/kith'
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** A mail's text (RFC 2045, 6): quoted-printable, base64 or as it is. */
function decoded (head, body) {
  const encoding = head.match(/^content-transfer-encoding: *(\S+)/im)?.[1].toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable') return body
  const bytes = body.replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

/** A mail server that keeps what it is given. */
export class MailBox {
  mails = []
  #waiting = []
  async start () {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      // Nobody lives at gone@….
      onRcptTo: ({ address }, session, done) => {
        if (!address.startsWith('gone@')) return done()
        done(Object.assign(new Error('no such person'), { responseCode: 550 }))
      },
      onData: (stream, session, done) => {
        const parts = []
        stream.on('data', part => parts.push(part))
        stream.on('end', () => { this.#take(Buffer.concat(parts).toString(), session); done() })
      }
    })
    this.server.listen(0, '127.0.0.1')
    await once(this.server.server, 'listening')
    this.url = `smtp://127.0.0.1:${this.server.server.address().port}`
  }

  #take (raw, session) {
    const [head, ...body] = raw.split('\r\n\r\n')
    const text = decoded(head, body.join('\r\n\r\n'))
    const mail = { to: session.envelope.rcptTo.map(r => r.address), head, text }
    this.mails.push(mail)
    for (const waiting of this.#waiting.splice(0)) waiting()
  }

  /** The first mail to `address`, or the one after so many others, as soon as it is there. */
  async to (address, others = 0) {
    const deadline = Date.now() + 30_000
    for (;;) {
      const mail = this.mails.filter(m => m.to.includes(address))[others]
      if (mail) return mail
      if (Date.now() > deadline) throw new Error(`no mail came to ${address}`)
      await Promise.race([new Promise(resolve => this.#waiting.push(resolve)),
        new Promise(resolve => setTimeout(resolve, 1000))])
    }
  }

  stop () { return new Promise(resolve => this.server.close(resolve)) }
}

/** The link in a mail, as a path of the site. */
export const linkIn = mail => new URL(mail.text.match(/https?:\/\/\S+/)[0]).pathname

/** A demo community that runs until close(); `prepare` is given its data directory before. */
export async function openHouse ({ prepare = () => {}, level = 'warning', more = [] } = {}) {
  const data = mkdtempSync(path.join(tmpdir(), 'kith-journey-'))
  const members = JSON.parse(execFileSync(program, ['demo', '--json', '--data', data]))
  prepare(data)
  const mail = new MailBox()
  await mail.start()
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const server = spawn(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`,
    '--smtp-url', mail.url, '--smtp-from', 'post@kith.example', '--log-level', level,
    '--exit-url', `${base}/healthz`, ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(server.stdout, 'data')
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
  return {
    base, data, mail, browser, members,
    async close () {
      await browser.close()
      server.kill('SIGTERM')
      const [status] = await once(server, 'exit')
      await mail.stop()
      rmSync(data, { recursive: true, force: true })
      if (status !== 0) throw new Error(`the server ended with ${status}`)
    }
  }
}

/** Someone at a browser of their own. Mistakes on the console fail the journey. */
export async function person (house, options = {}) {
  const { script = true, width = 390, dark = false, language = 'en-GB' } = options
  const context = await house.browser.newContext({
    viewport: { width, height: 844 }, javaScriptEnabled: script, locale: language,
    colorScheme: dark ? 'dark' : 'light', baseURL: house.base, timezoneId: 'UTC'
  })
  const page = await context.newPage()
  page.troubles = []
  page.on('pageerror', error => page.troubles.push(String(error)))
  page.on('console', message => {
    const expected = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !expected) page.troubles.push(message.text())
  })
  return page
}

/** Fills the form of sign-in as the demo's member whose name begins with `name`. */
export async function fillSignIn (page, house, name) {
  const member = house.members.find(m => m.name.startsWith(name))
  await page.fill('#name', member.name)
  await page.fill('#password', member.password)
}

export async function signIn (page, house, name) {
  await page.goto('/sign-in')
  await fillSignIn(page, house, name)
  await page.press('#password', 'Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

/** Opens the guide's essay of the demo; gives its path. */
export async function firstEssay (page) {
  await page.goto('/essays')
  await page.locator('main a', { hasText: 'A meeting that ends on time' }).click()
  await page.waitForURL(/\/essays\/[^/]+$/)
  return new URL(page.url()).pathname
}

/** Waits until the page has said what was done, in words that hold `sentence`. */
export const said = (page, sentence) =>
  page.locator('.page__said[role="status"]', { hasText: sentence }).waitFor()

/** Waits until the page holds these words. */
export const holds = (page, words) => page.locator('main', { hasText: words }).waitFor()

/** Waits until the frame shows that `name` is in; on a phone it leaves the name away. */
export const isIn = (page, name) =>
  page.locator('.topbar__you', { hasText: name }).waitFor({ state: 'attached' })

/** Presses Tab until what `selector` means has the focus, as someone without a mouse does. */
export async function tabTo (page, selector, most = 120) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const there = wanted => document.activeElement.matches(wanted)
    if (await page.evaluate(there, selector)) return
  }
  throw new Error(`${selector} was not reached by ${most} presses of Tab`)
}

/** axe-core's findings on the page as it stands, as short sentences. */
export async function axe (page) {
  // The CSP forbids inline scripts; evaluate() runs outside of it, as a person's own tool would.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axeSource)
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  }))
  const places = found => found.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')
  return result.violations.map(found => `${found.id}: ${places(found)}`)
}

/**
 * Each of `paths` as this person sees it, on a phone and on a desk, in light and dark: axe finds
 * nothing, and no page is wider than the screen.
 */
export async function checkPages (page, paths) {
  for (const path of paths) {
    const answer = await page.goto(path)
    assert.ok(answer.status() < 500, `${path} answered ${answer.status()}`)
    assert.equal(new URL(page.url()).pathname, path.split('?')[0], `${path} leads elsewhere`)
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        const how = `${path} at ${width}, ${colorScheme}`
        assert.deepEqual(await axe(page), [], how)
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(wider <= 0, `${how}: ${wider} px wider than the screen`)
      }
    }
  }
}
