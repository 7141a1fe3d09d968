// People comment: as a guest, as a member, live, over a lost network and an ended session.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  checkPages, fillSignIn, firstEssay, linkIn, openHouse, person, said, signIn, tabTo
} from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const comment = async (page, words) => {
  await page.fill('#body', words)
  await page.locator('#reply button.btn--primary').click()
}
const shown = (page, words) => page.locator('#comments', { hasText: words })

for (const [script, width] of [[true, 390], [true, 1280], [false, 390], [false, 1280]]) {
  const how = `script ${script}, ${width} px`

  test(`a guest comments by a link that comes by mail, ${how}`, async () => {
    const page = await person(house, { script, width })
    const essay = await firstEssay(page)
    await page.fill('#name', 'Jo')
    const address = `jo-${script}-${width}@mail.example`
    await page.fill('#email', address)
    const words = `Mine was my sister (${how}).`
    await comment(page, words)
    const mail = await house.mail.to(address)
    // The link is by chance: it may hold any letters.
    const read = mail.text.replace(/https?:\S+/g, '')
    const neutral = !read.includes('Jo') && !read.includes('sister')
    assert.ok(neutral, 'the mail holds no word of a person')
    await page.goto(linkIn(mail))
    await page.locator('main form button.btn--primary').click()
    await page.waitForURL(url => !url.pathname.startsWith('/comments/confirm/'))
    await page.goto(essay)
    await shown(page, words).waitFor()
    assert.deepEqual(page.troubles, [])
  })

  test(`a member comments, is answered, edits and takes it back, ${how}`, async () => {
    const page = await person(house, { script, width })
    await signIn(page, house, 'Wren')
    const essay = await firstEssay(page)
    await comment(page, `I will *try* it (${how}).`)
    await shown(page, `I will try it (${how}).`).waitFor()
    const mine = page.locator('#comments .comment', { hasText: `it (${how})` })
    const other = await person(house, { script, width })
    await signIn(other, house, 'Pilar')
    await other.goto(essay)
    await other.locator('#comments .comment', { hasText: `it (${how})` })
      .getByRole('link', { name: /^Reply/ }).click()
    await other.locator('#reply input[name="parent"]').waitFor({ state: 'attached' })
    await comment(other, `Tell us how it went (${width}).`)
    await shown(other, `Tell us how it went (${width}).`).waitFor()
    await page.goto(essay)
    await shown(page, `Tell us how it went (${width}).`).waitFor()
    await mine.first().getByRole('link', { name: 'Edit' }).click()
    // The essay's page has a field of the same name: it may still be there after the press.
    await page.waitForURL(url => url.pathname !== essay)
    await page.fill('#body', `I tried it (${how}).`)
    await page.locator('main form button.btn--primary').first().click()
    await shown(page, `I tried it (${how}).`).waitFor()
    await mine.first().locator('summary', { hasText: 'Take back' }).click()
    await mine.first().getByRole('button', { name: 'Take my words back' }).click()
    await said(page, 'Your comment is taken back.')
    await page.goto(essay)
    assert.equal(await page.locator('#comments', { hasText: `it (${how})` }).count(), 0)
    assert.deepEqual(page.troubles.concat(other.troubles), [])
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

test('with the keyboard alone, someone signs in, finds the essay and comments', async () => {
  const page = await person(house, { width: 1280 })
  const pilar = house.members.find(member => member.name === 'Pilar')
  await page.goto('/')
  await tabTo(page, 'nav a[href="/sign-in"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sign-in$/)
  await tabTo(page, '#name')
  await page.keyboard.type(pilar.name)
  await tabTo(page, '#password')
  await page.keyboard.type(pilar.password)
  await tabTo(page, 'main form button.btn--primary')
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === '/')
  await tabTo(page, 'nav a[href="/essays"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/essays$/)
  await tabTo(page, 'main h3 a[href^="/essays/"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/essays\/[^/]+$/)
  await tabTo(page, '#body')
  await page.keyboard.type('Written without a mouse.')
  await tabTo(page, '#reply button.btn--primary')
  await page.keyboard.press('Enter')
  await shown(page, 'Written without a mouse.').waitFor()
  const edit = '#comments a[href^="/comments/"][href$="/edit"]'
  await tabTo(page, edit)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/edit$/)
  await tabTo(page, '#body')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Changed without a mouse.')
  await tabTo(page, 'main form button.btn--primary')
  await page.keyboard.press('Enter')
  await shown(page, 'Changed without a mouse.').waitFor()
  assert.deepEqual(page.troubles, [])
})

test('pages of a member pass axe in light and dark, on a phone and on a desk', async () => {
  const page = await person(house)
  await signIn(page, house, 'Kofi')
  const essay = await firstEssay(page)
  await checkPages(page, ['/', essay, '/essays', '/essays/new', '/thanks', '/reach-outs',
    '/members', '/settings', '/settings/sign-in', '/settings/sessions', '/settings/profile',
    '/settings/reading', '/settings/reach-out', '/settings/copy', '/settings/erase',
    '/sign-in/again'])
})
