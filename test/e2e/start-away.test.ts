/** The service started while its databases cannot be reached: it comes up, says so, and needs no second start. */

// needs: fixture

import { rmSync } from 'node:fs';
import test from 'ava';
import { layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { Service } from '../harness/service.ts';
import { SECRET, tokenOf, until } from './garage.ts';
import { jsonOf, problemOf } from './service.ts';

const VIN = '1AAB1BC21LF000001';

// On one version: it is this program that waits for it.
for (const server of testServers().slice(0, 1)) {
  test.serial(
    `PostgreSQL ${server.version}: started without its databases, it serves when they come`,
    async (t) => {
      const [platform, main] = [await ownDatabase(server, 'fixture'), await ownDatabase(server, 'blank')];
      const cables = [await layCable(platform.url), await layCable(main.url)] as const;
      for (const cable of cables) await cable.cut();
      const dataDir = temporaryFolder();
      const service = new Service({
        PORT: '0',
        DATA_DIR: dataDir,
        PLATFORM_DATABASE_URL: cables[0].url,
        DATABASE_URL: cables[1].url,
        JWT_SECRET: SECRET,
        WORKER: 'off',
        LOG_LEVEL: 'error',
      });
      t.teardown(async () => {
        await service.stop();
        for (const cable of cables) await cable.close();
        await platform.drop();
        await main.drop();
        rmSync(dataDir, { recursive: true, force: true });
      });
      const url = await service.listening();
      const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(url + path, init);
      const add = (vin: string): Promise<Response> =>
        ask('/api/vehicles', {
          method: 'POST',
          headers: { Authorization: `Bearer ${tokenOf('alice')}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ vin }),
        });
      t.deepEqual(
        service.lines.map((line) =>
          /(PLATFORM_DATABASE_URL|DATABASE_URL): .* does not answer \(ECONNREFUSED\): .*; until then (.*)$/
            .exec(line)
            ?.slice(1),
        ),
        [
          ['PLATFORM_DATABASE_URL', 'every answer is a 503'],
          ['DATABASE_URL', "the users' vehicles answer 503"],
        ],
      );

      t.is((await ask('/health/live')).status, 200);
      t.is((await ask('/health/ready')).status, 503);
      t.like(await jsonOf(await ask('/health')), {
        status: 'degraded',
        dependencies: { platformDatabase: { status: 'down' }, mainDatabase: { status: 'down' } },
      });
      const refused = await problemOf(t, await ask(`/api/vehicles/decode/${VIN}`), 503);
      t.like(refused.partial, { vin: VIN, valid: true, wmi: '1AA', modelYears: [2020, 1990] });
      await problemOf(t, await add(VIN), 503);

      // The main database first, empty: it is migrated when it comes. A vehicle can be added; its VIN is read later.
      await cables[1].mend();
      await until(async () => (await add(VIN)).status === 201);
      t.is((await ask('/health/ready')).status, 503);

      await cables[0].mend();
      await until(async () => (await ask(`/api/vehicles/decode/${VIN}`)).status === 200);
      t.is((await ask('/health/ready')).status, 200);
    },
  );
}
