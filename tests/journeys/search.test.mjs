// Somebody looks for something: with and without JavaScript, on a phone and on a desk.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, openHouse, person, signIn } from './house.mjs'

const wider = () => document.documentElement.scrollWidth - innerWidth

let house
before(async () => { house = await openHouse() })
after(() => house.close())

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`a stranger finds an essay from any page, script ${script}, ${width} px`, async () => {
      const page = await person(house, { script, width })
      await page.goto('/')
      if (width > 1000) {
        await page.fill('#find', 'meeting time')
        await page.press('#find', 'Enter')
      } else {
        await page.locator('.topbar__find button').click()
        await page.waitForURL(/\/search/)
        await page.fill('#q', 'meeting time')
        await page.press('#q', 'Enter')
      }
      await page.waitForURL(/\/search\?.*q=meeting/)
      assert.equal(await page.inputValue('#q'), 'meeting time')
      assert.ok(await page.locator('mark').count() >= 1)
      assert.ok(await page.evaluate(wider) <= 0)
      await page.locator('main a', { hasText: 'A meeting that ends on time' }).click()
      await page.waitForURL(/\/essays\//)
      assert.deepEqual(page.troubles, [])
    })
  }
}

test('a stranger finds no people, and a member finds who is listed', async () => {
  const stranger = await person(house)
  await stranger.goto('/search?q=guide&kind=members')
  assert.equal(await stranger.locator('a[href^="/members/"]').count(), 0)
  assert.equal(await stranger.locator('nav a', { hasText: 'People' }).count(), 0)
  const member = await person(house)
  await signIn(member, house, house.members.at(-1).name)
  const guide = house.members[0].name.split(' ')[0]
  await member.goto(`/search?q=${encodeURIComponent(guide)}`)
  assert.ok(await member.locator('main section a[href^="/members/"]').count() >= 1)
  assert.deepEqual(member.troubles, [])
})

test('what was said is found at once, and no longer once it is taken back', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, house.members.find(m => m.role === 'steward').name)
  await page.goto('/essays')
  await page.locator('main a', { hasText: 'A meeting that ends on time' }).click()
  await page.locator('form[action$="/comments"] [name="body"]').fill('A periwinkle grew there.')
  await page.locator('form[action$="/comments"] button').last().click()
  await page.locator('.comment', { hasText: 'periwinkle' }).first().waitFor()
  const stranger = await person(house)
  await stranger.goto('/search?q=periwinkle')
  assert.equal(await stranger.locator('mark').innerText(), 'periwinkle')
  await page.goto('/search?q=periwinkle')
  await page.locator('main section a[href^="/comments/"]').click()
  await page.locator('.comment', { hasText: 'periwinkle' }).locator('a[href$="/edit"]').click()
  await page.waitForURL(/\/edit$/)
  await page.locator('form[action$="/delete"] button').click()
  await page.waitForURL(/said=talk.said_taken_back/)
  await stranger.reload()
  assert.equal(await stranger.locator('main section a').count(), 0)
  assert.deepEqual(page.troubles, [])
})

test('pages of search and of the host pass axe, in light and dark, at two widths', async () => {
  for (const width of [390, 1280]) {
    for (const dark of [false, true]) {
      const page = await person(house, { width, dark })
      await signIn(page, house, house.members.find(m => m.role === 'host').name)
      const paths = ['/search', '/search?q=the', '/search?q=the&kind=comments',
        '/search?q=albatross', '/host', '/host/jobs', '/host/storage', '/host/mail']
      for (const path of paths) {
        await page.goto(path, { waitUntil: 'networkidle' })
        assert.deepEqual(await axe(page), [], `${path} at ${width}${dark ? ' dark' : ''}`)
        assert.ok(await page.evaluate(wider) <= 0, `${path} is too wide at ${width}`)
      }
      assert.deepEqual(page.troubles, [])
    }
  }
})
