/** The users' lists: what is kept, when it is forgotten, and what is never served. */

import test from 'ava';
import { unavailable } from '../problem.ts';
import { digestOf, MemoryListStore, UserLists } from './user-lists.ts';

/** A cache that hears of changes, and the lists in its database. */
function setUp(clock?: { now(): number }): {
  lists: UserLists;
  database: Map<string, string>;
  ask(user: string): Promise<string>;
} {
  const lists = new UserLists(new MemoryListStore(100_000, clock));
  const database = new Map<string, string>();
  lists.hear();
  return {
    lists,
    database,
    ask: async (user) => {
      const { body, cache } = await lists.list(user, async () => database.get(user) ?? '[]');
      return `${cache} ${body}`;
    },
  };
}

test('a list is loaded once, for five minutes', async (t) => {
  let now = 1_000;
  const { database, ask } = setUp({ now: () => now });
  t.is(await ask('alice'), 'MISS []');
  database.set('alice', '[1]');
  now += 299_000;
  t.is(await ask('alice'), 'HIT []');
  now += 2_000;
  t.is(await ask('alice'), 'MISS [1]');
});

test('users have nothing in common', async (t) => {
  const { database, ask } = setUp();
  database.set('alice', '[1]');
  t.is(await ask('alice'), 'MISS [1]');
  t.is(await ask('alice '), 'MISS []');
  t.is(await ask('Alice'), 'MISS []');
});

test('a write forgets the list of its user, and of no other', async (t) => {
  const { lists, database, ask } = setUp();
  for (const user of ['alice', 'bob']) await ask(user);
  for (const user of ['alice', 'bob']) database.set(user, '[1]');
  lists.forget('alice');
  t.is(await ask('alice'), 'MISS [1]');
  t.is(await ask('bob'), 'HIT []');
  lists.forgetDigest(digestOf('bob'));
  t.is(await ask('bob'), 'MISS [1]');
});

test('the digest is the one that the database notifies of', (t) => {
  // select encode(sha256(convert_to('ålice', 'UTF8')), 'hex')
  t.is(digestOf('ålice'), '5c19667f0f6ef9416b80b8981ca37eecef8ffabf4da6bca2b52b772d9a474099');
});

test('a list that was under way during a write is not kept, nor joined', async (t) => {
  const { lists } = setUp();
  const old = Promise.withResolvers<string>();
  const before = lists.list('alice', () => old.promise);
  const beside = lists.list('alice', async () => t.fail('it joins the load under way') as never);
  lists.forget('alice');
  const after = await lists.list('alice', async () => '[new]');
  old.resolve('[old]');
  t.is((await before).body, '[old]', 'who asked before the write gets what was before it');
  t.is((await beside).body, '[old]');
  t.is(after.body, '[new]');
  t.deepEqual(await lists.list('alice', async () => '[newer]'), { body: '[new]', cache: 'HIT' });
});

test('unheard changes: nothing kept is served as current, all is forgotten when it hears again', async (t) => {
  const { lists, database, ask } = setUp();
  await ask('alice');
  database.set('alice', '[1]');
  lists.mishear();
  t.is(await ask('alice'), 'MISS [1]');
  t.is(await ask('alice'), 'MISS [1]');
  database.set('alice', '[2]');
  lists.hear();
  t.is(await ask('alice'), 'MISS [2]');
  t.is(await ask('alice'), 'HIT [2]');
});

test('the database away: what is kept is served as stale, what was written to is not', async (t) => {
  const { lists, ask } = setUp();
  await ask('alice');
  await ask('bob');
  lists.mishear();
  const away = (): Promise<never> => Promise.reject(unavailable('away', 5));
  t.deepEqual(await lists.list('alice', away), { body: '[]', cache: 'STALE' });
  lists.forget('bob');
  await t.throwsAsync(lists.list('bob', away), { message: 'away' });
  await t.throwsAsync(lists.list('carol', away), { message: 'away' });
  const fault = (): Promise<never> => Promise.reject(new Error('a fault of ours'));
  await t.throwsAsync(lists.list('alice', fault), { message: 'a fault of ours' });
});

test('a load that fails is tried again by the next', async (t) => {
  const { lists, ask } = setUp();
  await t.throwsAsync(lists.list('alice', () => Promise.reject(new Error('no'))));
  t.is(await ask('alice'), 'MISS []');
});

test('with little memory the oldest lists go, and a huge one is not kept', async (t) => {
  const { database, ask } = setUp();
  database.set('huge', 'x'.repeat(60_000));
  await ask('huge');
  t.regex(await ask('huge'), /^MISS/);
  for (let i = 0; i < 300; i += 1) await ask(`user ${i}`);
  t.is(await ask('user 299'), 'HIT []');
  t.is(await ask('user 0'), 'MISS []');
});

test('without memory for it nothing is kept', async (t) => {
  const lists = new UserLists(null);
  lists.hear();
  for (const list of ['[1]', '[2]'])
    t.deepEqual(await lists.list('alice', async () => list), { body: list, cache: 'MISS' });
});
