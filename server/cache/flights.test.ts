import test from 'ava';
import { Flights } from './flights.ts';

test('one load for all who ask at once, and another one later', async (t) => {
  const flights = new Flights<number>();
  const gate = Promise.withResolvers<void>();
  let loads = 0;
  const load = async (): Promise<number> => {
    loads += 1;
    const mine = loads;
    await gate.promise;
    return mine;
  };
  const all = Array.from({ length: 50 }, () => flights.once('a', load));
  const other = flights.once('b', load);
  gate.resolve();
  t.deepEqual(new Set(await Promise.all(all)), new Set([1]));
  t.is(await other, 2);
  t.is(await flights.once('a', load), 3);
});

test('a failure is everyone’s who waited, and nobody’s who comes later', async (t) => {
  const flights = new Flights<string>();
  const failing = (): Promise<string> => Promise.reject(new Error('away'));
  const [first, second] = [flights.once('a', failing), flights.once('a', async () => 'never asked')];
  await t.throwsAsync(first, { message: 'away' });
  await t.throwsAsync(second, { message: 'away' });
  t.is(await flights.once('a', async () => 'back'), 'back');
});
