// Those who look after the house: a steward reads first, a host looks after mail; their pages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkPages, firstEssay, holds, openHouse, person, said, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const commentOf = (page, words) => page.locator('#comments .comment', { hasText: words })

/** Comments as this member; gives the essay's path. */
async function comment (name, words) {
  const page = await person(house, { script: false })
  await signIn(page, house, name)
  const essay = await firstEssay(page)
  await page.fill('#body', words)
  await page.locator('#reply button.btn--primary').click()
  await commentOf(page, words).waitFor()
  return { page, essay }
}

/** A steward at the essay, who puts aside the comment that holds `words`. */
async function putAside (essay, words, options) {
  const steward = await person(house, options)
  await signIn(steward, house, 'Ines')
  await steward.goto(essay)
  await commentOf(steward, words).getByRole('button', { name: /Put aside/ }).click()
  await said(steward, 'The comment is put aside')
  return steward
}

/** How many comments a stranger finds with these words. */
async function strangerFinds (essay, words) {
  const stranger = await person(house, { script: false })
  await stranger.goto(essay)
  return commentOf(stranger, words).count()
}

for (const script of [true, false]) {
  const options = { script, width: script ? 390 : 1280 }

  test(`a steward puts a comment aside and says why it can't stand, script ${script}`, async () => {
    const words = `Something unkind (${script}).`
    const { page, essay } = await comment('Wren', words)
    const steward = await putAside(essay, words, options)
    assert.equal(await strangerFinds(essay, words), 0)
    await steward.goto('/')
    await steward.locator('main a[href="/review"]').first().click()
    const item = steward.locator('main section', { hasText: words })
    await item.locator('summary', { hasText: 'Do not let it stand' }).click()
    await item.locator('textarea').fill(`We speak of ourselves here (${script}).`)
    await item.getByRole('button', { name: /^Refuse/ }).click()
    await said(steward, 'The comment stays hidden')
    assert.equal(await strangerFinds(essay, words), 0)
    await page.goto(essay)
    await holds(page, `We speak of ourselves here (${script}).`)
    assert.deepEqual(steward.troubles, [])
  })

  test(`a steward lets a comment stand after all, script ${script}`, async () => {
    const words = `Something blunt (${script}).`
    const { essay } = await comment('Pilar', words)
    const steward = await putAside(essay, words, options)
    await steward.goto('/review')
    await steward.locator('main section', { hasText: words })
      .getByRole('button', { name: /^Let it stand/ }).click()
    await said(steward, 'there for all to read')
    assert.equal(await strangerFinds(essay, words), 1)
    assert.deepEqual(steward.troubles, [])
  })
}

/** A guest's words under an address at which nobody lives, so that the link can't arrive. */
async function writeToNobody () {
  const guest = await person(house, { script: false })
  await firstEssay(guest)
  await guest.fill('#name', 'Jo')
  await guest.fill('#email', 'gone@mail.example')
  await guest.fill('#body', 'Is anybody there?')
  await guest.locator('#reply button.btn--primary').click()
  await said(guest, 'We have sent you a link')
}

test('a mail that can\'t arrive waits for the host, who gives it up', async () => {
  await writeToNobody()
  const host = await person(house)
  await signIn(host, house, 'Tomasz')
  const giveUp = host.getByRole('button', { name: /^Give up/ })
  for (const deadline = Date.now() + 30_000; await giveUp.count() === 0;) {
    assert.ok(Date.now() < deadline, 'the mail never came to the host')
    await host.goto('/host/mail')
  }
  assert.equal(await host.locator('main', { hasText: 'gone@' }).count(), 0)
  await giveUp.click()
  await said(host, 'Given up, and forgotten.')
  await holds(host, 'Nothing waits.')
})

test('pages of those who look after the house pass axe in light and dark', async () => {
  await writeToNobody()
  const host = await person(house)
  await signIn(host, house, 'Tomasz')
  await host.goto('/host/community')
  await host.check('input[name="join_policy"][value="request"]', { force: true })
  await host.locator('main form button.btn--primary').click()
  await said(host, 'Saved.')
  const asker = await person(house)
  await asker.goto('/join')
  await asker.fill('#name', 'Robin')
  await asker.fill('#words', 'I live in the next street.')
  await asker.fill('#password', 'seven quiet mornings')
  await asker.check('#agree')
  await asker.locator('main form button.btn--primary').click()
  await asker.waitForURL(/\/join\/asked\//)
  const { essay } = await comment('Kofi', 'To be read first.')
  await putAside(essay, 'To be read first.', {})
  await host.goto('/host/members')
  const member = await host.locator('main a[href^="/host/members/"]').last().getAttribute('href')
  await checkPages(host, ['/', essay, '/host', '/host/joining', '/host/community', '/host/members',
    member, '/host/help-lines', '/host/mail', '/invitations', '/review'])
  await checkPages(asker, [new URL(asker.url()).pathname, '/join'])
})
