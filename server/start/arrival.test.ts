import test from 'ava';
import { Failure } from '../failure.ts';
import { Arrival, type ArrivalOptions } from './arrival.ts';

function setUp(prepare: () => Promise<void>, away: string | null) {
  const notes: string[] = [];
  const stop = new AbortController();
  const options: ArrivalOptions = {
    prepare,
    away,
    meanwhile: 'until then nothing works',
    note: (line) => notes.push(line),
    signal: stop.signal,
  };
  return { notes, stop, options };
}

test('one that is there is prepared at once; what is wrong with it is not tried again', async (t) => {
  let calls = 0;
  const { options, notes } = setUp(async () => {
    calls += 1;
  }, null);
  const arrival = await Arrival.of(options);
  t.true(arrival.isHere());
  arrival.whenHere(() => {
    calls += 10;
  });
  t.is(calls, 11);
  t.deepEqual(notes, []);
  const failing = setUp(() => Promise.reject(new Failure('a wrong password')), null);
  await t.throwsAsync(Arrival.of(failing.options), { message: 'a wrong password' });
});

test('one that is away is prepared when it comes; what goes wrong is told once in each form', async (t) => {
  const failures = ['nobody answers', 'a wrong password', 'a wrong password'];
  const { options, notes } = setUp(async () => {
    const failure = failures.shift();
    if (failure !== undefined) throw new Failure(failure);
  }, 'nobody answers');
  const arrival = await Arrival.of(options);
  t.false(arrival.isHere());
  await new Promise<void>((resolve) => arrival.whenHere(resolve));
  t.true(arrival.isHere());
  t.deepEqual(notes, ['nobody answers; until then nothing works', 'a wrong password; trying again']);
});

test('it is not waited for any longer once the process ends', async (t) => {
  const asked = Promise.withResolvers<void>();
  let calls = 0;
  const { options, notes, stop } = setUp(async () => {
    calls += 1;
    stop.abort();
    asked.resolve();
    throw new Failure('interrupted');
  }, 'nobody answers');
  const arrival = await Arrival.of(options);
  await asked.promise;
  t.false(arrival.isHere());
  t.is(calls, 1);
  t.is(notes.length, 1, 'and nobody is told');
});
