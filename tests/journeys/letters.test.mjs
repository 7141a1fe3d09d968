// Letters between two members: sealed in one browser, opened in the other, and nowhere else.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { axe, checkPages, holds, openHouse, person, signIn, tabTo } from './house.mjs'

const logs = mkdtempSync(path.join(tmpdir(), 'kith-letters-log-'))
const log = path.join(logs, 'log')
let house

/** Runs a piece of Python with `db`, the community's database. */
function inDatabase (data, work, ...values) {
  const program = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=60)
values = sys.argv[2:]
${work}
db.commit()`
  const file = path.join(data, 'kith.db')
  return execFileSync('python3', ['-c', program, file, ...values], { encoding: 'utf8' })
}

/**
 * Wren and Pilar are near to each other, as two who have said yes to all steps up to it. They have
 * no quiet hours: letters come at any time of day.
 */
const bond = data => inDatabase(data, `
ids = [db.execute("select id from members where name = ?", (name,)).fetchone()[0]
       for name in ("Wren", "Pilar")]
for one, other in (ids, ids[::-1]):
    db.execute("insert or replace into bonds (member, other, step, since, name)"
               " values (?, ?, 4, 0, '')", (one, other))
    db.execute("insert or replace into openness (member, dial) values (?, 'open')", (one,))
    db.execute("insert or replace into notice_settings (member, mail, wording, quiet_from,"
               " quiet_until, digest_at) values (?, 0, 'neutral', 0, 0, 540)", (one,))`)

before(async () => {
  house = await openHouse({ prepare: bond, level: 'debug', more: ['--log-file', log] })
})
after(async () => {
  await house.close()
  rmSync(logs, { recursive: true, force: true })
})

const passphrases = { Wren: 'umbrella under seven stairs', Pilar: 'quiet violet tractor morning' }
const codes = {}
const spoken = []
let wren, pilar, conversation

const open = page => page.locator('[data-part="open"]').waitFor()
const letter = (page, words) => page.locator('.said > li', { hasText: words })

/** Makes keys with the keyboard alone, and notes the code. */
async function makeKeys (page, name) {
  await page.goto('/letters')
  await page.locator('[data-part="setup"]').waitFor()
  assert.deepEqual(await axe(page), [])
  await tabTo(page, '#setup-passphrase')
  await page.keyboard.type(passphrases[name])
  await page.keyboard.press('Tab')
  await page.keyboard.type('something else, by mistake')
  await page.keyboard.press('Enter')
  await page.locator('[data-said]', { hasText: 'aren’t the same' }).waitFor()
  await page.fill('#setup-again', passphrases[name])
  await page.press('#setup-again', 'Enter')
  await page.locator('[data-part="code"]').waitFor()
  assert.deepEqual(await axe(page), [])
  codes[name] = await page.locator('[data-code]').textContent()
  assert.match(codes[name], /^(\w{5}-){5}\w{5}$/)
  await page.fill('#code-last', 'AAAAA')
  await page.press('#code-last', 'Enter')
  await page.locator('[data-said]', { hasText: 'aren’t the last five' }).waitFor()
  await page.fill('#code-last', codes[name].slice(-5).toLowerCase())
  await page.press('#code-last', 'Enter')
  await open(page)
}

async function write (page, words) {
  spoken.push(words)
  await page.fill('#letter-words', words)
  await page.locator('form[data-form="send"] button.btn--primary').click()
  await letter(page, words.split('\n')[0]).waitFor()
  await page.locator('[data-said]', { hasText: 'on its way' }).waitFor()
}

test('two members make keys in their browsers, by the keyboard alone', async () => {
  wren = await person(house)
  pilar = await person(house, { width: 1280, dark: true })
  await signIn(wren, house, 'Wren')
  await signIn(pilar, house, 'Pilar')
  await makeKeys(wren, 'Wren')
  await makeKeys(pilar, 'Pilar')
})

test('they write to each other, and what comes shows by itself', async () => {
  const to = inDatabase(house.data,
    'print(db.execute("select public_id from members where name = \'Pilar\'").fetchone()[0])')
  await wren.goto(`/letters/new?to=${to.trim()}`)
  await wren.locator('main form button.btn--primary').click()
  await wren.waitForURL(/\/letters\/[\w-]{22}$/)
  conversation = new URL(wren.url()).pathname
  await wren.locator('form[data-form="send"]').waitFor()
  await pilar.goto(conversation)
  await pilar.locator('form[data-form="send"]').waitFor()

  await write(wren, 'The plum tree stands in blossom.\nCome and see it.')
  await letter(pilar, 'plum tree').waitFor()
  assert.equal(await letter(pilar, 'plum tree').locator('br').count(), 1)
  await write(pilar, 'I shall bring the <b>blue</b> kettle.')
  await letter(wren, '<b>blue</b> kettle').waitFor()
  assert.equal(await letter(wren, 'kettle').locator('b').count(), 0)
  for (const page of [wren, pilar]) assert.deepEqual(await axe(page), [])
})

test('they compare the same twelve words, and it is remembered', async () => {
  const seen = []
  for (const page of [wren, pilar]) {
    await page.locator('[data-comparing] > summary').click()
    await page.locator('[data-words] > li').nth(11).waitFor()
    seen.push(await page.locator('[data-words] > li').allTextContents())
    assert.deepEqual(await axe(page), [])
  }
  assert.equal(seen[0].length, 12)
  assert.deepEqual(seen[0], seen[1])
  await wren.locator('[data-act="compared"]').click()
  await wren.locator('[data-compared]', { hasText: 'compared on' }).waitFor()
  await wren.reload()
  await wren.locator('[data-compared]', { hasText: 'compared on' }).waitFor()
})

test('a picture is redrawn without its place, sealed, and shown when asked for', async () => {
  // A JPEG drawn here, with a place written into it as cameras do.
  const drawn = await wren.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 64
    canvas.getContext('2d').fillRect(8, 8, 32, 32)
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg'))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  const place = Buffer.from('Exif\0\0 48.85 N 2.35 E')
  const head = Buffer.from([0xff, 0xe1, 0, place.length + 2])
  const bytes = Buffer.concat(
    [Buffer.from(drawn.slice(0, 2)), head, place, Buffer.from(drawn.slice(2))])
  await wren.locator('[data-near] > summary').click()
  await wren.setInputFiles('#letter-picture',
    { name: 'plum.jpg', mimeType: 'image/jpeg', buffer: bytes })
  await wren.fill('#letter-alt', 'A dark square')
  spoken.push('A dark square')
  await write(wren, 'Here it is.')
  const came = letter(pilar, 'Here it is.')
  await came.locator('button', { hasText: 'Show the picture' }).click()
  await pilar.getByRole('img', { name: 'A dark square' }).waitFor()
  const opened = await pilar.evaluate(async url => {
    const page = await (await fetch(url, { headers: { accept: 'application/json' } })).json()
    const { sealed } = page.letters.at(-1)
    return sealed.length
  }, conversation)
  assert.ok(opened > 500)
})

test('a draft comes back, and lies nowhere in plain words', async () => {
  const words = 'Not sent as yet, dear neighbour.'
  spoken.push(words)
  await wren.fill('#letter-words', words)
  const kept = () => wren.evaluate(() =>
    Object.entries({ ...sessionStorage, ...localStorage }).flat().join('\n'))
  await wren.waitForFunction(() =>
    Object.keys(sessionStorage).some(key => key.startsWith('kith.letters:draft')))
  assert.ok(!(await kept()).includes('neighbour'))
  await wren.reload()
  await wren.locator('[data-said]', { hasText: 'hadn’t sent yet' }).waitFor()
  assert.equal(await wren.inputValue('#letter-words'), words)
  await wren.fill('#letter-words', '')
  await wren.waitForFunction(() =>
    !Object.keys(sessionStorage).some(key => key.startsWith('kith.letters:draft')))
})

test('searching happens in the browser, and finds across accents and case', async () => {
  await write(wren, 'Bring the crème, the Łódź map and a spoon.')
  await wren.goto('/letters')
  await open(wren)
  const asked = []
  wren.on('request', request => asked.push(request.url() + (request.postData() ?? '')))
  await wren.fill('#letters-q', 'CREME')
  await wren.press('#letters-q', 'Enter')
  await wren.locator('[data-found] > li', { hasText: 'crème' }).waitFor()
  await wren.locator('[data-said]', { hasText: 'everything that was found' }).waitFor()
  assert.ok(asked.length > 0 && asked.every(one => !/creme/i.test(one)), asked.join('\n'))
  assert.deepEqual(await axe(wren), [])
})

test('a copy to read anywhere is made on the device', async () => {
  const [download] = await Promise.all([
    wren.waitForEvent('download'), wren.locator('[data-act="copy"]').click()])
  const text = readFileSync(await download.path(), 'utf8')
  assert.match(text, /plum tree stands[^]*blue<\/b> kettle/)
  assert.match(text, /You → Pilar/)
})

test('on another browser the code opens everything, and other words open nothing', async () => {
  const other = await person(house)
  await signIn(other, house, 'Wren')
  await other.goto(conversation)
  await other.locator('[data-part="unlock"]').waitFor()
  assert.deepEqual(await axe(other), [])
  assert.equal(await other.locator('main', { hasText: 'plum tree' }).count(), 0)
  await other.fill('#unlock-passphrase', passphrases.Pilar)
  await other.press('#unlock-passphrase', 'Enter')
  await other.locator('[data-said]', { hasText: 'doesn’t open your letters' }).waitFor()
  await other.locator('summary', { hasText: 'forgotten the passphrase' }).click()
  await other.fill('#recover-code', codes.Wren.toLowerCase().replaceAll('-', ' '))
  await other.press('#recover-code', 'Enter')
  await letter(other, 'plum tree').waitFor()
  await other.locator('[data-compared]', { hasText: 'compared on' }).waitFor()
  await write(other, 'From my other desk.')
  await letter(wren, 'desk').waitFor({ state: 'detached' })

  await other.goto('/letters/keys')
  await open(other)
  passphrases.Wren = 'copper lantern beside the ferry'
  await other.fill('#change-passphrase', passphrases.Wren)
  await other.fill('#change-again', passphrases.Wren)
  await other.press('#change-again', 'Enter')
  await other.locator('[data-said]', { hasText: 'Changed.' }).waitFor()
  await other.locator('[data-act="lock"]').click()
  await other.locator('[data-part="unlock"]').waitFor()
  await other.fill('#unlock-passphrase', passphrases.Wren)
  await other.press('#unlock-passphrase', 'Enter')
  await open(other)
  assert.deepEqual(other.troubles, [])

  // The session ends by itself: the tab forgets the keys with the next page.
  const kept = () => other.evaluate(() => Object.keys(sessionStorage)
    .filter(key => key.startsWith('kith.letters:') && !key.startsWith('kith.letters:draft:')))
  assert.equal((await kept()).length, 1)
  await other.context().clearCookies()
  await other.goto('/sign-in')
  assert.deepEqual(await kept(), [])
  await other.context().close()
})

test('a device of one’s own keeps the keys until one signs out', async () => {
  const own = await person(house)
  await own.goto('/sign-in')
  await own.check('input[name="own_device"]')
  const { name, password } = house.members.find(member => member.name === 'Wren')
  await own.fill('#name', name)
  await own.fill('#password', password)
  await own.press('#password', 'Enter')
  await own.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  await own.goto(conversation)
  await own.locator('[data-part="unlock"]').waitFor()
  await own.fill('#unlock-passphrase', passphrases.Wren)
  await own.press('#unlock-passphrase', 'Enter')
  await letter(own, 'plum tree').waitFor()
  const again = await own.context().newPage()
  await again.goto(conversation)
  await letter(again, 'plum tree').waitFor()
  await again.close()
  await own.goto('/settings')
  await own.locator('form[action="/sign-out"] button').first().click()
  await own.waitForURL(url => url.pathname !== '/settings')
  const databases = await own.evaluate(() => indexedDB.databases())
  assert.deepEqual(databases, [])
  await own.context().close()
})

test('a letter that was changed or moved on the server is refused where all can see', async () => {
  await pilar.goto(conversation)
  await letter(pilar, 'Here it is.').waitFor()
  const was = inDatabase(house.data, `
