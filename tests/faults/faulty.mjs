// A machine that misbehaves when told: see faults.c.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { newDirectory } from './community.mjs'

export const EIO = 5
export const held = -1

/**
 * What a server needs in its environment to live on such a machine, and how it is told. A value
 * given to `disk.sync`, `write` or `read` is an errno, `held`, or 0: all is well again.
 */
export function faultyMachine (t) {
  const folder = newDirectory(t)
  const library = path.join(folder, 'faults.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, 'tests/faults/faults.c', '-ldl'])
  const file = path.join(folder, 'faults')
  writeFileSync(file, Buffer.alloc(64))
  const number = openSync(file, 'r+')
  t.after(() => closeSync(number))
  const set = (which, value) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(value))
    writeSync(number, bytes, 0, 8, which * 8)
  }
  return {
    environment: {
      LD_PRELOAD: library,
      KITH_FAULTS: file,
      // The sanitizer wants to be first; behind this library it sees all that the program does.
      ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`
    },
    sync: value => set(0, value),
    write: value => set(1, value),
    read: value => set(2, value),
    clock: seconds => set(3, seconds * 1_000_000),
    /** How many calls wait just now. */
    waiting () {
      const bytes = Buffer.alloc(8)
      readSync(number, bytes, 0, 8, 32)
      return Number(bytes.readBigInt64LE())
    }
  }
}

/** Waits until `holds()` is true; a test that waits longer than a minute has failed. */
export async function until (holds, what) {
  const deadline = Date.now() + 60_000
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within a minute`)
    await new Promise(resolve => setImmediate(resolve))
  }
}
