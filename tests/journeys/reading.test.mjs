// A stranger reads an essay: light on the wire, readable by everybody, with and without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkPages, firstEssay, openHouse, person } from './house.mjs'

/** How many pixels the page is wider than the screen. */
const wider = () => document.documentElement.scrollWidth - innerWidth

let house
before(async () => { house = await openHouse() })
after(() => house.close())

test('the first essay page takes at most 60 KB and 8 requests, everything counted', async () => {
  const page = await person(house, { width: 390 })
  await page.goto('/essays')
  const path = await firstEssay(page)
  const fresh = await person(house, { width: 390 })
  const network = await fresh.context().newCDPSession(fresh)
  await network.send('Network.enable')
  let bytes = 0
  let requests = 0
  network.on('Network.loadingFinished', event => {
    bytes += event.encodedDataLength
    requests += 1
  })
  await fresh.goto(path, { waitUntil: 'networkidle' })
  console.log(`first essay page: ${bytes} bytes in ${requests} requests`)
  assert.ok(bytes <= 60_000, `${bytes} bytes`)
  assert.ok(requests <= 8, `${requests} requests`)
  assert.deepEqual(fresh.troubles, [])
})

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    const how = `script ${script}, ${width} px`
    test(`a stranger reads from the front door to the comments, ${how}`, async () => {
      const page = await person(house, { script, width })
      await page.goto('/')
      await page.locator('main a[href="/essays"]').first().click()
      await firstEssay(page)
      assert.ok(await page.locator('article h1').innerText())
      assert.ok(await page.locator('#comments > li').count() >= 2)
      assert.ok(await page.locator('a[href^="tel:"]').count() >= 1, 'help lines are one tap away')
      const overflow = await page.evaluate(wider)
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than the screen`)
      assert.deepEqual(page.troubles, [])
    })
  }
}

test('public pages pass axe in light and dark, on a phone and on a desk', async () => {
  const page = await person(house)
  const essay = await firstEssay(page)
  await checkPages(page, ['/', '/essays', essay, `${essay}?reply=none`, '/sign-in', '/join',
    '/leave', '/agreement', '/sign-in/link', '/sign-in/recover', '/nothing-here',
    `${essay}/reach-out`])
})

test('the site speaks German and, in its frame, Arabic from right to left', async () => {
  const german = await person(house, { language: 'de-DE' })
  await german.goto('/')
  assert.equal(await german.locator('html').getAttribute('lang'), 'de')
  const arabic = await person(house, { language: 'ar' })
  await arabic.goto('/')
  assert.equal(await arabic.locator('html').getAttribute('dir'), 'rtl')
  assert.ok(await arabic.evaluate(wider) <= 0)
})

test('with the keyboard alone, a stranger reaches the comment form and leaving', async () => {
  const page = await person(house, { width: 1280 })
  await firstEssay(page)
  await page.reload()
  await page.keyboard.press('Tab')
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip to the page/)
  const seen = new Set()
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const mark = await page.evaluate(() => document.activeElement.id ||
      document.activeElement.className || document.activeElement.tagName)
    seen.add(mark)
    if (mark === 'body') break
  }
  assert.ok(seen.has('leave'), 'the leave button has the focus on the way')
  assert.ok(seen.has('body'), 'the comment form is reached')
})