first, second = db.execute(
    "select id, sealed, sequence from letters order by id limit 2").fetchall()
print(json.dumps([first, second]))
middle = len(first[1]) // 2
bent = first[1][:middle] + ("A" if first[1][middle] != "A" else "B") + first[1][middle + 1:]
db.execute("update letters set sealed = ? where id = ?", (bent, first[0]))
db.execute("update letters set sequence = sequence + 1 where id = ?", (second[0],))`)
  await pilar.reload()
  await letter(pilar, 'can’t be opened').waitFor()
  await letter(pilar, 'isn’t what it claims').waitFor()
  assert.equal(await letter(pilar, 'plum tree').count(), 0)
  assert.equal(await letter(pilar, 'blue').count(), 0)
  assert.deepEqual(await axe(pilar), [])
  inDatabase(house.data, `
for id, sealed, sequence in json.loads(values[0]):
    db.execute("update letters set sealed = ?, sequence = ? where id = ?", (sealed, sequence, id))`,
  was)
  await pilar.reload()
  await letter(pilar, 'plum tree').waitFor()
})

test('whoever made new keys is met with a loud warning, until it is decided', async () => {
  const lost = await person(house)
  await signIn(lost, house, 'Pilar')
  await lost.goto('/letters')
  await lost.locator('[data-part="unlock"]').waitFor()
  await lost.locator('summary', { hasText: 'lost both' }).click()
  await lost.locator('[data-act="anew"]').click()
  passphrases.Pilar = 'seven spoons and one giraffe'
  await lost.fill('#setup-passphrase', passphrases.Pilar)
  await lost.fill('#setup-again', passphrases.Pilar)
  await lost.press('#setup-again', 'Enter')
  await lost.locator('[data-part="code"]').waitFor()
  const code = await lost.locator('[data-code]').textContent()
  await lost.fill('#code-last', code.slice(-5))
  await lost.press('#code-last', 'Enter')
  await open(lost)
  codes.second = code

  await wren.goto(conversation)
  const warning = wren.locator('[role="alert"]', { hasText: 'keys of this person have changed' })
  await warning.waitFor()
  assert.equal(await wren.locator('#letter-words').isVisible(), false)
  await wren.locator('[data-words] > li').nth(11).waitFor()
  await wren.locator('[data-compared]', { hasText: 'not compared' }).waitFor()
  assert.deepEqual(await axe(wren), [])
  await letter(wren, 'blue').waitFor()
  await wren.locator('[data-act="accept"]').click()
  await warning.waitFor({ state: 'hidden' })
  await wren.locator('[data-compared]', { hasText: 'not compared' }).waitFor()

  await lost.goto(conversation)
  await lost.locator('form[data-form="send"]').waitFor()
  await letter(lost, 'can’t be opened').first().waitFor()
  await write(wren, 'For the new keys.')
  await letter(lost, 'For the new keys.').waitFor()
  await lost.context().close()
})

test('a closed conversation says so, and its letters can still be read', async () => {
  const step = number => inDatabase(house.data, `
