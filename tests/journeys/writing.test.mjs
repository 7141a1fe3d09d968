// An author writes, looks, keeps, publishes, changes, withdraws; a text is brought in.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openHouse, person, said, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

const words = 'One evening.\n\n## A second part\n\nAnd *another*.'
const button = (page, name) => page.locator('main').getByRole('button', { name })

/** A new essay in the editor, with its title and words written. */
async function write (page, title) {
  await page.goto('/essays/new')
  await page.fill('#title', title)
  await page.fill('#body', words)
}

/** What the address of the page answers a stranger. */
async function strangerSees (page) {
  const stranger = await person(house, { script: false })
  const answer = await stranger.goto(new URL(page.url()).pathname)
  return { status: answer.status(), text: await stranger.locator('main').innerText() }
}

for (const [script, width] of [[true, 390], [true, 1280], [false, 390], [false, 1280]]) {
  const how = `script ${script}, ${width} px`

  test(`an author writes, looks, publishes, changes and withdraws, ${how}`, async () => {
    const page = await person(house, { script, width })
    await signIn(page, house, 'Kofi')
    const title = `The long way home (${how})`
    await write(page, title)

    await button(page, 'Look at it').click()
    await page.locator('.words h2', { hasText: 'A second part' }).waitFor()
    assert.equal(await page.locator('.words em').innerText(), 'another')
    if (script) await button(page, 'Write on').click()
    else await page.goBack()
    assert.equal(await page.inputValue('#title'), title)
    assert.equal(await page.inputValue('#body'), words)

    await button(page, 'Publish').click()
    await said(page, 'Published.')
    const reader = await person(house, { script, width })
    await reader.goto('/essays')
    await reader.locator('main a', { hasText: title }).click()
    await reader.locator('.words h2', { hasText: 'A second part' }).waitFor()

    await page.locator('main').getByRole('link', { name: 'Edit' }).click()
    await page.waitForURL(/\/edit$/)
    await page.fill('#body', words.replace('One evening.', 'One winter evening.'))
    await button(page, 'Save').click()
    await said(page, 'Saved.')
    assert.match((await strangerSees(page)).text, /One winter evening\./)
    await page.locator('.page__head a[href$="/history"]').click()
    await page.locator('.diff ins', { hasText: 'winter' }).waitFor()
    await page.goBack()

    await page.locator('summary', { hasText: 'Withdraw' }).click()
    await button(page, 'Withdraw it now').click()
    await said(page, 'Withdrawn. Only you can read it now.')
    assert.equal((await strangerSees(page)).status, 404)
    await button(page, 'Publish').click()
    await said(page, 'Published.')
    assert.equal((await strangerSees(page)).status, 200)
    assert.deepEqual(page.troubles, [])
  })
}

test('a draft is saved while it is written, and comes back on another device', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Kofi')
  const saved = page.waitForResponse(answer => new URL(answer.url()).pathname === '/essays/draft')
  await write(page, 'Kept by itself')
  assert.equal((await saved).status(), 201)
  await page.locator('[data-autosave-target="saved"]').waitFor({ state: 'visible' })

  const elsewhere = await person(house)
  await signIn(elsewhere, house, 'Kofi')
  await elsewhere.goto('/essays')
  await elsewhere.locator('main a', { hasText: 'Kept by itself' }).click()
  await elsewhere.locator('#body').waitFor()
  assert.equal(await elsewhere.inputValue('#body'), words)
  await button(elsewhere, 'Publish').click()
  await said(elsewhere, 'Saved.')
  assert.equal((await strangerSees(elsewhere)).status, 200)
  assert.deepEqual(page.troubles, [])
})

test('what was changed but not saved is there again, and can be dropped', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Kofi')
  await write(page, 'Changed by halves')
  await button(page, 'Publish').click()
  await said(page, 'Published.')
  await page.locator('main').getByRole('link', { name: 'Edit' }).click()
  await page.waitForURL(/\/edit$/)
  const saved = page.waitForResponse(answer => new URL(answer.url()).pathname === '/essays/draft')
  await page.fill('#body', 'Half of another thought.')
  await saved
  const elsewhere = await person(house, { script: false })
  await signIn(elsewhere, house, 'Kofi')
  await elsewhere.goto(new URL(page.url()).pathname)
  assert.equal(await elsewhere.inputValue('#body'), 'Half of another thought.')
  const essay = new URL(page.url()).pathname.replace('/edit', '')
  const reader = await person(house, { script: false })
  await reader.goto(essay)
  assert.equal(await reader.locator('main', { hasText: 'Half of another' }).count(), 0)
  await button(elsewhere, 'Go back to what was saved').click()
  await said(elsewhere, 'This is what was saved last.')
  assert.equal(await elsewhere.inputValue('#body'), words)
})

for (const script of [true, false]) {
  test(`a text file becomes a draft with its headings, script ${script}`, async () => {
    const page = await person(house, { script, width: 1280 })
    await signIn(page, house, 'Kofi')
    await page.goto('/essays/new')
    await page.setInputFiles('#file', path.resolve('src/essays/tests/data/allotment.txt'))
    await button(page, 'Make a draft of it').click()
    await said(page, 'Kept as a draft. Only you can see it.')
    assert.match(await page.inputValue('#title'), /^What a Shared Garden Teaches Us/)
    assert.match(await page.inputValue('#body'), /^## Why We Dig Together$/m)
    await button(page, 'Publish').click()
    await said(page, 'Saved.')
    assert.equal((await strangerSees(page)).status, 200)
    await page.locator('.words h2', { hasText: 'Why We Dig Together' }).waitFor()
    await page.locator('.words h3', { hasText: 'A place to come to' }).waitFor()
    assert.deepEqual(page.troubles, [])
  })
}

test('a text that can\'t be taken is kept beside the sentence that says why', async () => {
  const page = await person(house, { script: false })
  await signIn(page, house, 'Kofi')
  await page.goto('/essays/new')
  await button(page, 'Make a draft of it').click()
  await page.locator('#text-hint', { hasText: 'There is no text in it yet' }).waitFor()
  await page.fill('#text', 'A title\n\nAnd its words.')
  await button(page, 'Make a draft of it').click()
  assert.equal(await page.inputValue('#title'), 'A title')
  assert.equal((await page.inputValue('#body')).trim(), 'And its words.')
})
