// A member is told: a lamp and no number, a page that ends, mail that says nothing, a quiet device.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkPages, fillSignIn, firstEssay, openHouse, person, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

async function comment (page, words) {
  await page.fill('#body', words)
  await page.locator('#reply button.btn--primary').click()
  await page.locator('#comments .comment', { hasText: words }).first().waitFor()
}

const lamp = page => page.locator('.places .lamp')

/** Signs in on a device of one's own. */
async function signInHere (page, name) {
  await page.goto('/sign-in')
  await fillSignIn(page, house, name)
  await page.check('input[name="own_device"]')
  await page.press('#password', 'Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

for (const script of [true, false]) {
  test(`a comment is told to whom it concerns, script ${script}`, async () => {
    const guide = await person(house, { script, width: script ? 390 : 1280 })
    await signIn(guide, house, 'Miriam')
    const writer = await person(house, { script })
    await signIn(writer, house, 'Pilar')
    await firstEssay(writer)
    await comment(writer, `I read this twice (${script}).`)

    await guide.goto('/')
    await lamp(guide).waitFor()
    assert.doesNotMatch(await guide.locator('.places').innerText(), /\d/)
    await guide.goto('/notices')
    const row = guide.locator('main li', { hasText: 'Pilar' }).first()
    await row.locator('button', { hasText: 'Open' }).click()
    await guide.waitForURL(/\/essays\//)
    await guide.locator('.comment', { hasText: `I read this twice (${script}).` }).waitFor()
    await guide.goto('/notices')
    const all = guide.locator('main button', { hasText: 'Mark all as seen' })
    await all.waitFor({ state: 'detached' })
    assert.equal(await lamp(guide).count(), 0)
    assert.deepEqual(guide.troubles, [])
  })
}

test('the pages of notices can be read by everybody', async () => {
  const writer = await person(house)
  await signIn(writer, house, 'Pilar')
  await firstEssay(writer)
  await comment(writer, 'For those who look at the page.')
  const page = await person(house)
  await signInHere(page, 'Miriam')
  await checkPages(page, ['/notices', '/settings/notices', '/settings'])
})

test('the ways are chosen without a script, and a mistake keeps what was typed', async () => {
  const page = await person(house, { script: false })
  await signIn(page, house, 'Wren')
  await page.goto('/settings/notices')
  await page.selectOption('select[name="ways"] >> nth=0', { label: 'At once' })
  await page.fill('#quiet_from', '22:30')
  await page.fill('#quiet_until', '07:00')
  await page.locator('main form.form button.btn--primary').click()
  await page.locator('[role="status"]', { hasText: 'Saved.' }).waitFor()
  assert.equal(await page.inputValue('#quiet_from'), '22:30')
  assert.match(await page.locator('select[name="ways"]').first().inputValue(), /=at_once$/)
  assert.equal(await page.locator('[data-push]').count(), 0, 'a shared device is told nothing')
})

test('a device of one’s own is told once it may be, and no more when it may not', async () => {
  const page = await person(house)
  await page.context().grantPermissions(['notifications'])
  // The browser's own push service isn't on this machine: what it would give is made here.
  await page.addInitScript(() => {
    globalThis.PushManager.prototype.getSubscription = async () => null
    globalThis.PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      if (applicationServerKey.length !== 65) throw new Error('no key of the server')
      const keys = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true,
        ['deriveBits'])
      const p256dh = await crypto.subtle.exportKey('raw', keys.publicKey)
      const auth = crypto.getRandomValues(new Uint8Array(16)).buffer
      return {
        endpoint: 'https://push.example/to/kofi',
        getKey: name => name === 'auth' ? auth : p256dh
      }
    }
  })
  await signInHere(page, 'Kofi')
  await page.goto('/settings/notices')
  const begin = page.locator('[data-push-begin]')
  await begin.click()
  await page.waitForURL(/said_push_on/)
  await page.locator('[data-push-end] button').click()
  await page.waitForURL(/said_push_off/)
  await begin.waitFor()
  assert.deepEqual(page.troubles, [])
})

test('what is pushed shows as the worker was told, and nothing else', async () => {
  const page = await person(house)
  await page.context().grantPermissions(['notifications'])
  await page.goto('/essays')
  const shown = await page.evaluate(async () => {
    await navigator.serviceWorker.register('/push-worker.js')
    const { scope } = await navigator.serviceWorker.ready
    return new URL(scope).pathname
  })
  assert.equal(shown, '/', 'it is of the whole site')
  const browser = await page.context().newCDPSession(page)
  const registered = new Promise(resolve => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations.length > 0) resolve(registrations[0].registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  for (const title of ['You have an update', 'You have an update']) {
    await browser.send('ServiceWorker.deliverPushMessage', {
      origin: house.base, registrationId, data: JSON.stringify({ title, url: '/notices' })
    })
  }
  const titles = await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.ready
    const all = await registration.getNotifications()
    return all.length > 0 && all.map(one => `${one.title} ${one.body}`)
  })
  assert.deepEqual(await titles.jsonValue(), ['You have an update '])
})
