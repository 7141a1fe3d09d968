// Settings that can't be used: the program says where, and what was expected there, and ends.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { newDirectory, program } from './community.mjs'

const run = (words, env = {}) =>
  spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 60_000 })

function check ({ status, stderr, stdout }, ...expected) {
  assert.equal(status, 2, stderr)
  assert.equal(stdout, '')
  assert.equal(stderr.trim().split('\n').length, 1, stderr)
  for (const words of expected) assert.ok(stderr.includes(words), `${stderr} doesn't say: ${words}`)
}

const files = [
  ['a value of the wrong kind', '# settings\nlisten = "nowhere"\n', ':2: ',
    'listen expects HOST:PORT', '"nowhere"'],
  ['a number out of range', 'workers = 9999\n', ':1: ',
    'workers expects a number from 0 to 256', '"9999"'],
  ['a setting that isn\'t there', '\n\nlissten = "127.0.0.1:1"\n', ':3: ',
    'there is no setting "lissten"', 'kith config check'],
  ['a line that isn\'t TOML', 'listen = "127.0.0.1:1"\nlog_level = warning\n', ':2: ',
    'expected lines such as'],
  ['a text that isn\'t ended', 'listen = "127.0.0.1:1\n', ':1: ', 'expected lines such as'],
  ['a value of an unknown type', 'smtp_from = 1.5\n', ':1: ', 'expected a text in quotes'],
  ['proxies that are no addresses', 'trusted_proxies = ["127.0.0.1", "proxy.example"]\n', ':1: ',
    'trusted_proxies expects IP addresses', '"127.0.0.1 proxy.example"'],
  ['a log file that is a folder', '\nlog_file = "/tmp"\n', ':2: ',
    'log_file expects a file that can be opened for writing', '"/tmp"'],
  ['a log file below a file', 'log_file = "/dev/null/kith.log"\n', ':1: ',
    'log_file expects a file that can be opened for writing'],
  ['an address whose cookies could be read on their way', 'public_url = "http://kith.example.org"\n',
    ':1: ', 'public_url expects an address that begins with https://', 'Caddy'],
  ['an address that only looks like this computer', 'public_url = "http://127.0.0.1.example.org/"\n',
    ':1: ', 'public_url expects an address that begins with https://'],
  ['an address behind another\'s name', 'public_url = "http://localhost:80@example.org"\n', ':1: ',
    'public_url expects an address that begins with https://'],
  ['another database', 'database = "mysql://here"\n', ':1: ', 'postgresql://USER@HOST/NAME']
]

for (const [name, text, line, ...expected] of files) {
  test(`a settings file with ${name} is refused by file, line and what was expected`, t => {
    const file = path.join(newDirectory(t), 'kith.toml')
    writeFileSync(file, text)
    for (const words of [['serve'], ['config', 'check']]) {
      check(run([...words, '--config', file]), file + line, ...expected)
    }
  })
}

test('kith.toml in the data directory is read without being named', t => {
  const data = newDirectory(t)
  writeFileSync(path.join(data, 'kith.toml'), 'log_level = "loud"\n')
  const answer = run(['serve', '--data', data])
  check(answer, path.join(data, 'kith.toml:1: '), 'debug, info, warning or error')
})

test('a settings file that can\'t be read is named', t => {
  const directory = newDirectory(t)
  const missing = path.join(directory, 'missing.toml')
  check(run(['serve', '--config', missing]), missing, 'no such file')
  const folder = path.join(directory, 'folder.toml')
  mkdirSync(folder)
  check(run(['serve', '--config', folder]), folder)
})

test('a server that the network can reach needs the https address that members type', t => {
  const data = newDirectory(t)
  const open = ['config', 'check', '--data', data, '--listen', '0.0.0.0:8080']
  check(run(open), 'listen 0.0.0.0:8080', 'set public_url to the https:// address')
  check(run(['serve', ...open.slice(2)]), 'set public_url to the https:// address')
  for (const address of ['http://192.168.1.7:8080', 'http://[::2]:80', 'http://kith']) {
    check(run([...open, '--public-url', address]), 'flag --public-url', 'https://')
  }
  const fine = [[...open, '--public-url', 'https://kith.example.org/'],
    ['config', 'check', '--data', data, '--public-url', 'http://localhost:8080'],
    ['config', 'check', '--data', data, '--public-url', 'http://[::1]:8080/'],
    ['config', 'check', '--data', data, '--listen', '[::1]:8080']]
  for (const words of fine) assert.equal(run(words).status, 0, words.join(' '))
})

