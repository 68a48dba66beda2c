/** Read replicas: a real standby that serves, falls behind, dies, and gets in the way of its own log. */

import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { checkDigit } from '../../server/vin.ts';
import { layCable } from '../harness/cable.ts';
import { compileRelease } from '../harness/releases.ts';
import { type Pair, startPair } from '../harness/standby.ts';
import { until } from '../harness/until.ts';
import { jsonOf, openService, patient } from './service.ts';

const VIN = '1AAB1BC21LF000001';

let pair: Pair;
let admin: pg.Client;

test.before(async () => {
  pair = await startPair();
  admin = new pg.Client(pair.primary.url);
  admin.on('error', () => undefined);
  await admin.connect();
});

test.after.always(async () => {
  await admin?.end();
  await pair?.close();
});

/** The service on both, each at the end of a cable, when it uses the standby. */
async function open(t: ExecutionContext) {
  const [primary, standby] = await Promise.all([layCable(pair.primary.url), layCable(pair.standby.url)]);
  const service = await openService(primary.url, { maxBytes: 0, replicaUrls: [standby.url] });
  t.teardown(async () => {
    await service.close();
    await Promise.all([primary.close(), standby.close()]);
  });
  const status = () => service.database.status.replicas[0];
  await until(() => status()?.status === 'up');
  return { ...service, primary, standby, status };
}

const PATHS = [
  `/api/vehicles/decode/${VIN}`,
  '/api/vehicles/decode/1AAB1BC20LF000001',
  `/api/vehicles/decode/${VIN}/explain`,
  '/api/vehicles/dropdown/makes',
  '/api/vehicles/dropdown/models/aster',
  '/api/vehicles/dropdown/trims?make=aster',
  '/api/vehicles/dropdown/engines',
  '/api/vehicles/dropdown/transmissions',
  '/api/vehicles/dropdown/years',
  ...[
    `DecodeVin/${VIN}`,
    `DecodeVinValuesExtended/${VIN}`,
    'DecodeWMI/1AA',
    'GetAllMakes',
    'GetAllManufacturers',
    'GetManufacturerDetails/aster',
    'GetMakeForManufacturer/aster',
    'GetMakesForManufacturerAndYear/aster?year=2020',
    'GetMakesForVehicleType/car',
    'GetModelsForMake/aster',
    'GetModelsForMakeYear/make/aster/modelyear/2020',
    'GetVehicleTypesForMake/aster',
    'GetVehicleVariableList',
    'GetVehicleVariableValuesList/make',
    'GetWMIsForManufacturer/aster',
  ].map((path) => `/vpic/api/vehicles/${path}${path.includes('?') ? '&' : '?'}format=json`),
];

test.serial(
  'a standby answers everything that only reads, as the primary does, also without the primary',
  async (t) => {
    const alone = await openService(pair.primary.url, { maxBytes: 0 });
    t.teardown(() => alone.close());
    const expected = new Map<string, string>();
    for (const path of PATHS) expected.set(path, await (await alone.ask(path)).text());

    const { ask, primary, status } = await open(t);
    await until(async () =>
      /"replicas":\{"status":"up".*"status":"up".*"lagSeconds":0[,}]/.test(
        await (await ask('/health')).text(),
      ),
    );
    await primary.cut();
    for (const path of PATHS) {
      const reply = await patient(ask)(path);
      t.is(reply.status, 200, path);
      t.is(await reply.text(), expected.get(path) ?? '', path);
    }
    const lines = await ask('/api/vehicles/decode', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: `${VIN}\n1AAB1BC20LF000001\n`,
    });
    t.is((await lines.text()).split('\n').length, 3);
    await until(() => status()?.status === 'up', 'nobody has more than it while the primary is away');
    t.is((await patient(ask)('/health/ready')).status, 200, 'decodes are answered');
    t.is((await ask('/api/platform/status')).status, 503, 'the primary alone knows that');
  },
);

test.serial('a standby that is behind a publish is left out until it has caught up', async (t) => {
  const { ask, status } = await open(t);
  const control = new pg.Client(pair.standby.url);
  await control.connect();
  t.teardown(() => control.end());
  const next = await compileRelease(admin, 'second');
  const versionOf = async (): Promise<string | null> =>
    (await patient(ask)(`/api/vehicles/decode/${VIN}`)).headers.get('x-data-version');
  /** Every answer from here on, while the standby is behind and while it catches up. */
  const newest = async (version: string, isOver: () => boolean): Promise<void> => {
    do t.is(await versionOf(), version);
    while (!isOver());
  };
  await until(async () => status()?.lagSeconds === 0);
  await control.query('select pg_wal_replay_pause()');
  await until(
    async () =>
      (await control.query("select pg_get_wal_replay_pause_state() = 'paused' as is")).rows[0]?.is === true,
  );
  await admin.query('select etl.publish($1)', [next]);
  const version = `second-r${next}`;
  await until(async () => (await versionOf()) === version);
  await newest(version, () => (status()?.lagSeconds ?? 0) > 0.3);
  await until(() => status()?.status === 'left-out' && status()?.dataVersion === 'fixture-r1');
  // Further behind than is borne, where the machine stood still for that long.
  t.regex(status()?.reason ?? '', /it has the data fixture-r1, published is second-r|s behind the primary/);
  t.like(await jsonOf(await ask('/health')), { dependencies: { replicas: { status: 'down' } } });
  await control.query('select pg_wal_replay_resume()');
  await newest(version, () => status()?.status === 'up');
  await until(() => status()?.dataVersion === version && status()?.lagSeconds === 0);
  await admin.query('select etl.rollback()');
  await until(async () => (await versionOf()) === 'fixture-r1');
  await newest('fixture-r1', () => status()?.status === 'up' && status()?.dataVersion === 'fixture-r1');
});

