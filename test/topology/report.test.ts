import test from 'ava';
import { editionsIn, marked, thinned } from './editions.ts';
import { describeFailures, kindOf, reasonOf } from './failures.ts';
import { type Results, render, withResults } from './report.ts';

test('a failure is who failed: a server, the balancer, the line', (t) => {
  const problem = { status: 503, contentType: 'application/problem+json; charset=utf-8', text: '{}' };
  t.is(kindOf(problem), '503 of a server');
  t.is(kindOf({ status: 503, contentType: 'text/html', text: '' }), '503 of the balancer');
  t.is(
    kindOf({ status: null, contentType: null, text: 'HeadersTimeoutError: Headers Timeout Error' }),
    'no answer in time',
  );
  t.is(
    kindOf({ status: null, contentType: null, text: 'SocketError: other side closed' }),
    'connection broken',
  );
  t.is(reasonOf({ ...problem, text: '{"detail":"it is away"}' }), 'it is away');
  t.is(reasonOf({ ...problem, text: 'no JSON' }), 'no JSON');
  t.is(describeFailures({}), '0');
  t.is(describeFailures({ a: 1, b: 2 }), '2 × b, 1 × a');
});

test("an edition's number stands behind one field of every row, and is found in any text", (t) => {
  t.is(marked('1\tAccord\tx\n2\tCivic\tx\n', 1, 3), '1\tAccord ~3\tx\n2\tCivic ~3\tx\n');
  t.deepEqual(editionsIn('{"a":"Accord ~3","b":"Civic ~3","c":"Fit ~12"}'), [3, 12]);
  t.deepEqual(editionsIn('{"a":"Accord"}'), []);
});

test('a part of the data has the rows of every so many schemas', (t) => {
  t.is(thinned('1\t20\n2\t21\n3\t40\n', 1, 20), '1\t20\n3\t40\n');
});

const results: Results = {
  measuredAt: '2026-11-23T12:00:00Z',
  machine: '2 cores',
  rate: 200,
  every: 1,
  throughput: [{ what: 'cached decodes', direct: 20_000, one: 10_000, three: 9_000 }],
  steps: [
    {
      name: 'server',
      title: 'A server killed',
      expected: { 'connection broken': 'what it was answering' },
      met: {
        requests: 1_234,
        failures: { 'connection broken': 2 },
        examples: [],
        caches: {},
        slowestMs: 1,
        versions: ['v'],
      },
      verdict: { right: 1_232, wrong: 0, unknown: 0, examples: [] },
      timings: [{ what: 'taken out', ms: 1_260 }],
      notes: [],
      objections: [],
    },
  ],
};

test('the results are tables: ratios, failures by kind with their reason, times', (t) => {
  const text = render(results);
  t.true(text.includes('| cached decodes | 20,000 | 10,000 | 9,000 | 0.90 × |'));
  t.true(text.includes('| A server killed | 1,234 | 2 × connection broken | 0 | 0.0 s | taken out 1.3 s |'));
  t.true(text.includes('- connection broken: what it was answering'));
});

test('they replace what the run before has written, and nothing else', (t) => {
  const place = (inner: string): string =>
    `before\n<!-- npm run test:topology -- --write: from here -->${inner}<!-- npm run test:topology -- --write: to here -->\nafter\n`;
  t.is(withResults(place('old'), 'new'), place('\n\nnew\n\n'));
  t.is(withResults(withResults(place('old'), 'new'), 'newer'), place('\n\nnewer\n\n'));
  t.throws(() => withResults('no such place', 'new'));
});
