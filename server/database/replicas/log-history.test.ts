import test from 'ava';
import { LogHistory } from './log-history.ts';

test('a lag is the time since the primary was as far as the replica is', (t) => {
  let now = 0;
  const history = new LogHistory(() => now);
  t.is(history.lagOf(100), null, 'nothing is known of the primary');
  t.true(history.isEmpty);
  for (const [at, position] of [
    [0, 100],
    [1_000, 200],
    [2_000, 200],
    [3_000, 300],
  ] as const) {
    now = at;
    history.add(position, at);
  }
  t.false(history.isEmpty);
  now = 3_500;
  for (const [position, lag, reason] of [
    [400, 0, 'ahead of what is known of the primary'],
    [300, 0, 'as far as it'],
    [299, 1_500, 'as far as it was for the last time at 2,000'],
    [100, 3_500, 'as far as it was at the beginning'],
    [50, 3_500, 'further behind than is known: at least so much'],
  ] as const) {
    t.is(history.lagOf(position), lag, reason);
  }
  now = 90_000;
  t.is(history.lagOf(300), 0, 'the primary has not been heard of since, and nobody has more');
});

test('clocks are compared at the same moment', (t) => {
  let now = 1_000;
  const history = new LogHistory(() => now);
  history.add(1, 50_000);
  now = 4_000;
  t.is(history.clockDifference(53_000), 0);
  t.is(history.clockDifference(54_500), 1_500);
  t.is(history.clockDifference(51_000), 2_000);
});

test('who is behind a primary that was away is behind since it is back', (t) => {
  let now = 0;
  const history = new LogHistory(() => now);
  history.add(100, 0);
  now = 30_000;
  history.add(200, 30_000);
  now = 30_500;
  t.is(history.lagOf(100), 2_500, 'two looks before it was heard again, at most');
  now = 41_000;
  history.add(200, 41_000);
  t.is(history.lagOf(100), 13_000, 'and growing');
});

test('a clock that was long on its way is not held against its server', (t) => {
  let now = 0;
  const history = new LogHistory(() => now);
  history.add(1, 1_000_000);
  now = 10_000;
  t.is(history.clockDifference(1_005_000, 4_000), 0, 'read at 5,000, heard at 10,000');
  t.is(history.clockDifference(1_005_000), 5_000);
  t.is(
    history.clockDifference(1_012_000, 4_000),
    2_000,
    'ahead of every moment in which it can have been read',
  );
  history.add(1, 1_008_000, 6_000);
  now = 20_000;
  t.is(history.clockDifference(1_022_000), 0, 'the doubt about the other clock counts as well');
  t.is(history.clockDifference(1_023_000), 1_000);
});
