import test from 'ava';
import { Problem, unavailable } from '../problem.ts';
import { AnswerCache, LIFETIME } from './answer-cache.ts';
import { NegativeAnswers } from './negative-answers.ts';
import type { Edition, Release } from './release.ts';
import { type AnswerStore, type Entry, emptyStore, MemoryStore } from './store.ts';

/** A published release that a test moves on. */
class MovableRelease implements Release {
  edition: Edition | null = { version: 'v1', year: 2026 };
  isConfirmed = true;
  readonly seen: string[] = [];

  saw(version: string): void {
    this.seen.push(version);
  }
}

/** A store that notes its keys and lifetimes. */
class NotingStore extends MemoryStore {
  readonly kept: [key: string, lifetime: number][] = [];

  override set(key: string, entry: Entry, lifetime: number): void {
    this.kept.push([key, lifetime]);
    super.set(key, entry, lifetime);
  }
}

function open() {
  const release = new MovableRelease();
  const store = new NotingStore(1e6);
  return { release, store, cache: new AnswerCache(store, release) };
}

const answerOf =
  (body: string, version = 'v1') =>
  async () => ({ body, version });
const never = () => Promise.reject(new Error('it is cached'));

test('loaded once, then found, under the key of the contract', async (t) => {
  const { cache, store, release } = open();
  const loaded = await cache.answer('makes:2003', answerOf('[1]'), LIFETIME.dropdown);
  t.is(loaded.cache, 'MISS');
  t.deepEqual(store.kept, [['mvp-platform:vehicles:v1:2026:makes:2003', 7 * 24 * 3_600_000]]);
  const found = await cache.answer('makes:2003', never, LIFETIME.dropdown);
  t.deepEqual(found, { ...loaded, cache: 'HIT' });
  t.is(found.body.toString(), '[1]');
  t.regex(found.etag, /^"[\w-]{43}"$/);
  t.deepEqual(release.seen, ['v1']);
});

test('a publish asks under other keys at once; back again, the old answers are still there', async (t) => {
  const { cache, release } = open();
  await cache.answer('q', answerOf('old'), 1000);
  release.edition = { version: 'v2', year: 2026 };
  const next = await cache.answer('q', answerOf('new', 'v2'), 1000);
  t.is(next.cache, 'MISS');
  t.is(next.version, 'v2');
  release.edition = { version: 'v1', year: 2026 };
  t.is((await cache.answer('q', never, 1000)).body.toString(), 'old');
});

test('whoever asks after a publish does not join a load from before it', async (t) => {
  const { cache, release } = open();
  const gate = Promise.withResolvers<{ body: string; version: string }>();
  const before = cache.answer('q', () => gate.promise, 1000);
  release.edition = { version: 'v2', year: 2026 };
  t.is((await cache.answer('q', answerOf('new', 'v2'), 1000)).body.toString(), 'new');
  gate.resolve({ body: 'old', version: 'v1' });
  t.is((await before).body.toString(), 'old');
  t.is((await cache.answer('q', never, 1000)).body.toString(), 'new');
});

test('an answer is kept under the version that it says, whatever was thought to be published', async (t) => {
  const { cache, store, release } = open();
  await cache.answer('q', answerOf('new', 'v2'), 1000);
  t.deepEqual(store.kept, [['mvp-platform:vehicles:v2:2026:q', 1000]]);
  t.deepEqual(release.seen, ['v2'], 'and the release is told');
  t.is((await cache.answer('q', answerOf('again', 'v2'), 1000)).cache, 'MISS', 'until it has looked');
});

test('the year is part of the key, and an answer of neither year is not kept', async (t) => {
  const { cache, store, release } = open();
  await cache.answer('q', answerOf('in 2026'), 1000);
  release.edition = { version: 'v1', year: 2027 };
  t.is((await cache.answer('q', answerOf('in 2027'), 1000)).cache, 'MISS');
  t.is((await cache.answer('q', never, 1000)).body.toString(), 'in 2027');

  const turning = async () => {
    release.edition = { version: 'v1', year: 2028 };
    return { body: 'of either', version: 'v1' };
  };
  const kept = store.kept.length;
  t.is((await cache.answer('other', turning, 1000)).body.toString(), 'of either');
  t.is(store.kept.length, kept);
});

