// Leaving quickly: one key or one press, and Back shows nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstEssay, openHouse, person, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const isOut = async page => {
  await page.waitForURL(/healthz/)
  await page.goBack().catch(() => {})
  await page.waitForLoadState()
  assert.equal(await page.locator('.topbar__you').count(), 0, 'Back shows nobody signed in')
  await page.goto('/settings/sessions')
  assert.match(page.url(), /sign-in/)
}

test('Shift three times leaves, and Back shows nothing of a member', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Wren')
  await firstEssay(page)
  await page.goto('/settings/sessions')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift')
  await isOut(page)
})

for (const script of [true, false]) {
  test(`the button leaves from every page, script ${script}`, async () => {
    const page = await person(house, { script })
    await signIn(page, house, 'Wren')
    for (const path of ['/', '/essays', '/settings/sign-in']) {
      await page.goto(path)
      assert.ok(await page.locator('.leave').isVisible(), path)
    }
    await page.locator('.leave').click()
    await isOut(page)
  })
}
