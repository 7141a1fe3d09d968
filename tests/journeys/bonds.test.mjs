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

/** The page of what this person has with somebody on the list of people. */
async function bondWith (page, name) {
  await page.goto('/members')
  await page.locator('main a', { hasText: name }).first().click()
  await page.waitForURL(/\/members\/[^/]{22}$/)
  await page.locator('main a', { hasText: 'Between the two of you' }).click()
  await page.waitForURL(/\/bond$/)
  return new URL(page.url()).pathname
}

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`nearer by one step, and back: script ${script}, ${width} px`, async () => {
      const words = `The plums are ripe ${script} ${width}`
      const pilar = await person(house, { script, width })
      const ines = await person(house, { script, width })
      await signIn(pilar, house, 'Pilar')
      await signIn(ines, house, 'Ines')
      await open(pilar)
      await open(ines)
      await pilar.goto('/settings/pace')
      await pilar.fill('#unsend_minutes', '60')
      await pressed(pilar, 'Save')
      await said(pilar, 'Saved. It holds for what is sent from now on.')
      const bond = await bondWith(pilar, 'Ines')
      await holds(pilar, 'The next step: hello')
      await pressed(pilar, 'Offer this step')
      await said(pilar, 'Offered. You hear of it only if it is accepted.')

      await ines.goto('/bonds')
      await ines.locator('main a', { hasText: 'Pilar' }).first().click()
      await ines.waitForURL(/\/bond$/)
      const back = new URL(ines.url()).pathname
      await holds(ines, 'Pilar offers you: hello')
      await pressed(ines, 'Accept')
      await said(ines, 'Accepted. You can step back at any time.')

      await pilar.goto(bond)
      await pilar.fill('#words', words)
      await pressed(pilar, 'Send the note')
      await said(pilar, 'Your note is on its way.')
      await ines.goto(back)
      await holds(ines, 'The next step: letters')
      assert.equal(await ines.locator('main', { hasText: words }).count(), 0)
      await pressed(pilar, 'Take back')
      await said(pilar, 'Taken back. It was never seen.')

      await ines.goto(back)
      await pressed(ines, 'Step back from everything')
      await said(ines, 'You have stepped back. Nobody is told.')
      await pilar.goto(bond)
      await holds(pilar, 'The next step: hello')
      assert.deepEqual(pilar.troubles, [])
      assert.deepEqual(ines.troubles, [])
    })
  }

  test(`rest by one press on Today, and come back: script ${script}`, async () => {
    const wren = await person(house, { script })
    await signIn(wren, house, 'Wren')
    await wren.goto('/')
    await pressed(wren, 'Rest from everything')
    await said(wren, 'You are resting. Everything is quiet.')
    await wren.goto('/')
    await holds(wren, 'You are resting. Nothing reaches you.')
    await pressed(wren, 'Come back')
    await said(wren, 'Welcome back.')
    await wren.locator('h1', { hasText: 'While you rested' }).waitFor()
    await wren.goto('/small-step')
    await pressed(wren, 'Switch it on')
    await said(wren, 'Switched on, for you alone.')
    await pressed(wren, 'Not now')
    await said(wren, 'Fine. Something else, tomorrow.')
    await pressed(wren, 'Switch it off')
    await said(wren, 'Switched off. Nothing is left of it.')
    assert.deepEqual(wren.troubles, [])
  })
}

test('the pages of openness and bonds are accessible', async () => {
  const page = await person(house)
  await signIn(page, house, 'Noor')
  await checkPages(page, ['/', '/bonds', '/settings/openness', '/settings/pace', '/rest',
    '/rest/missed', '/small-step', '/settings'])
  const bond = await bondWith(page, 'Miriam')
  await checkPages(page, [bond])
  assert.deepEqual(page.troubles, [])
})

test('a hello by keyboard alone', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Noor')
  await open(page)
  const bond = await bondWith(page, 'Tomasz')
  await page.goto(bond)
  await tabTo(page, 'main .slip button.btn--primary')
  await page.keyboard.press('Enter')
  await said(page, 'Offered. You hear of it only if it is accepted.')
  await tabTo(page, 'main .slip button')
  await page.keyboard.press('Enter')
  await said(page, 'Taken back.')
  assert.deepEqual(page.troubles, [])
})
