#!/usr/bin/env node
// Writes the manual page kith(1) from what the program says of itself.
// Usage: packaging/manual.mjs PROGRAM [DATE] >kith.1
import { execFileSync } from 'node:child_process'

const [program, date = new Date().toISOString().slice(0, 10)] = process.argv.slice(2)
const version = process.env.KITH_VERSION ?? ''
const ask = words => String(execFileSync(program, words))

const roff = text => text.replace(/\\/g, '\\e').replace(/-/g, '\\-').replace(/^([.'])/gm, '\\&$1')

/** The lines of a help text under `heading`, as [what, words]; a long "what" has a line alone. */
function listed (help, heading) {
  const at = help.indexOf(`\n${heading}:\n`)
  if (at < 0) return []
  const entries = []
  for (const line of help.slice(at + heading.length + 3).split('\n')) {
    if (!line.startsWith('  ')) break
    const [, what, words] = line.match(/^ {2}(\S.*?)(?: {2,}(.*))?$/) ?? []
    if (what) entries.push([what, words ?? ''])
    else entries.at(-1)[1] = `${entries.at(-1)[1]} ${line.trim()}`.trim()
  }
  return entries
}

const own = help => listed(help, 'Options').filter(([what]) => !what.startsWith('-h,'))

/** A command, its options and its inner commands. */
function command (words) {
  const help = ask(['help', ...words])
  const inner = listed(help, 'Subcommands')
  const others = inner.flatMap(([name]) => command([...words, name]))
  // "backup" does something by itself, "member" doesn't.
  if (inner.length > 0 && !help.includes('\nPositionals:\n')) return others
  const usage = help.match(/^Usage: (.*)$/m)[1].replace(/ \[(OPTIONS|SUBCOMMAND)\]/g, '')
  const said = help.split('\n').find(line => line && !line.startsWith('Usage:')) ?? ''
  const places = listed(help, 'Positionals')
  return ['.TP', `.B ${roff(usage)}`, roff(said),
    ...[...places, ...own(help)].flatMap(([what, about]) =>
      ['.RS', '.TP', `.B ${roff(what)}`, roff(about), '.RE']), ...others]
}

const help = ask(['help'])
const settings = [...ask(['config', 'check', '--data', '/nonexistent'])
  .matchAll(/^(\w+) = ".*"\n {4}(.*)$/gm)].map(([, name, about]) => [name, about])

const page = [
  `.TH KITH 1 "${date}" "kith ${version}" "User Commands"`,
  '.SH NAME',
  'kith \\- community server for people who want to be safe enough',
  '.SH SYNOPSIS',
  '.B kith',
  '.I COMMAND',
  '.RI [ OPTIONS ]',
  '.SH DESCRIPTION',
  roff('One program that a community runs for itself: essays, conversations, circles, notices,'),
  roff('and what a host needs to look after them. All that members write stays in one data'),
  roff('directory, or in PostgreSQL.'),
  '.SH COMMANDS',
  ...listed(help, 'Subcommands').flatMap(([name]) => command([name])),
  '.SH OPTIONS',
  ...own(help).flatMap(([what, about]) => ['.TP', `.B ${roff(what)}`, roff(about)]),
  '.SH SETTINGS',
  roff('Each setting is read from its default, then the settings file, then the environment, then'),
  roff('the flag; the later wins. In the file, one a line:'),
  '.PP',
  '.nf',
  roff('    listen = "127.0.0.1:8080"'),
  '.fi',
  ...settings.flatMap(([name, about]) =>
    ['.TP', `.BR ${roff(name)} ", " KITH_${name.toUpperCase()}`, roff(about)]),
  '.SH EXIT STATUS',
  roff('0: done. 1: refused, with a sentence on standard error; of "kith doctor", that something'),
  roff('is broken. 2: wrong usage, or settings that can\'t be read.'),
  '.SH SIGNALS',
  roff('SIGTERM lets requests under way finish, then ends. SIGHUP opens the log file anew.'),
  '.SH FILES',
  '.TP', '.I /etc/kith/kith.toml', 'The settings of the packaged service.',
  '.TP', '.I /var/lib/kith', 'Its data directory.',
  '.SH SEE ALSO',
  '.I /usr/share/doc/kith/operations.md'
]
process.stdout.write(page.filter(line => line !== '').join('\n') + '\n')
