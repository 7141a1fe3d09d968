// Members make a circle, come in by asking, talk and leave; with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, openHouse, person, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

/** Makes a circle that one comes into by asking; gives its path. */
async function makeCircle (page, name) {
  await page.goto('/circles')
  await page.locator('main a', { hasText: 'Make a circle' }).click()
  await page.fill('#name', name)
  await page.fill('#purpose', 'For those who walk before breakfast.')
  await page.locator('input[name="joining"][value="asking"]').check()
  await page.fill('#experiences', 'long walks, short nights')
  await page.locator('main form button', { hasText: 'Make the circle' }).click()
  await page.waitForURL(/\/circles\/[^/]{22}/)
  return new URL(page.url()).pathname
}

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`make, come in by asking, talk, leave: script ${script}, ${width} px`, async () => {
      const name = `Walkers ${script} ${width}`
      const keeper = await person(house, { script, width })
      await signIn(keeper, house, 'Kofi')
      const circle = await makeCircle(keeper, name)
      await keeper.locator('main', { hasText: 'you are the one member' }).waitFor()

      const guest = await person(house, { script, width })
      await signIn(guest, house, 'Wren')
      await guest.goto('/circles')
      await guest.locator('main a', { hasText: name }).click()
      await guest.locator('#words').fill('I am up at six anyway.')
      await guest.locator('form[action$="/ask"] button').click()
      await guest.locator('main', { hasText: 'You asked on' }).waitFor()

      await keeper.goto('/')
      await keeper.locator('main', { hasText: 'Someone asks to come into your circle' }).waitFor()
      await keeper.goto(`${circle}/requests`)
      await keeper.locator('main', { hasText: 'I am up at six anyway.' }).waitFor()
      await keeper.locator('form[action$="/let-in"] button').click()
      await keeper.locator('main', { hasText: 'Nobody waits.' }).waitFor()

      await guest.goto(circle)
      await guest.locator('main', { hasText: `Seen by the 2 members of ${name}.` }).waitFor()
      await guest.locator('main a', { hasText: 'Begin one' }).click()
      await guest.fill('#title', 'Fog on the river')
      await guest.fill('#body', 'Nobody there but a heron.')
      await guest.locator('main form button', { hasText: 'Begin the conversation' }).click()
      await guest.waitForURL(/\/conversations\/[^/]{22}/)
      const conversation = new URL(guest.url()).pathname

      await keeper.goto(circle)
      await keeper.locator('main', { hasText: 'New to you' }).waitFor()
      const noted = script
        ? keeper.waitForResponse(answer => answer.url().endsWith('/read'))
        : undefined
      await keeper.goto(conversation)
      if (script) await noted
      await keeper.locator('#body').fill('The heron is there every day.')
      await keeper.locator('#reply button.btn--primary').click()
      await keeper.locator('#comments', { hasText: 'The heron is there every day.' }).waitFor()
      if (!script) {
        await keeper.goto(conversation)
        await keeper.locator('form[action$="/read"] button').click()
        await keeper.waitForURL(url => url.pathname === circle)
      }
      await keeper.goto(circle)
      assert.equal(await keeper.locator('.state--now').count(), 0)

      await guest.goto(circle)
      await guest.locator('.state--now', { hasText: 'New to you' }).waitFor()
      await guest.locator('summary', { hasText: 'Leave the circle' }).click()
      await guest.locator('main form[action$="/leave"] button').click()
      await guest.locator('main', { hasText: 'You have left. Nothing was announced.' }).waitFor()
      await guest.goto(conversation)
      await guest.locator('main', { hasText: 'heron' }).waitFor({ state: 'detached' })
      assert.deepEqual(keeper.troubles, [])
      assert.deepEqual(guest.troubles, [])
    })
  }
}

for (const dark of [false, true]) {
  test(`every page of circles is accessible, ${dark ? 'dark' : 'light'}`, async () => {
    const page = await person(house, { dark })
    await signIn(page, house, 'Kofi')
    await page.goto('/circles')
    await page.locator('main a', { hasText: 'Quiet Mornings' }).click()
    await page.waitForURL(/\/circles\/[^/]{22}$/)
    const circle = new URL(page.url()).pathname
    const conversation = await page.locator('main a[href^="/conversations/"]').first()
      .getAttribute('href')
    const pages = ['/circles', '/circles/new', circle, `${circle}/members`, `${circle}/settings`,
      `${circle}/requests`, `${circle}/invitations`, `${circle}/agreement`,
      `${circle}/conversations`, `${circle}/conversations/new`, conversation, '/settings/sharing']
    for (const path of pages) {
      await page.goto(path)
      assert.deepEqual(await axe(page), [], path)
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth > document.documentElement.clientWidth)
      assert.equal(wide, false, `${path} is wider than a phone`)
    }
    // Whoever isn't in it sees the way in.
    const guest = await person(house, { dark, width: 1280 })
    await signIn(guest, house, 'Wren')
    for (const name of ['Quiet Mornings', 'Tuesday Evenings']) {
      await guest.goto('/circles')
      await guest.locator('main a', { hasText: name }).first().click()
      await guest.locator('h1', { hasText: name }).waitFor()
      assert.deepEqual(await axe(guest), [], name)
    }
  })
}
