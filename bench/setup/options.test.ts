import test from 'ava';
import { readOptions, usage } from './options.ts';

const letters = ['a', 'b', 'c'];

test('without options everything is measured', (t) => {
  t.deepEqual(readOptions([], letters, 4), {
    only: letters,
    isQuick: false,
    rounds: 5,
    seed: 1,
    factors: [1, 2, 4, 10],
    postgres: 'embedded',
    core: 3,
    isFresh: false,
    isCheck: false,
  });
});

test('sections in their own order, factors in theirs, 1 among them', (t) => {
  const options = readOptions(['--only', 'C, a', '--factors', '4,2', '--quick', '--pg', '15'], letters, 4);
  t.deepEqual(options?.only, ['a', 'c']);
  t.deepEqual(options?.factors, [1, 2, 4]);
  t.is(options?.rounds, 2);
  t.is(options?.postgres, 'debian15');
});

test('what cannot be is refused with what can', (t) => {
  for (const [args, message] of [
    [['--only', 'a,z'], /--only names "z": the sections are a, b, c/],
    [['--only', ''], /--only names ""/],
    [['--rounds', '0'], /--rounds has "0": must be a whole number from 1 to 100/],
    [['--rounds', 'x'], /--rounds has "x"/],
    [['--factors', '1,11'], /--factors has "11": must be a whole number from 1 to 10/],
    [['--core', '4'], /--core has "4": must be a whole number from 0 to 3/],
    [['--pg', '17'], /--pg is "17": must be 18 or 15/],
    [['--slow'], /--slow/],
  ] as const) {
    t.throws(() => readOptions([...args], letters, 4), { message });
  }
});

test('help', (t) => {
  t.is(readOptions(['--help'], letters, 4), null);
  t.regex(usage(letters), /sections to run \(a,b,c; all\)/);
});