test('flags and the environment are refused by name', () => {
  check(run(['serve', '--log-level', 'loud']), 'flag --log-level', 'debug, info, warning or error')
  check(run(['serve', '--trusted-proxies', '10.0.0.0/8']), 'flag --trusted-proxies',
    'IP addresses')
  check(run(['serve', '--log-file', '/dev/null/kith.log']), 'flag --log-file',
    'a file that can be opened for writing')
  for (const flag of ['--data', '--files']) {
    check(run(['serve', flag, program]), `flag ${flag}`, 'a directory')
  }
  check(run(['serve', '--smtp-from', 'nobody']), 'flag --smtp-from', 'an email address')
  const answer = run(['serve'], { KITH_WORKERS: 'many' })
  check(answer, 'environment KITH_WORKERS', 'a number from 0 to 256')
})

test('a log file in a folder that isn\'t there yet is fine', t => {
  const file = path.join(newDirectory(t), 'new', 'kith.log')
  const { status, stderr } = run(['config', 'check', '--log-file', file])
  assert.equal(status, 0, stderr)
  assert.ok(!existsSync(file), 'looking at the settings made the file')
})

test('a password within an address isn\'t shown, and the rest of it is', () => {
  const shown = run(['config', 'check', '--database', 'postgresql://kith:hush-hush@db:5432/kith',
    '--smtp-url', 'smtps://kith:hush-hush@mail.example:465'])
  assert.match(shown.stdout, /^database = "postgresql:\/\/kith:\(kept secret\)@db:5432\/kith"$/m)
  assert.match(shown.stdout, /^smtp_url = "smtps:\/\/kith:\(kept secret\)@mail\.example:465"$/m)
  const refused = run(['config', 'check', '--database', 'mysql://kith:hush-hush@db/kith'])
  assert.equal(refused.status, 2)
  const named = run(['config', 'check', '--database',
    'postgresql:///kith?password=hush-hush&host=/run'])
  assert.match(named.stdout, /\?password=\(kept secret\)&host=\/run"$/m)
  for (const said of [named.stdout, shown.stdout, refused.stderr]) {
    assert.doesNotMatch(said, /hush-hush/)
  }
})

test('a password in a refused setting isn\'t shown', t => {
  const file = path.join(newDirectory(t), 'kith.toml')
  writeFileSync(file, 'smtp_password = 1.25\n')
  const { stderr } = run(['config', 'check', '--config', file])
  assert.doesNotMatch(stderr, /1\.25/)
})

test('what isn\'t a command is refused with where to look', () => {
  const wrong = [
    [[], /^kith: A command is missing\nTry: kith help\n$/],
    [['serv'], /^kith: There is no command "serv"\nTry: kith help\n$/],
    [['--data', '/nowhere', 'serv'], /^kith: There is no command "serv"/],
    [['member'], /^kith: A command is missing\nTry: kith help member\n$/],
    [['member', 'lst'], /^kith: There is no command "lst"\nTry: kith help member\n$/],
    [['member', 'role'], /needed|required[^]*\nTry: kith help member role\n$/],
    [['help', 'serv'], /^kith: There is no command "serv"/],
    [['help', 'member', 'lst'], /^kith: There is no command "lst"/],
    [['serve', '--no-such-flag', '1'], /--no-such-flag[^]*\nTry: kith help serve\n$/]
  ]
  for (const [words, sentence] of wrong) {
    const { status, stdout, stderr } = run(words)
    assert.equal(status, 2, words.join(' '))
    assert.equal(stdout, '')
    assert.match(stderr, sentence)
  }
})

test('help names each command on one line, and every command where settings may stand', () => {
  const { status, stdout } = run(['help'])
  assert.equal(status, 0)
  assert.equal(run(['help', 'help']).stdout, stdout)
  const [, list] = stdout.split('\nSubcommands:\n')
  const lines = list.split('\n\n')[0].split('\n')
  for (const line of lines) {
    const [, name] = line.match(/^ {2}(\w+) +\S.*$/) ?? assert.fail(line)
    assert.match(run(['help', name]).stdout, /--data DIR[^]*kith help lists them/, name)
  }
  assert.ok(lines.length > 10)
  assert.match(run(['help', 'member', 'add']).stdout, /--name VALUE \(needed\)/)
  assert.match(run(['--version']).stdout, /^kith \d+\.\d+\.\d+\n$/)
})

test('kith.toml is read in the data directory that the environment names', t => {
  const data = newDirectory(t)
  writeFileSync(path.join(data, 'kith.toml'), 'smtp_from = "post@kith.example"\n')
  const { stdout } = run(['config', 'check'], { KITH_DATA: data })
  assert.match(stdout, /^smtp_from = "post@kith\.example"$/m)
})
