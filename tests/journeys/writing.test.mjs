// An author writes, publishes, changes and withdraws; readers thank and reach out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstEssay, linkIn, openHouse, person, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

for (const script of [true, false]) {
  test(`an author writes and publishes an essay, script ${script}`, async () => {
    const page = await person(house, { script, width: 1280 })
    await signIn(page, house, 'Kofi')
    await page.goto('/essays/new')
    const title = `The long way home (${script})`
    await page.fill('#title', title)
    await page.fill('#body', 'One evening.\n\n## A second part\n\nAnd *another*.')
    await page.locator('main form button', { hasText: /Publish/ }).first().click()
    await page.waitForURL(/\/essays\/(?!new)/)
    const reader = await person(house, { script })
    await reader.goto('/essays')
    await reader.locator('main a', { hasText: title }).click()
    await reader.locator('.words h2', { hasText: 'A second part' }).waitFor()
    assert.equal(await reader.locator('.words em').innerText(), 'another')
    assert.deepEqual(page.troubles, [])
  })
}

test('thanks go by a private link, and are received with love once', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Wren')
  await firstEssay(page)
  const form = page.locator('form[action$="/thanks"]')
  await form.locator('input[name="to"]').fill('steady@mail.example')
  await form.locator('textarea').fill('You kept my seat all winter.')
  await form.locator('button.btn--primary').click()
  const mail = await house.mail.to('steady@mail.example')
  assert.ok(!mail.text.includes('winter') && !mail.text.includes('Wren'))
  const receiver = await person(house, { script: false })
  await receiver.goto(linkIn(mail))
  await receiver.locator('main', { hasText: 'You kept my seat all winter.' }).waitFor()
  await receiver.locator('main form button').first().click()
  await receiver.goto(linkIn(mail))
  assert.equal(await receiver.locator('form[action$="/received"]').count(), 0)
})

test('a member reaches out to a guide, and reads the answer', async () => {
  const page = await person(house)
  await signIn(page, house, 'Pilar')
  await firstEssay(page)
  await page.locator('a[href$="/reach-out"]').first().click()
  await page.locator('main form textarea').first().fill('I would like to talk about my street.')
  await page.locator('main form button.btn--primary').first().click()
  await page.locator('main', { hasText: 'I would like to talk about my street.' }).waitFor()

  const guide = await person(house, { script: false })
  await signIn(guide, house, 'Miriam')
  await guide.goto('/reach-outs')
  await guide.locator('main a[href^="/reach-outs/"]').first().click()
  await guide.locator('form[action$="/read"] button').click()
  await guide.locator('main form textarea').first().fill('Come on Thursday, the kettle is on.')
  await guide.locator('main form button.btn--primary').first().click()
  await page.goto('/reach-outs')
  await page.locator('main a[href^="/reach-outs/"]').first().click()
  await page.locator('main', { hasText: 'Come on Thursday, the kettle is on.' }).waitFor()
})
