// Members keep distance, mute, and take it back; with and without scripts, and by keyboard.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkPages, firstEssay, holds, openHouse, person, said, signIn, tabTo } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

/** Writes under the essay. */
async function comment (page, words) {
  await page.locator('#body').fill(words)
  await page.locator('#reply button.btn--primary').click()
  await page.locator('#comments', { hasText: words }).waitFor()
}

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`keep distance and take it back: script ${script}, ${width} px`, async () => {
      const words = `The kettle is on ${script} ${width}`
      const writer = await person(house, { script, width })
      await signIn(writer, house, 'Wren')
      const essay = await firstEssay(writer)
      await comment(writer, words)

      const reader = await person(house, { script, width })
      await signIn(reader, house, 'Pilar')
      await reader.goto(essay)
      await comment(reader, `A cup for me ${script} ${width}`)
      await reader.locator('#comments .comment', { hasText: words })
        .locator('a', { hasText: 'Keep distance…' }).click()
      await reader.locator('h1', { hasText: 'Keep distance from Wren' }).waitFor()
      await reader.locator('main .btn--primary', { hasText: 'Keep distance' }).click()
      await said(reader, 'You keep distance now. Nobody is told.')
      assert.equal(new URL(reader.url()).pathname, essay)
      assert.equal(await reader.locator('main', { hasText: words }).count(), 0)

      await writer.goto(essay)
      assert.equal(await writer.locator('main', { hasText: `A cup for me ${script}` }).count(), 0)
      await writer.goto('/settings/distance')
      assert.equal(await writer.locator('main', { hasText: 'Pilar' }).count(), 0)

      await reader.goto('/settings')
      await reader.locator('main a', { hasText: /^Distance$/ }).click()
      await reader.waitForURL('**/settings/distance')
      await reader.locator('main li', { hasText: 'Wren' })
        .locator('button', { hasText: 'Take distance back' }).click()
      await said(reader, 'Taken back. Nobody is told.')
      await reader.goto(essay)
      await holds(reader, words)
      assert.deepEqual(reader.troubles, [])
      assert.deepEqual(writer.troubles, [])
    })
  }

  test(`mute in a small circle, unfold, and unmute: script ${script}`, async () => {
    const reader = await person(house, { script })
    await signIn(reader, house, 'Pilar')
    await reader.goto('/circles')
    await reader.locator('main a', { hasText: 'Quiet Mornings' }).click()
    await reader.locator('h1', { hasText: 'Quiet Mornings' }).waitFor()
    const circle = new URL(reader.url()).pathname
    await reader.locator('main a', { hasText: 'Who is up?' }).click()
    await reader.locator('h1', { hasText: 'Who is up?' }).waitFor()
    const conversation = new URL(reader.url()).pathname
    await reader.locator('main a', { hasText: 'Keep distance… (Kofi Mensah)' }).first().click()
    await holds(reader, 'Small circles that you share')
    await holds(reader, 'Quiet Mornings')
    await reader.locator('main button', { hasText: 'Mute' }).click()
    await said(reader, 'Muted, for you alone.')
    assert.equal(new URL(reader.url()).pathname, conversation)
    const line = reader.locator('main summary', { hasText: 'Words of somebody you muted' }).first()
    assert.equal(await reader.locator('main', { hasText: 'Kettle is on' })
      .locator('.words', { hasText: 'Kettle is on' }).isVisible(), false)
    await line.click()
    await reader.locator('.words', { hasText: 'Kettle is on' }).waitFor()
    await reader.goto(circle)
    await holds(reader, 'Words of somebody you muted')
    await reader.goto('/settings/distance')
    await reader.locator('main button', { hasText: 'No longer mute' }).click()
    await said(reader, 'No longer muted.')
    await reader.goto(circle)
    await holds(reader, 'Who is up?')
    assert.deepEqual(reader.troubles, [])
  })
}

test('distance is kept with the keyboard alone', async () => {
  const page = await person(house)
  await signIn(page, house, 'Wren')
  await page.goto('/members')
  await tabTo(page, 'main a[href^="/members/"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/members\/[^/]{22}$/)
  await tabTo(page, 'main a[href*="/distance?"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/distance\?/)
  await tabTo(page, 'main .btn--primary')
  await page.keyboard.press('Enter')
  await said(page, 'You keep distance now.')
  await page.goto('/settings/distance')
  await tabTo(page, 'main form button')
  await page.keyboard.press('Enter')
  await said(page, 'Taken back.')
  assert.deepEqual(page.troubles, [])
})

test('every page of distance is accessible', async () => {
  const page = await person(house)
  await signIn(page, house, 'Pilar')
  await page.goto('/circles')
  await page.locator('main a', { hasText: 'Quiet Mornings' }).click()
  await page.locator('h1', { hasText: 'Quiet Mornings' }).waitFor()
  const circle = new URL(page.url()).pathname
  await page.locator('main a', { hasText: 'Who is up?' }).click()
  await page.locator('h1', { hasText: 'Who is up?' }).waitFor()
  const conversation = new URL(page.url()).pathname
  const way = await page.locator('main a', { hasText: 'Keep distance… (Kofi Mensah)' }).first()
    .getAttribute('href')
  await checkPages(page, ['/distance', '/settings/distance', way])
  await page.goto(way)
  await page.locator('main .btn--primary').click()
  await said(page, 'You keep distance now.')
  await checkPages(page, ['/settings/distance', way, circle, conversation])
  await page.goto('/settings/distance')
  await page.locator('main button', { hasText: 'Take distance back' }).click()
  await said(page, 'Taken back.')
  assert.deepEqual(page.troubles, [])
})
