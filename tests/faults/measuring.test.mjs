// What script/bench reads of wrk: all that wrk may say, and nothing that it doesn't.
import assert from 'node:assert/strict'
import test from 'node:test'
import { median, p99Of, ratio, readWrk, whole } from '../../bench/tools.mjs'

/** What wrk says, with its 99th percentile and its share within a standard deviation. */
const said = (p99, share = '93.69%') => `Running 10s test @ http://127.0.0.1:8080/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   635.91us    0.89ms  12.92ms   ${share}
    Req/Sec    56.20k     8.07k   62.00k    ${share}
  Latency Distribution
     50%  250.00us
     75%  491.00us
     90%  700.00us
     99%    ${p99}
  748868 requests in 10.00s, 17.76GB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 4
Requests/sec:  74886.53
Transfer/sec:    606.33MB
`

test('a run of wrk is read in each of its units, and with each share', () => {
  const figures = { '500.00us': 0.5, '5.80ms': 5.8, '1.05s ': 1050, '1.50m ': 90_000 }
  for (const [words, p99] of Object.entries(figures)) {
    for (const share of ['93.69%', '98.99%', '99%', '100.00%']) {
      assert.deepEqual(readWrk(said(words, share)), { perSecond: 74886.53, p99, failed: 7 })
    }
  }
})

test('a figure that wrk doesn’t say is told as missing, and the others stay', () => {
  const { perSecond, p99 } = readWrk(said('-nan'))
  assert.equal(perSecond, 74886.53)
  assert.equal(p99Of({ p99 }), 'p99 NO FIGURE ms')
  const nothing = readWrk('unable to connect to 127.0.0.1:1 Connection refused\n')
  assert.equal(whole(nothing.perSecond), 'NO FIGURE')
  assert.equal(ratio(perSecond, nothing.perSecond), 'NO FIGURE')
  assert.equal(median([NaN, 3, 1, 2]), 2)
  assert.equal(whole(median([NaN])), 'NO FIGURE')
})
