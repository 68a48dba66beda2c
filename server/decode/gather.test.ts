import test from 'ava';
import { Problem } from '../problem.ts';
import { Gather } from './gather.ts';

/** A gatherer of numbers whose batches are answered when the test says so. */
function open(atOnce: number, most: number, patienceMs = 60_000) {
  const batches: { asked: readonly number[]; answer(): void; fail(error: Error): void }[] = [];
  const begun: (() => void)[] = [];
  const gather = new Gather<number, string>(
    (asked) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
      batches.push({ asked, answer: () => resolve(asked.map(String)), fail: reject });
      for (const tell of begun.splice(0)) tell();
      return promise;
    },
    { atOnce, most, patienceMs },
  );
  /** Resolves when so many batches have been asked. */
  const asked = async (count: number): Promise<void> => {
    while (batches.length < count) await new Promise<void>((resolve) => begun.push(resolve));
  };
  return { gather, batches, asked };
}

test('one that comes alone is asked at once; what comes meanwhile is asked together', async (t) => {
  const { gather, batches, asked } = open(1, 10);
  const first = gather.load(1);
  await asked(1);
  const others = [2, 3, 4].map((number) => gather.load(number));
  batches[0]?.answer();
  t.is(await first, '1');
  await asked(2);
  t.deepEqual(batches[1]?.asked, [2, 3, 4]);
  batches[1]?.answer();
  t.deepEqual(await Promise.all(others), ['2', '3', '4']);
});

test('all of one turn of the event loop go together, in batches of one size, and none is larger than it may be', async (t) => {
  const { gather, batches, asked } = open(2, 3);
  const all = [1, 2, 3, 4, 5, 6, 7].map((number) => gather.load(number));
  await asked(2);
  t.deepEqual(
    batches.map((batch) => batch.asked),
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    'no more than two at once',
  );
  batches[1]?.answer();
  await asked(3);
  t.deepEqual(batches[2]?.asked, [7]);
  batches[0]?.answer();
  batches[2]?.answer();
  t.deepEqual(await Promise.all(all), ['1', '2', '3', '4', '5', '6', '7']);
});

test('what waits is shared out between the batches that may be under way', async (t) => {
  const { gather, batches, asked } = open(3, 100);
  const all = [1, 2, 3, 4, 5, 6, 7].map((number) => gather.load(number));
  await asked(3);
  t.deepEqual(
    batches.map((batch) => batch.asked),
    [[1, 2, 3], [4, 5, 6], [7]],
  );
  const later = [8, 9].map((number) => gather.load(number));
  batches[0]?.answer();
  await asked(4);
  t.deepEqual(batches[3]?.asked, [8, 9], 'four are under way: a third of six');
  for (const batch of batches) batch.answer();
  t.is((await Promise.all([...all, ...later])).length, 9);
});

test('a batch that fails fails for those in it, and the next one is asked', async (t) => {
  const { gather, batches, asked } = open(1, 10);
  const first = gather.load(1);
  await asked(1);
  const second = gather.load(2);
  batches[0]?.fail(new Error('away'));
  await t.throwsAsync(first, { message: 'away' });
  await asked(2);
  batches[1]?.answer();
  t.is(await second, '2');
});

test('too few answers are an error, not a wait without end', async (t) => {
  const gather = new Gather<number, string>(async () => ['1'], {
    atOnce: 1,
    most: 10,
    patienceMs: 1000,
  });
  const [first, second] = [gather.load(1), gather.load(2)];
  t.is(await first, '1');
  await t.throwsAsync(second, { message: '2 questions, 1 answers' });
});

test('what has waited too long is refused with 503 and not asked', async (t) => {
  // Whatever comes is too late by a millisecond.
  const { gather, batches } = open(1, 10, -1);
  const [first, second] = [gather.load(1), gather.load(2)];
  await t.throwsAsync(first, { instanceOf: Problem, message: /could not answer in time/ });
  await t.throwsAsync(second, { instanceOf: Problem });
  t.is(batches.length, 0);
});
