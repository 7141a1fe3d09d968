// Someone comes in: by an invitation, or by asking and being let in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { holds, isIn, linkIn, openHouse, person, said, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const password = 'seven quiet mornings'
const press = page => page.locator('main form button.btn--primary').first().click()

for (const [script, width] of [[true, 390], [false, 1280]]) {
  test(`someone comes in by an invitation, which works once, script ${script}`, async () => {
    const host = await person(house, { script, width: 1280 })
    await signIn(host, house, 'Tomasz')
    await host.goto('/invitations')
    await host.fill('#note', `For Jo (${script})`)
    await press(host)
    const link = new URL(await host.locator('main code').innerText()).pathname

    const guest = await person(house, { script, width })
    await guest.goto(link)
    await guest.fill('#name', `Jo ${script}`)
    await guest.fill('#password', password)
    await guest.check('#agree')
    await press(guest)
    assert.ok(await guest.locator('main li code').count() >= 5, 'recovery codes are shown')
    await guest.locator('main a.btn--primary').click()
    await isIn(guest, `Jo ${script}`)

    const late = await person(house, { script: false })
    assert.equal((await late.goto(link)).status(), 404)
    await holds(late, 'This invitation can’t be used any more')
    await host.goto('/invitations')
    await host.locator('main li', { hasText: `For Jo (${script})` })
      .locator('.meta', { hasText: 'It was used.' }).waitFor()

    const again = await person(house, { script, width })
    await again.goto('/sign-in')
    await again.fill('#name', `Jo ${script}`)
    await again.fill('#password', password)
    await press(again)
    await isIn(again, `Jo ${script}`)
    assert.deepEqual(host.troubles.concat(guest.troubles), [])
  })
}

test('an invitation that was withdrawn lets nobody in', async () => {
  const host = await person(house)
  await signIn(host, house, 'Tomasz')
  await host.goto('/invitations')
  await host.fill('#note', 'For nobody')
  await press(host)
  const link = new URL(await host.locator('main code').innerText()).pathname
  await host.goto('/invitations')
  await host.locator('main li', { hasText: 'For nobody' }).getByRole('button').click()
  await said(host, 'That invitation can’t be used any more.')
  const guest = await person(house, { script: false })
  assert.equal((await guest.goto(link)).status(), 404)
})

/** Asks to join under this name; gives the page that shows how it stands. */
async function ask (page, name, more = {}) {
  await page.goto('/join')
  await page.fill('#name', name)
  await page.fill('#words', `I am ${name}, and I live in the next street.`)
  for (const [field, value] of Object.entries(more)) await page.fill(`#${field}`, value)
  await page.check('#agree')
  await press(page)
  await page.waitForURL(/\/join\/asked\//)
  await holds(page, 'A steward reads your words soon.')
}

test('people ask to join; who is let in comes in, who isn\'t is told kindly', async () => {
  const host = await person(house, { width: 1280 })
  await signIn(host, house, 'Tomasz')
  await host.goto('/host/community')
  await host.check('input[name="join_policy"][value="request"]', { force: true })
  await press(host)
  await said(host, 'Saved.')

  const robin = await person(house, { script: false })
  await ask(robin, 'Robin', { password })
  const kim = await person(house)
  await ask(kim, 'Kim', { email: 'kim@mail.example' })
  const lee = await person(house, { script: false })
  await ask(lee, 'Lee', { password })

  const steward = await person(house)
  await signIn(steward, house, 'Ines')
  await steward.goto('/')
  await steward.getByRole('link', { name: 'Read what they say' }).click()
  await holds(steward, 'I am Robin, and I live in the next street.')
  await steward.getByRole('button', { name: 'Let in Robin' }).click()
  await said(steward, 'They are welcome now.')
  await steward.getByRole('button', { name: 'Let in Kim' }).click()
  await steward.getByRole('button', { name: 'Let in Kim' }).waitFor({ state: 'detached' })
  await holds(steward, 'I am Lee')
  await steward.getByRole('button', { name: 'Not now Lee' }).click()
  await holds(steward, 'Nobody waits.')

  await robin.reload()
  await holds(robin, 'You are welcome.')
  await press(robin)
  await isIn(robin, 'Robin')
  const mail = await house.mail.to('kim@mail.example')
  assert.ok(!/Kim|Harbour/.test(mail.text), mail.text)
  await kim.goto(linkIn(mail))
  await press(kim)
  await isIn(kim, 'Kim')
  await lee.reload()
  await holds(lee, 'It is no judgement of you.')
  assert.equal(await lee.locator('main form').count(), 0)
  assert.deepEqual(steward.troubles.concat(kim.troubles), [])
})
