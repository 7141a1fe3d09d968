// A host looks how the server is: from the house, without script and in German too.
import assert from 'node:assert/strict'
import test from 'node:test'
import { checkPages, holds, openHouse, person, said, signIn } from './house.mjs'

const house = await openHouse()
test.after(() => house.close())
const host = house.members.find(member => member.role === 'host').name

test('a host finds what to do about the server, and has it looked at again', async () => {
  for (const script of [true, false]) {
    const page = await person(house, { script })
    await signIn(page, house, host)
    await page.goto('/host')
    await page.locator('main a[href="/host/health"]').click()
    await page.waitForURL(/\/host\/health$/)
    await holds(page, 'This community has never been backed up.')
    await holds(page, 'Run “kith backup” every night')
    await page.locator('form[action="/host/health/look"] button').click()
    await page.waitForURL(/said=upkeep\.said_looking/)
    await said(page, 'Kith is looking.')
    const deadline = Date.now() + 30_000
    const looked = page.locator('main', { hasText: 'It answers, and takes our name' })
    while (await looked.count() === 0) {
      assert.ok(Date.now() < deadline, 'nobody looked')
      await page.reload()
    }
    assert.deepEqual(page.troubles, [])
  }
})

test('the page of health passes axe, in light and dark, at two widths, in German too', async () => {
  const page = await person(house, { language: 'de-DE' })
  await signIn(page, house, host)
  await checkPages(page, ['/host/health', '/host'])
  assert.deepEqual(page.troubles, [])
  const english = await person(house)
  await signIn(english, house, host)
  await checkPages(english, ['/host/health'])
})