test.serial('a query that is cancelled because it is in the way of the log is asked elsewhere', async (t) => {
  const { platform } = await open(t);
  const control = new pg.Client(pair.standby.url);
  await control.connect();
  t.teardown(() => control.end());
  const cancelled = async (): Promise<number> =>
    Number(
      (
        await control.query(
          'select confl_lock as count from pg_stat_database_conflicts where datname = current_database()',
        )
      ).rows[0]?.count,
    );
  const before = await cancelled();
  const ask = () =>
    platform.query<{ version: string }>({
      text: 'select api.data_version() as version, case when pg_is_in_recovery() then pg_sleep(9) end',
    });
  let asked = ask();
  await until(async () => {
    const { rowCount } = await control.query(
      "select from pg_stat_activity where state = 'active' and query like '%pg_sleep(9)%' and pid <> pg_backend_pid()",
    );
    // The primary answers at once: it was asked because the standby was not believed at that moment.
    if (rowCount === 0) asked = asked.then(ask);
    return rowCount === 1;
  });
  await admin.query('begin; lock table catalog.current_release in access exclusive mode; commit');
  t.is((await asked).rows[0]?.version, 'fixture-r1');
  await until(async () => (await cancelled()) > before);
});

test.serial(
  'a standby killed under load: no request fails, and it is used again when it is back',
  async (t) => {
    const { ask, status } = await open(t);
    let isOver = false;
    let asked = 0;
    const failed: string[] = [];
    const load = Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let serial = 0; !isOver; serial += 1) {
          const vin = `1AAB1BC20LF${lane}${String(serial % 100_000).padStart(5, '0')}`;
          const reply = await ask(`/api/vehicles/decode/${vin.slice(0, 8)}${checkDigit(vin)}${vin.slice(9)}`);
          if (reply.status !== 200) failed.push(`${reply.status} ${await reply.text()}`);
          else await reply.arrayBuffer();
          asked += 1;
        }
      }),
    );
    const more = async (count: number): Promise<void> => {
      const goal = asked + count;
      await until(() => asked >= goal);
    };
    try {
      await more(100);
      await pair.standby.kill();
      await until(() => status()?.status === 'down');
      await more(100);
      await pair.standby.start();
      await until(() => status()?.status === 'up');
      await more(100);
    } finally {
      isOver = true;
      await load;
    }
    t.deepEqual(failed, []);
  },
);

test.serial(
  'a standby that has gone without a word is noticed, and nobody waits for it for long',
  async (t) => {
    const { ask, standby, status } = await open(t);
    await ask(`/api/vehicles/decode/${VIN}`);
    standby.silence();
    // It says nothing until all of them are answered.
    const replies = await Promise.all(PATHS.map((path) => ask(path)));
    t.true(replies.every(({ status }) => status === 200));
    await until(() => status()?.status === 'down');
    standby.resume();
    await until(() => status()?.status === 'up');
  },
);

test.serial(
  'a service that is started without its primary serves from the standby, and keeps nothing',
  async (t) => {
    const [primary, standby] = await Promise.all([layCable(pair.primary.url), layCable(pair.standby.url)]);
    await primary.cut();
    const service = await openService(primary.url, { replicaUrls: [standby.url] });
    t.teardown(async () => {
      await service.close();
      await Promise.all([primary.close(), standby.close()]);
    });
    t.is((await service.ask('/health/ready')).status, 200);
    for (const cache of ['MISS', 'MISS']) {
      const reply = await service.ask(`/api/vehicles/decode/${VIN}`);
      t.deepEqual([reply.status, reply.headers.get('x-cache')], [200, cache]);
    }
    // Of what is published nobody has said anything: it may not be kept as if they had.
    await primary.mend();
    await until(async () => {
      const reply = await service.ask(`/api/vehicles/decode/${VIN}`);
      t.is(reply.status, 200);
      return reply.headers.get('x-cache') === 'HIT';
    });
  },
);

test.serial('without a primary a silent standby is given the time that the primary would have', async (t) => {
  const { ask, primary, standby, database } = await open(t);
  await primary.cut();
  await until(() => database.status.servers.platform?.state === 'open');
  standby.silence();
  const begun = performance.now();
  t.is((await ask(`/api/vehicles/decode/${VIN}`)).status, 503);
  t.true(performance.now() - begun > 1_000);
  standby.resume();
  await until(async () => (await ask(`/api/vehicles/decode/${VIN}`)).status === 200);
});

test.serial('a replica that is no standby is left out', async (t) => {
  const service = await openService(pair.primary.url, { maxBytes: 0, replicaUrls: [pair.primary.url] });
  t.teardown(() => service.close());
  await until(() => service.database.status.replicas[0]?.reason === 'it is no standby');
  t.is(service.database.status.replicas[0]?.status, 'left-out');
  t.is((await service.ask(`/api/vehicles/decode/${VIN}`)).status, 200);
});
