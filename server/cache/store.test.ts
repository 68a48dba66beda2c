import test from 'ava';
import { bytesOf, type Entry, MemoryStore } from './store.ts';

const KiB = 1024;

function entryOf(bytes: number): Entry {
  return { body: Buffer.alloc(bytes), digest: 'd', version: 'v' };
}

test('what was asked for last stays, as much as fits into the bytes', (t) => {
  const store = new MemoryStore(100 * KiB);
  for (const key of ['a', 'b', 'c']) store.set(key, entryOf(30 * KiB), 1000);
  t.truthy(store.get('a'));
  store.set('d', entryOf(30 * KiB), 1000);
  t.is(store.get('b'), undefined, 'the one that nobody asked for longest');
  for (const key of ['a', 'c', 'd']) t.truthy(store.get(key), key);
  t.true(store.bytes <= 100 * KiB);

  store.set('large', entryOf(100 * KiB), 1000);
  t.is(store.get('large'), undefined, 'larger than everything');
  for (const key of ['a', 'c', 'd']) t.truthy(store.get(key), `${key} did not have to go for it`);
});

test('small entries count with what they take beside their bodies', (t) => {
  const store = new MemoryStore(100 * KiB);
  for (let i = 0; i < 10_000; i += 1) store.set(String(i), entryOf(1), 1000);
  let kept = 0;
  for (let i = 0; i < 10_000; i += 1) if (store.get(String(i)) !== undefined) kept += 1;
  t.true(kept > 100 && kept < 250, `${kept} kept`);
  t.true(store.bytes <= 100 * KiB);
});

test('an entry that is set again counts once', (t) => {
  const store = new MemoryStore(100 * KiB);
  for (let i = 0; i < 10; i += 1) store.set('a', entryOf(30 * KiB), 1000);
  t.true(store.bytes < 31 * KiB);
});

test('an entry lives as long as was said, however often it is asked for', (t) => {
  let now = 5000;
  const store = new MemoryStore(100 * KiB, { now: () => now });
  store.set('short', entryOf(1), 1000);
  store.set('long', entryOf(1), 9000);
  for (; now < 6000; now += 100) t.truthy(store.get('short'));
  now = 6001;
  t.is(store.get('short'), undefined);
  t.truthy(store.get('long'));
});

test('a text in bytes of its own', (t) => {
  const bytes = bytesOf('é"1"');
  t.deepEqual([...bytes], [...new TextEncoder().encode('é"1"')]);
  t.is(bytes.buffer.byteLength, bytes.length);
});