test('nothing is looked up or kept while it is not known what is published', async (t) => {
  const { cache, store, release } = open();
  release.edition = null;
  t.is((await cache.answer('q', answerOf('1'), 1000)).cache, 'MISS');
  t.is((await cache.answer('q', answerOf('2'), 1000)).body.toString(), '2');
  t.is(store.kept.length, 0);
});

test('found while the database is away: stale', async (t) => {
  const { cache, release } = open();
  await cache.answer('q', answerOf('1'), 1000);
  release.isConfirmed = false;
  t.is((await cache.answer('q', never, 1000)).cache, 'STALE');
});

test('a failure is not kept', async (t) => {
  const { cache } = open();
  await t.throwsAsync(
    cache.answer('q', () => Promise.reject(new Error('away')), 1000),
    { message: 'away' },
  );
  t.is((await cache.answer('q', answerOf('back'), 1000)).body.toString(), 'back');
});

test('a store a network away: the same, and still one load at a time', async (t) => {
  const near = new MemoryStore(1e6);
  const far: AnswerStore = { get: async (key) => near.get(key), set: (...entry) => near.set(...entry) };
  const cache = new AnswerCache(far, new MovableRelease());
  let loads = 0;
  const load = async () => {
    loads += 1;
    return { body: '1', version: 'v1' };
  };
  const all = await Promise.all(Array.from({ length: 20 }, () => cache.answer('q', load, 1000)));
  t.is(loads, 1);
  t.is(all.length, 20);
  t.is((await cache.answer('q', load, 1000)).cache, 'HIT');
});

test('turned off, every answer is loaded', async (t) => {
  const cache = new AnswerCache(emptyStore, new MovableRelease());
  for (const body of ['1', '2']) {
    const served = await cache.answer('q', answerOf(body), 1000);
    t.is(served.cache, 'MISS');
    t.is(served.body.toString(), body);
  }
});

test('what is not there is loaded once, for five minutes; a publish asks again', async (t) => {
  let now = 1_000;
  const release = new MovableRelease();
  const cache = new AnswerCache(new MemoryStore(1e6), release, new NegativeAnswers({ now: () => now }));
  let loads = 0;
  const cause = new Error('from the database');
  const load = (): Promise<never> => {
    loads += 1;
    return Promise.reject(
      new Problem({
        status: 404,
        slug: 'not-found',
        detail: 'no make "x"',
        extensions: { hint: 'h' },
        cause,
      }),
    );
  };
  const ask = (question = 'models:x') => t.throwsAsync(cache.answer(question, load, 1000));
  const first = await ask();
  const second = await ask();
  t.is(loads, 1);
  t.deepEqual((second as Problem).toDocument(), (first as Problem).toDocument());
  t.is(second.cause, undefined, 'the error of the database is not kept');
  release.edition = { version: 'v2', year: 2026 };
  await ask();
  t.is(loads, 2);
  now += 5 * 60_000 + 1;
  await ask();
  t.is(loads, 3);
  release.edition = null;
  for (let i = 0; i < 2; i += 1) await ask();
  t.is(loads, 5, 'nothing is kept while it is not known what is published');
});

test('a 404 that a publish came across is not kept, nor is any other problem', async (t) => {
  const { cache, release } = open();
  const across = async (): Promise<never> => {
    release.edition = { version: 'v2', year: 2026 };
    throw new Problem({ status: 404, slug: 'not-found', detail: 'of either' });
  };
  await t.throwsAsync(cache.answer('q', across, 1000));
  t.is((await cache.answer('q', answerOf('there', 'v2'), 1000)).body.toString(), 'there');
  await t.throwsAsync(cache.answer('r', () => Promise.reject(unavailable('away', 5)), 1000));
  t.is((await cache.answer('r', answerOf('there', 'v2'), 1000)).body.toString(), 'there');
});

test('unknown makes without end take a bounded memory', async (t) => {
  const negatives = new NegativeAnswers();
  const problem = new Problem({ status: 404, slug: 'not-found', detail: 'no' });
  for (let i = 0; i < 10_000; i += 1) negatives.keep(`q${i}`, problem);
  let kept = 0;
  for (let i = 0; i < 10_000; i += 1) if (negatives.get(`q${i}`) !== undefined) kept += 1;
  t.is(kept, 2_000);
  t.is(negatives.hits, 2_000);
});