db.execute("update bonds set step = ? where other ="
           " (select id from members where name = 'Wren')", (values[0],))`, String(number))
  step(2)
  await wren.goto(conversation)
  await holds(wren, 'This conversation is closed.')
  await letter(wren, 'plum tree').waitFor()
  await wren.locator('h1', { hasText: 'Pilar' }).waitFor()
  const away = wren.locator('main a', { hasText: 'Keep distance' })
  assert.match(await away.getAttribute('href'), /^\/members\/[\w-]{22}\/distance\?then=/)
  assert.equal(await wren.locator('#letter-words').isVisible(), false)
  assert.deepEqual(await axe(wren), [])
  step(4)
})

test('without JavaScript the pages say why they need it, and what else one can do', async () => {
  const plain = await person(house, { script: false })
  await signIn(plain, house, 'Wren')
  for (const url of ['/letters', '/letters/keys', conversation]) {
    await plain.goto(url)
    await plain.locator('noscript h2', { hasText: 'Letters need JavaScript' }).waitFor()
    await plain.locator('noscript a[href="/circles"]').waitFor()
    assert.equal(await plain.locator('[data-said]').isVisible(), false)
  }
})

test('the pages are in order on a phone and a desk, in light and dark', async () => {
  await checkPages(wren, ['/letters', '/letters/keys', conversation])
  assert.deepEqual(wren.troubles, [])
  assert.deepEqual(pilar.troubles, [])
})

/** All bytes of a folder's files. */
function bytesBelow (folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(path.join(entry.parentPath ?? entry.path, entry.name)))
}

test('no word, passphrase or code stands in the database, its files or the log', async () => {
  const dump = inDatabase(house.data, 'print("\\n".join(db.iterdump()))')
  assert.ok(dump.includes('letters'), 'the dump is empty')
  const all = [Buffer.from(dump), ...bytesBelow(house.data), readFileSync(log)]
  const secrets = [...spoken, ...Object.values(passphrases), ...Object.values(codes),
    ...Object.values(codes).map(code => code.replaceAll('-', '')),
    'plum tree', 'blue kettle', 'blossom', 'violet tractor', 'AGE-SECRET-KEY', '48.85']
  for (const secret of secrets)
    for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')])
      assert.ok(!all.some(bytes => bytes.includes(form)), `${secret} stands on the server`)
  // Were they there, they would be found: a name in plain words is.
  assert.ok(all.some(bytes => bytes.includes('Pilar')))
  assert.match(readFileSync(log, 'utf8'), /\/letters/)
})
