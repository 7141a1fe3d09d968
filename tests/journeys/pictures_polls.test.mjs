// Members put pictures into a comment, see them described and folded, and take them back; they ask
// questions with choices and answer them; what happens in circles is told those whom it concerns.
// With and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { axe, checkPages, holds, openHouse, person, said, signIn } from './house.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house.close())

/** A PNG of this size, a sky that grows lighter. */
function sky (width, height) {
  const chunk = (type, bytes) => {
    const body = Buffer.concat([Buffer.from(type), bytes])
    const size = Buffer.alloc(4)
    const sum = Buffer.alloc(4)
    size.writeUInt32BE(bytes.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const lines = []
  for (let y = 0; y < height; y++) {
    const light = 80 + Math.floor(150 * y / height)
    const line = Buffer.alloc(1 + width * 3)
    for (let x = 0; x < width; x++) line.set([light - 60, light, 230], 1 + x * 3)
    lines.push(line)
  }
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))])
}

const file = (name, buffer) => ({ name, mimeType: 'image/png', buffer })

/** The first conversation of the demo's circle that both Kofi and Wren can find their way to. */
async function conversationOf (page, circle) {
  await page.goto('/circles')
  await page.locator('main a', { hasText: circle }).first().click()
  await page.waitForURL(/\/circles\/[^/]{22}/)
  await page.locator('main a[href^="/conversations/"]').first().click()
  await page.waitForURL(/\/conversations\/[^/]{22}/)
  return new URL(page.url()).pathname
}

const addPictures = page => page.locator('#reply summary', { hasText: 'Add pictures' }).click()

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`pictures in a comment: script ${script}, ${width} px`, async () => {
      const page = await person(house, { script, width })
      await signIn(page, house, 'Kofi')
      const conversation = await conversationOf(page, 'Quiet Mornings')
      const words = `The sky at six, ${script} ${width}`
      await page.fill('#body', words)
      await addPictures(page)
      await page.setInputFiles('#picture_1', file('sky.png', sky(640, 420)))
      await page.fill('#about_picture_1', 'A pale sky above roofs')
      await page.setInputFiles('#picture_2', file('notes.png', Buffer.from('not a picture')))
      await page.locator('#reply button.btn--primary').click()
      // Beside the field, and nothing that was typed is lost.
      await page.locator('#picture_2-mistake', { hasText: 'JPEG, PNG or WebP' }).waitFor()
      assert.equal(await page.inputValue('#body'), words)
      assert.equal(await page.inputValue('#about_picture_1'), 'A pale sky above roofs')
      await holds(page, 'Please choose your pictures again')
      await page.setInputFiles('#picture_1', file('sky.png', sky(640, 420)))
      await page.setInputFiles('#picture_3', file('tall.png', sky(300, 500)))
      await page.locator('#reply button.btn--primary').click()
      const comment = page.locator('#comments article', { hasText: words })
      await comment.waitFor()
      const first = comment.locator('img[alt="A pale sky above roofs"]')
      await first.scrollIntoViewIfNeeded()
      await first.waitFor()
      assert.equal(await first.getAttribute('width'), '640')
      assert.equal(await comment.locator('img[loading="lazy"][src^="/comments/pictures/"]').count(),
        2)
      if (script) {
        await page.waitForFunction(alt =>
          document.querySelector(`img[alt="${alt}"]`)?.naturalWidth === 640,
        'A pale sky above roofs')
      }
      await comment.locator('img[alt="A picture without a description"]').waitFor()
      const url = await first.getAttribute('src')
      assert.equal((await page.request.get(url)).status(), 200)
      // Who isn't in the circle can't have it by its address.
      const other = await person(house, { script, width })
      await signIn(other, house, 'Wren')
      assert.equal((await other.request.get(url)).status(), 404)

      await page.goto(conversation)
      const own = page.locator('#comments article', { hasText: words })
      await own.locator('summary', { hasText: 'Take back' }).click()
      await own.locator('form[action$="/delete"] button').click()
      await said(page, 'taken back')
      assert.equal((await page.request.get(url)).status(), 404)
      assert.deepEqual(page.troubles, [])
    })
  }
}

