/** Two processes of the service, as they are run, with one Redis. */

// needs: fixture

import { rmSync } from 'node:fs';
import ava from 'ava';
import { checkDigit } from '../../server/vin.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { hasRedis, startRedis } from '../harness/redis.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { freePort, Service } from '../harness/service.ts';
import { SECRET, tokenOf, until } from './garage.ts';

const test = hasRedis() ? ava : ava.skip;

/** Of the fixture. */
const VIN = '1AAB1BC21LF000001';

const PATH = '/api/vehicles';

const [newest] = testServers();
if (newest === undefined) throw new Error('no server');
const server = newest;

test('two processes of the service: started with Redis away, used when it comes, closed cleanly', async (t) => {
  const owns = await Promise.all([ownDatabase(server, 'fixture'), ownDatabase(server, 'app')]);
  t.teardown(() => Promise.all(owns.map(({ drop }) => drop())));
  const port = await freePort();
  const dataDir = temporaryFolder();
  const [platform, app] = owns;
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    PLATFORM_DATABASE_URL: platform.url,
    DATABASE_URL: app.url,
    REDIS_URL: `redis://127.0.0.1:${port}`,
    JWT_SECRET: SECRET,
    WORKER: 'off',
  };
  const services = [new Service(env), new Service(env)] as const;
  t.teardown(async () => {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
    rmSync(dataDir, { recursive: true, force: true });
  });
  const [one, two] = await Promise.all(services.map((service) => service.listening()));
  const path = `${PATH}/decode/${VIN}`;
  t.is((await fetch(one + path)).status, 200);
  await Promise.all(
    services.map((service) => service.until(() => service.stderr.includes('Redis cannot be used; going on'))),
  );

  const redis = await startRedis({ port: String(port) });
  t.teardown(() => redis.stop());
  const isUp = async (url: string | undefined): Promise<boolean> =>
    /"redis":\{"status":"up"/.test(await (await fetch(`${url}/health`)).text());
  await until(async () => (await isUp(one)) && (await isUp(two)));
  // Another question for each try: a stall of the machine may make either miss Redis. A wrong check digit is a question of its own.
  let serial = 100_000;
  await until(async () => {
    serial += 1;
    const vin = `1AAB1BC20LF${serial}`;
    const lone = `${PATH}/decode/${checkDigit(vin) === '0' ? vin.replace('0LF', '1LF') : vin}`;
    await fetch(one + lone);
    return (await fetch(two + lone)).headers.get('x-cache') === 'HIT';
  });
  const headers = { Authorization: `Bearer ${tokenOf('alice')}` };
  t.is((await fetch(`${two}${PATH}`, { headers })).status, 200);
  t.deepEqual(await Promise.all(services.map((service) => service.stop())), [0, 0]);
  for (const { stderr } of services) {
    t.is(stderr.split('going on without it').length, 2, stderr);
    t.regex(stderr, /Redis is back/);
  }
});
