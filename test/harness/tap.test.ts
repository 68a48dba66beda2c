import test from 'ava';
import { TapReader } from './tap.ts';

function read(...lines: string[]): TapReader {
  const reader = new TapReader();
  for (const line of lines) reader.line(line);
  return reader;
}

test('counts what passed, failed and was skipped, and keeps the diagnostics', (t) => {
  const tap = read(
    '1..4',
    'ok 1 - a',
    'not ok 2 - b',
    '# Failed test 2',
    '# have: 1',
    'ok 3 - c # SKIP later',
    'not ok 4 # TODO d',
  );
  t.is(tap.passed, 1);
  t.is(tap.skipped, 2);
  t.deepEqual(
    tap.failures.map(({ name, diagnostics }) => [name, diagnostics]),
    [['b', ['# Failed test 2', '# have: 1']]],
  );
  t.deepEqual(tap.problems(true), []);
});

const broken: [reason: string, lines: string[], problem: string][] = [
  ['a missing test', ['1..2', 'ok 1'], '2 tests planned, 1 ran'],
  ['an extra test', ['1..1', 'ok 1', 'ok 2'], '1 tests planned, 2 ran'],
  ['no plan', ['ok 1'], 'no plan'],
  ['nothing at all', [], 'no plan'],
  ['a plan made up at the end', ['ok 1', '1..1'], 'the plan comes after tests: begin with select plan(n)'],
  ['two plans', ['1..1', 'ok 1', '1..1'], '2 plans'],
  ['a number twice', ['1..2', 'ok 1', 'ok 1'], 'test 1 is out of order'],
  ['bail out', ['1..1', 'ok 1', 'Bail out! no database'], 'Bail out! no database'],
];

for (const [reason, lines, problem] of broken) {
  test(`a stream with ${reason} is broken`, (t) => {
    t.deepEqual(read(...lines).problems(true), [problem]);
  });
}

test('ava writes its plan last', (t) => {
  t.deepEqual(read('TAP version 13', 'ok 1 - a', '1..1', '# tests 1').problems(false), []);
});

test('a name that only speaks of skipping is no directive', (t) => {
  t.is(read('1..1', 'not ok 1 - skips blanks').failures.length, 1);
});