for (const script of [true, false]) {
  for (const width of [390, 1280]) {
    test(`ask with choices, answer, change, take back: script ${script}, ${width} px`, async () => {
      const page = await person(house, { script, width })
      await signIn(page, house, 'Kofi')
      await conversationOf(page, 'Quiet Mornings')
      const circle = await page.locator('.crumb a').last().getAttribute('href')
      await page.goto(`${circle}/conversations/new`)
      const question = `Which evening, ${script} ${width}?`
      await page.fill('#title', `A walk, ${script} ${width}`)
      await page.fill('#body', 'Along the river.')
      await page.locator('summary', { hasText: 'Ask a question with choices' }).click()
      await page.fill('#poll_question', question)
      await page.fill('#poll_choices', 'Monday')
      await page.locator('button', { hasText: 'Begin the conversation' }).click()
      await page.locator('#poll_choices-mistake').waitFor()
      assert.equal(await page.inputValue('#poll_question'), question)
      await page.fill('#poll_choices', 'Monday\nTuesday\nAny of them')
      await page.locator('button', { hasText: 'Begin the conversation' }).click()
      await page.waitForURL(/\/conversations\/[^/]{22}/)
      const poll = page.locator('.poll', { hasText: question })
      await holds(page, 'You see what others answered once')
      await poll.getByLabel('Tuesday').check()
      await poll.locator('button', { hasText: 'Answer' }).click()
      await said(page, 'Your answer is kept')
      await poll.locator('li', { hasText: 'Tuesday' }).filter({ hasText: 'one person' }).waitFor()
      await poll.locator('summary', { hasText: 'Change my answer' }).click()
      await poll.getByLabel('Monday').check()
      await poll.locator('button', { hasText: 'Change my answer' }).click()
      await poll.locator('li', { hasText: 'Monday' }).filter({ hasText: 'your answer' }).waitFor()
      await poll.locator('summary', { hasText: 'Change my answer' }).click()
      await poll.locator('button', { hasText: 'Take my answer back' }).click()
      await said(page, 'Your answer is taken back')
      await poll.getByLabel('Monday').waitFor()
      assert.deepEqual(page.troubles, [])
    })
  }
}

test('a question with choices is accessible before and after it is answered', async () => {
  const page = await person(house)
  await signIn(page, house, 'Kofi')
  const conversation = await conversationOf(page, 'Quiet Mornings')
  await page.fill('#body', 'Tea or not?')
  await page.locator('#reply summary', { hasText: 'Ask a question with choices' }).click()
  await page.fill('#poll_question', 'What shall I bring?')
  await page.fill('#poll_choices', 'Tea\nBread\nOnly yourself')
  await page.locator('label', { hasText: 'More than one can be chosen' }).click()
  assert.deepEqual(await axe(page), [])
  await page.locator('#reply button.btn--primary').click()
  const comment = page.locator('#comments article', { hasText: 'Tea or not?' })
  await comment.getByLabel('Bread').waitFor()
  await checkPages(page, [conversation])
  await comment.getByLabel('Tea', { exact: true }).check()
  await comment.getByLabel('Bread').check()
  await comment.locator('button', { hasText: 'Answer' }).click()
  await said(page, 'Your answer is kept')
  await checkPages(page, [conversation])
})

test('the form for pictures and a comment with some are accessible, light and dark', async () => {
  const page = await person(house, { width: 1280 })
  await signIn(page, house, 'Kofi')
  const conversation = await conversationOf(page, 'Quiet Mornings')
  await page.fill('#body', 'Behind a note')
  await page.locator('#reply summary', { hasText: 'content note' }).click()
  await page.fill('#content_note', 'heights')
  await addPictures(page)
  await page.setInputFiles('#picture_1', file('sky.png', sky(640, 420)))
  await page.locator('#reply button.btn--primary').click()
  const comment = page.locator('#comments article', { hasText: 'heights' })
  await comment.locator('summary', { hasText: 'heights' }).waitFor()
  await checkPages(page, [conversation])
  await page.locator('#comments summary', { hasText: 'heights' }).click()
  await addPictures(page)
  assert.deepEqual(await axe(page), [])
})

test('who keeps a circle is told that somebody asks, and the one who asked that they are in',
  async () => {
    const keeper = await person(house)
    await signIn(keeper, house, 'Kofi')
    await keeper.goto('/circles/new')
    await keeper.fill('#name', 'Early Birds')
    await keeper.fill('#purpose', 'For those who walk before breakfast.')
    await keeper.locator('input[name="joining"][value="asking"]').check()
    await keeper.locator('main form button', { hasText: 'Make the circle' }).click()
    await keeper.waitForURL(/\/circles\/[^/]{22}/)
    const circle = new URL(keeper.url()).pathname
    const guest = await person(house)
    await signIn(guest, house, 'Wren')
    await guest.goto(circle)
    await guest.locator('#words').fill('I am up at six anyway.')
    await guest.locator('form[action$="/ask"] button').click()
    await holds(guest, 'You asked on')
    await keeper.goto('/notices')
    await holds(keeper, 'asks to come into Early Birds')
    await keeper.goto(`${circle}/requests`)
    await keeper.locator('form[action$="/let-in"] button').click()
    await holds(keeper, 'Nobody waits.')
    await guest.goto('/notices')
    await holds(guest, 'You are let into Early Birds.')
    assert.deepEqual(await axe(guest), [])
  })
