// People comment: as a guest, as a member, live, over a lost network and an ended session.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, fillSignIn, firstEssay, linkIn, openHouse, person, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const comment = async (page, words) => {
  await page.fill('#body', words)
  await page.locator('#reply button.btn--primary').click()
}
const shown = (page, words) => page.locator('#comments', { hasText: words })

for (const script of [true, false]) {
  test(`a guest comments by a link that comes by mail, script ${script}`, async () => {
    const page = await person(house, { script })
    const essay = await firstEssay(page)
    await page.fill('#name', 'Jo')
    const address = `jo-${script}@mail.example`
    await page.fill('#email', address)
    const words = `Mine was my sister (${script}).`
    await comment(page, words)
    const mail = await house.mail.to(address)
    const neutral = !mail.text.includes('Jo') && !mail.text.includes('sister')
    assert.ok(neutral, 'the mail holds no word of a person')
    await page.goto(linkIn(mail))
    await page.locator('main form button.btn--primary').click()
    await page.goto(essay)
    await shown(page, words).waitFor()
    assert.deepEqual(page.troubles, [])
  })

  test(`a member comments, edits and takes it back, script ${script}`, async () => {
    const page = await person(house, { script, width: 1280 })
    await signIn(page, house, 'Wren')
    await firstEssay(page)
    await comment(page, `I will *try* it (${script}).`)
    await shown(page, `I will try it (${script}).`).waitFor()
    const mine = page.locator('#comments .comment', { hasText: `(${script})` }).last()
    await mine.locator('a', { hasText: /^Edit/ }).click()
    await page.fill('#body', `I tried it (${script}).`)
    await page.locator('main form button.btn--primary').first().click()
    await shown(page, `I tried it (${script}).`).waitFor()
    assert.deepEqual(page.troubles, [])
  })
}

test('a mistake keeps what was typed and says what to do beside the field', async () => {
  const page = await person(house, { script: false })
  await signIn(page, house, 'Pilar')
  await firstEssay(page)
  const long = 'x'.repeat(17_000)
  await page.fill('#body', long)
  await page.locator('#reply button.btn--primary').click()
  assert.equal(await page.inputValue('#body'), long)
  assert.equal(await page.getAttribute('#body', 'aria-invalid'), 'true')
  assert.ok(await page.locator('#mistakes').isVisible())
})

test('a comment arrives live behind a pill, and the page does not move', async () => {
  const reader = await person(house, { width: 1280 })
  await signIn(reader, house, 'Pilar')
  const essay = await firstEssay(reader)
  const listening = reader.waitForResponse(/\/events\?/)
  await reader.reload()
  await reader.locator('#body').scrollIntoViewIfNeeded()
  await listening
  const writer = await person(house)
  await signIn(writer, house, 'Kofi')
  await writer.goto(essay)
  await comment(writer, 'Sent while Pilar was reading.')
  const pill = reader.locator('[data-live-target="pill"] button')
  await pill.waitFor({ state: 'visible' })
  assert.equal(await shown(reader, 'Sent while Pilar was reading.').isVisible(), false)
  await pill.click()
  await shown(reader, 'Sent while Pilar was reading.').waitFor({ state: 'visible' })
  assert.deepEqual(reader.troubles, [])
})

test('a comment survives a lost network, and is sent once', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Kofi')
  const essay = await firstEssay(page)
  await page.locator('#body').click()
  await page.fill('#body', 'Typed in a tunnel.')
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await page.locator('#reply button.btn--primary').click()
  await page.locator('#reply [data-send-target="waiting"]').waitFor({ state: 'visible' })
  assert.equal(await page.inputValue('#body'), 'Typed in a tunnel.')
  await page.context().setOffline(false)
  await shown(page, 'Typed in a tunnel.').waitFor()
  await page.goto(essay)
  const sent = page.locator('#comments .comment', { hasText: 'Typed in a tunnel.' })
  assert.equal(await sent.count(), 1)
})

for (const script of [true, false]) {
  test(`a comment survives an ended session, script ${script}`, async () => {
    const page = await person(house, { script, width: 1280 })
    await signIn(page, house, 'Wren')
    const essay = await firstEssay(page)
    await page.waitForLoadState('networkidle')
    const words = `Still here after the session ended (${script}).`
    await page.fill('#body', words)
    await page.context().clearCookies()
    await page.locator('#reply button.btn--primary').click()
    await page.locator('#password').waitFor()
    await fillSignIn(page, house, 'Wren')
    await page.press('#password', 'Enter')
    const kept = page.locator('main form textarea, main form input[name="body"]').first()
    await kept.waitFor({ state: 'attached' })
    await page.locator('main form button.btn--primary').click()
    await shown(page, words).waitFor()
    // What has arrived doesn't come back as a draft.
    await page.goto(essay)
    await page.waitForLoadState('networkidle')
    assert.equal(await page.inputValue('#body'), '')
    assert.equal(await page.locator('[data-draft-target="restored"]:visible').count(), 0)
  })
}

test('with the keyboard alone, a member comments', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Pilar')
  await firstEssay(page)
  await page.focus('#body')
  await page.keyboard.type('Written without a mouse.')
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab')
    const reached = () => document.activeElement.matches('#reply button.btn--primary')
    if (await page.evaluate(reached)) break
  }
  await page.keyboard.press('Enter')
  await shown(page, 'Written without a mouse.').waitFor()
})

test('pages of a member pass axe in light and dark, on a phone and on a desk', async () => {
  for (const width of [390, 1280]) {
    for (const dark of [false, true]) {
      const page = await person(house, { width, dark })
      await signIn(page, house, 'Kofi')
      const essay = await firstEssay(page)
      const pages = ['/', essay, '/essays/new', '/settings', '/settings/sign-in',
        '/settings/sessions', '/settings/profile', '/settings/reading', '/settings/copy',
        '/settings/erase', '/reach-outs', '/members', '/invitations']
      for (const path of pages) {
        await page.goto(path, { waitUntil: 'networkidle' })
        assert.deepEqual(await axe(page), [], `${path} at ${width}${dark ? ' dark' : ''}`)
      }
      await page.context().close()
    }
  }
})
