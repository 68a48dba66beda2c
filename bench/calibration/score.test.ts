import test from 'ava';
import { type Statement, score } from './score.ts';

const state = (confidence: number, ...outcomes: (0 | 1)[]): Statement[] =>
  outcomes.map((outcome) => ({ confidence, isRight: outcome === 1 }));

test('a confidence that comes true has no calibration error', (t) => {
  const { ece, eceOfEqualCounts, count } = score([
    ...state(0.5, 0, 1),
    ...state(0.75, 1, 1, 1, 0),
    ...state(1, 1),
  ]);
  t.is(count, 7);
  t.is(ece, 0);
  t.is(eceOfEqualCounts, 0);
});

test('bins weigh by their counts, 1 is in the last one', (t) => {
  const { ece, bins } = score([...state(1, 1, 1, 1, 0), ...state(0.2, 0)]);
  t.true(Math.abs(ece - (0.8 * 0.25 + 0.2 * 0.2)) < 1e-12);
  t.deepEqual(
    bins.map((bin) => bin.count),
    [0, 0, 1, 0, 0, 0, 0, 0, 0, 4],
  );
  t.is(bins[0]?.right, null);
});

test('equal confidences are never split between bins', (t) => {
  const outcomes = Array.from({ length: 100 }, (_, index): 0 | 1 => (index < 50 ? 0 : 1));
  t.is(score(state(0.5, ...outcomes)).eceOfEqualCounts, 0);
});

test('AUC: share of pairs in the right order, ties count half, null without both outcomes', (t) => {
  t.is(score([...state(0.9, 1, 1), ...state(0.1, 0)]).auc, 1);
  t.is(score([...state(0.1, 1), ...state(0.9, 0, 0)]).auc, 0);
  t.is(score(state(0.5, 0, 1, 1)).auc, 0.5);
  t.is(score([...state(0.3, 0), ...state(0.5, 0, 1), ...state(0.7, 1)]).auc, 0.875);
  t.is(score(state(0.5, 1)).auc, null);
});

test('Brier score is the mean squared distance', (t) => {
  t.is(score([...state(0.5, 1), ...state(1, 1)]).brier, 0.125);
});

test('nothing stated scores nothing', (t) => {
  const { count, ece, brier, auc } = score([]);
  t.deepEqual({ count, ece, brier, auc }, { count: 0, ece: 0, brier: 0, auc: null });
});
