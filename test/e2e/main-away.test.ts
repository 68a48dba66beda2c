/** The users' vehicles while the main database is away: killed, and frozen. */

// needs: fixture

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { findPostmaster, isAlive } from '../../server/database/embedded/postmaster.ts';
import { openEmbedded } from '../../server/database/embedded.ts';
import { migrate } from '../../server/database/migrate.ts';
import { layCable } from '../harness/cable.ts';
import { testServers } from '../harness/databases.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { openGarageService, until, vehicleOf, vehiclesOf } from './garage.ts';
import { problemOf } from './service.ts';

/** Of the fixture: Aster Alpha 2020. */
const VIN = '1AAB1BC21LF000001';

const PATH = '/api/vehicles';

const [newest] = testServers();

test.serial(
  'the main database killed: known lists are stale, the rest is refused, the public goes on',
  async (t) => {
    if (newest?.fixture === null || newest === undefined) throw new Error('the fixture is not prepared');
    const dataDir = temporaryFolder();
    const start = () =>
      openEmbedded({ dataDir, use: 'server', databases: ['motovaultpro'], note: () => undefined });
    let embedded = await start();
    const app = embedded.url('motovaultpro');
    await migrate({ url: app, series: 'app' });
    const cable = await layCable(app);
    const service = await openGarageService({ platform: newest.fixture, app: cable.url, isHurried: true });
    const { as, ask } = service;
    t.teardown(async () => {
      await service.close();
      await cable.close();
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const made = await vehicleOf(await as('alice', 'POST', PATH, { vin: VIN }));
    await until(async () => (await as('alice', 'GET', PATH)).headers.get('x-cache') === 'HIT');

    /** Every verb, while it is away: refused, and nothing but that. */
    const refuses = async (): Promise<void> => {
      for (const [user, method, path, body] of [
        ['bob', 'GET', PATH, undefined],
        ['alice', 'GET', `${PATH}/${made.id}`, undefined],
        ['bob', 'POST', PATH, { vin: VIN }],
        ['alice', 'PUT', `${PATH}/${made.id}`, { nickname: 'x' }],
        ['alice', 'DELETE', `${PATH}/${made.id}`, undefined],
      ] as const) {
        const reply = await as(user, method, path, body);
        const problem = await problemOf(t, reply, 503);
        t.regex(reply.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
        t.is(problem.error, 'unavailable');
      }
    };

    const { pid = 0 } = findPostmaster(join(dataDir, 'postgres')) ?? {};
    process.kill(pid, 'SIGKILL');
    let stale = await as('alice', 'GET', PATH);
    await until(async () => {
      stale = await as('alice', 'GET', PATH);
      return stale.headers.get('x-cache') !== 'HIT';
    });
    t.is(stale.status, 200);
    t.is(stale.headers.get('x-cache'), 'STALE');
    t.is(stale.headers.get('warning'), '110 - "Response is Stale"');
    t.like(await vehiclesOf(stale), [{ id: made.id }]);
    await refuses();
    t.is((await ask(`${PATH}/decode/${VIN}`)).status, 200);
    t.is((await ask(`${PATH}/dropdown/years`)).status, 200);
    t.is((await ask('/health/ready')).status, 200);
    t.like(await (await ask('/health')).json(), {
      status: 'degraded',
      dependencies: { mainDatabase: { status: 'down' }, platformDatabase: { status: 'up' } },
    });
    // A write was tried: what was kept may be wrong now.
    await problemOf(t, await as('alice', 'GET', PATH), 503);
    const burst = await Promise.all(Array.from({ length: 100 }, () => as('alice', 'GET', PATH)));
    t.true(burst.every(({ status }) => status === 503));

    await cable.cut();
    embedded = await start();
    await cable.mend(embedded.url('motovaultpro'));
    await until(async () => (await as('alice', 'GET', PATH)).headers.get('x-cache') === 'HIT');
    await until(async () => (await as('bob', 'POST', PATH, { vin: VIN })).status === 201);
    await until(async () => /"mainDatabase":\{"status":"up"/.test(await (await ask('/health')).text()));
  },
);

test.serial('the main database frozen: nothing hangs, and it thaws', async (t) => {
  if (newest?.fixture === null || newest === undefined) throw new Error('the fixture is not prepared');
  const dataDir = temporaryFolder();
  const embedded = await openEmbedded({
    dataDir,
    use: 'server',
    databases: ['motovaultpro'],
    note: () => undefined,
  });
  const app = embedded.url('motovaultpro');
  await migrate({ url: app, series: 'app' });
  const service = await openGarageService({ platform: newest.fixture, app, isHurried: true });
  const { as, ask } = service;
  const { pid: postmaster = 0 } = findPostmaster(join(dataDir, 'postgres')) ?? {};
  await until(async () => (await as('alice', 'POST', PATH, { vin: VIN })).status === 201);
  // The postmaster first: it makes no other children then. One that has ended by itself is no error.
  const all = [postmaster];
  const send = (signal: NodeJS.Signals): void => {
    for (const pid of all) if (isAlive(pid)) process.kill(pid, signal);
  };
  t.teardown(async () => {
    await service.close();
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  process.kill(postmaster, 'SIGSTOP');
  const children = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' });
  all.push(...children.split('\n').filter(Boolean).map(Number));
  send('SIGSTOP');
  try {
    // It does not thaw before all of them are answered.
    const replies = await Promise.all([
      as('alice', 'GET', PATH),
      as('bob', 'POST', PATH, { make: 'Ford', model: 'T', year: 1908 }),
      as('alice', 'PUT', `${PATH}/00000000-0000-4000-8000-000000000000`, {}),
      ...Array.from({ length: 30 }, (_, index) => as(`user ${index}`, 'GET', PATH)),
    ]);
    t.true(replies.every(({ status }) => status === 503));
    t.is((await ask(`${PATH}/decode/${VIN}`)).status, 200);
    t.like(await (await ask('/health')).json(), { dependencies: { mainDatabase: { status: 'down' } } });
  } finally {
    send('SIGCONT');
  }
  await until(async () => (await as('alice', 'GET', PATH)).status === 200);
});
