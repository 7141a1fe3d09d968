// The Debian package: made of the program that is tested, found well by lintian, and started from
// where it was unpacked, as confined as its unit says.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import {
  ask, comment, program, read, serve, signIn, someEssay
} from '../faults/community.mjs'
import { noise, postPicture } from '../faults/pictures.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'kith-package-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
chmodSync(folder, 0o755)
const run = (...words) => String(execFileSync(words[0], words.slice(1)))
const within = (...names) => path.join(folder, 'tree', ...names)

let file
let control

test('the package is made, and lintian finds neither an error nor a warning', () => {
  const environment = { ...process.env, KITH_COMPRESSION: 'gzip' }
  execFileSync('packaging/package', [program, folder], { env: environment, stdio: 'inherit' })
  file = path.join(folder, readdirSync(folder).find(name => /^kith_.*\.deb$/.test(name)))
  run('dpkg-deb', '-x', file, within())
  run('dpkg-deb', '-e', file, within('DEBIAN'))
  control = readFileSync(within('DEBIAN', 'control'), 'utf8')
})

test('it has the version of the program, and asks for the libraries that it needs', () => {
  const [, version] = readFileSync('CMakeLists.txt', 'utf8').match(/^project\(kith VERSION (\S+)/m)
  assert.ok(file.endsWith(`kith_${version}_${run('dpkg', '--print-architecture').trim()}.deb`))
  assert.match(control, new RegExp(`^Version: ${version}$`, 'm'))
  for (const library of ['libsqlite3-0', 'libsodium23', 'libvips42', 'libcurl4', 'systemd']) {
    assert.match(control, new RegExp(`^Depends: .*\\b${library}`, 'm'))
  }
})

// What decodes pictures, and the seventy libraries behind it, belong to the child that does so.
const ofPictures = /vips|glib|gobject|gio-2|cairo|rsvg/

test('the program itself needs no library that decodes pictures', () => {
  const needed = run('readelf', '-d', within('usr/bin/kith')).match(/NEEDED.*/g)
  assert.ok(needed.length > 10)
  assert.deepEqual(needed.filter(line => ofPictures.test(line)), [])
})

test('it brings its settings, user, directory, unit, manual and licence', () => {
  const conffiles = readFileSync(within('DEBIAN', 'conffiles'), 'utf8').trim().split('\n')
  assert.deepEqual(conffiles, ['/etc/kith/kith.toml', '/etc/logrotate.d/kith'])
  assert.match(readFileSync(within('usr/lib/sysusers.d/kith.conf'), 'utf8'), /^u kith - /)
  assert.match(readFileSync(within('usr/lib/tmpfiles.d/kith.conf'), 'utf8'),
    /^d \/var\/lib\/kith 0700 kith kith$/m)
  const copyright = readFileSync(within('usr/share/doc/kith/copyright'), 'utf8')
  assert.match(copyright, /^License: AGPL-3.0-or-later\n GNU AFFERO GENERAL PUBLIC LICENSE/m)
  assert.match(copyright, /SIL OPEN FONT LICENSE/)
  const examples = readdirSync(within('usr/share/doc/kith/examples'))
  assert.deepEqual(examples.sort(), [...readdirSync('packaging/examples'), 'haproxy.cfg'].sort())
  const manual = run('man', '-l', within('usr/share/man/man1/kith.1.gz'))
  for (const words of ['kith serve', 'kith doctor', 'kith member add', 'kith backup [PATH]',
    'kith backup verify PATH', '--encrypt-to', 'public_url', 'SIGHUP']) {
    assert.ok(manual.includes(words), `the manual says nothing of ${words}`)
  }
})

test('every page of docs is in it, and whatever a page links to', () => {
  const documents = within('usr/share/doc/kith')
  const pages = readdirSync(documents).filter(name => name.endsWith('.md'))
  const written = readdirSync('docs').filter(name => name.endsWith('.md'))
  assert.deepEqual(pages.sort(), [...written, 'NEWS.md'].sort())
  let links = 0
  for (const page of pages) {
    const text = readFileSync(path.join(documents, page), 'utf8')
    for (const [, to] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(path.join(documents, to)), `${page} links to ${to}`)
      links += 1
    }
  }
  assert.ok(links > 5)
})

const unit = within('lib/systemd/system/kith.service')

test('the unit may do little, and waits until the server is ready', () => {
  const text = readFileSync(unit, 'utf8')
  assert.match(text, /^Type=notify$/m)
  assert.match(text, /^ExecStart=\/usr\/bin\/kith serve --config \/etc\/kith\/kith\.toml$/m)
  const told = run('systemd-analyze', 'security', '--offline=true', unit)
  const [, exposure] = told.match(/Overall exposure level for kith\.service: ([\d.]+)/)
  assert.ok(Number(exposure) <= 1.1, `exposure ${exposure}`)
})

test('its settings are read as they stand, and say where the community lives', () => {
  const settings = within('etc/kith/kith.toml')
  const said = run(within('usr/bin/kith'), 'config', 'check', '--config', settings)
  assert.match(said, /^data = "\/var\/lib\/kith"$/m)
  assert.match(said, /^listen = "127\.0\.0\.1:8080"$/m)
  assert.match(said, /^trusted_proxies = "127\.0\.0\.1 ::1"$/m)
  assert.match(said, /^log_file = ""$/m)
})

test('confined as its unit says, it serves, hashes passwords and decodes pictures', async t => {
  const data = path.join(folder, 'data')
  const kith = within('usr/bin/kith')
  const members = JSON.parse(run(kith, 'demo', '--json', '--data', data))
  const user = 'nobody'
  if (process.getuid() === 0) {
    const [uid, gid] = ['-u', '-g'].map(which => Number(run('id', which, user)))
    for (const name of ['', ...readdirSync(data)]) chownSync(path.join(data, name), uid, gid)
    const inner = readdirSync(data, { recursive: true })
    for (const name of inner) chownSync(path.join(data, name), uid, gid)
  }
  // A leak checker would look into the process as a debugger does, which nothing may here.
  const server = await serve(t, data, {
    program: kith,
    environment: { ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:detect_leaks=0` },
    before: [path.resolve('tests/package/confined.py'), unit, user],
    flags: ['--config', within('etc/kith/kith.toml')]
  })
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  assert.match(status, /^Seccomp:\t2$/m)
  assert.match(status, /^NoNewPrivs:\t1$/m)
  if (process.getuid() === 0) assert.match(status, /^CapBnd:\t0+$/m)
  const essay = await someEssay(server)
  const host = members.find(member => member.role === 'host')
  const cookie = await signIn(server, host)
  assert.equal((await comment(server, essay, cookie, 'Kept.', 'one')).status, 201)
  assert.equal((await postPicture(server, essay, cookie, noise(400))).status, 303)
  const { comments } = await read(server, essay, { cookie })
  assert.match(JSON.stringify(comments), /With a picture/)
  assert.doesNotMatch(readFileSync(`/proc/${server.pid}/maps`, 'utf8'), ofPictures)
  const health = await read(server, '/host/health', { cookie })
  const about = health.fine.map(line => line.about)
  assert.ok(about.includes('Room on the disk') && about.includes('The server’s secret'))
  assert.equal((await ask(server, '/metrics')).status, 200)
  server.child.kill('SIGHUP')
  assert.equal((await ask(server, '/readyz')).status, 200)
  assert.equal(await server.stop(), 0)
})
