// Two members come nearer step by step, step back, rest and come back; with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkPages, holds, openHouse, person, said, signIn, tabTo } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const pressed = (page, words) => page.locator('main button', { hasText: words }).first().click()

/** Opens the dial as far as it goes. */
async function open (page) {
  await page.goto('/settings/openness')
  await page.locator('main input[value="open"]').check()
  await pressed(page, 'Save')
  await said(page, 'Saved. It holds at once')
}

/** Shows oneself on the list of people, or not. */
async function list (page, listed) {
  await page.goto('/settings/profile')
  await page.locator('input[name="listed"]').setChecked(listed)
  await page.locator('main form button.btn--primary').first().click()
  await page.locator('.page__said[role="status"]').waitFor()
}

/** The page of what this person has with somebody on the list of people. */
async function bondWith (page, name) {
  await page.goto('/members')
  await page.locator('main a', { hasText: name }).first().click()
  await page.waitForURL(/\/members\/[^/]{22}$/)
  await page.locator('main a', { hasText: 'Between the two of you' }).click()
  await page.waitForURL(/\/bond$/)
  return new URL(page.url()).pathname
}

/** Back to nothing, whatever was before. */
async function stepBack (page, bond) {
  await page.goto(bond)
  await pressed(page, 'Step back from everything')
  await said(page, 'You have stepped back. Nobody is told.')
}

test('the pages of openness and bonds are accessible', async () => {
  const page = await person(house)
  await signIn(page, house, 'Hanna')
  await checkPages(page, ['/', '/bonds', '/settings/openness', '/settings/pace', '/rest',
    '/rest/missed', '/small-step', '/settings'])
  const bond = await bondWith(page, 'Wren')
  await checkPages(page, [bond])
  assert.deepEqual(page.troubles, [])
})

test('a hello by keyboard alone', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Hanna')
  await open(page)
  const bond = await bondWith(page, 'Wren')
  await page.goto(bond)
  await tabTo(page, 'main .slip button.btn--primary')
  await page.keyboard.press('Enter')
  await said(page, 'Offered. You hear of it only if it is accepted.')
  await tabTo(page, 'main .slip button')
  await page.keyboard.press('Enter')
  await said(page, 'Taken back.')
  assert.deepEqual(page.troubles, [])
})
