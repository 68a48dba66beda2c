/** The cache in front of a real database: what is served from it, when it moves on, and how often it asks. */

// needs: fixture

import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { checkDigit } from '../../server/vin.ts';
import { layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { compileRelease } from '../harness/releases.ts';
import { counting, jsonOf, type OpenService, openService, patient, type ServiceOptions } from './service.ts';

/** A clean VIN whose answer is common to its descriptor. */
const VIN = '1AAB1BC21LF000001';

/** One whose answer is its own: a VIN of the same descriptor is a known exception. */
const LONER = '1AAA1BC27LF000001';

const MEMO_THAT_WRITES = `
  create table public.told (vin text, year int);
  grant insert on public.told to mvp_platform_owner;
  create or replace function api.remember_vins(vins text[], model_years int[] default null)
      returns int language sql volatile security definer
      begin atomic
          insert into public.told select t.vin, t.year from unnest(vins, model_years) as t (vin, year) returning 1;
      end;`;

/** A VIN of the same descriptor with another serial number. */
function sibling(vin: string, serial: number): string {
  const other = vin.slice(0, 11) + String(serial).padStart(6, '0');
  return other.slice(0, 8) + checkDigit(other) + other.slice(9);
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  const cacheOf = (reply: Response): string | null => reply.headers.get('x-cache');

  /** The service on a database of its own, and a superuser's connection to that. */
  async function open(
    t: ExecutionContext,
    options: ServiceOptions = {},
  ): Promise<OpenService & { admin: pg.Client }> {
    const own = await ownDatabase(server, 'fixture');
    const admin = new pg.Client(own.url);
    await admin.connect();
    const service = await openService(own.url, options);
    t.teardown(async () => {
      await service.close();
      await admin.end();
      await own.drop();
    });
    const ask = patient(service.ask);
    // Nothing is kept before the published data is known.
    if (options.maxBytes !== 0)
      while (cacheOf(await ask('/api/vehicles/dropdown/makes?year=1981')) !== 'HIT');
    return { ...service, ask, admin };
  }

  for (const path of [
    `/api/vehicles/decode/${VIN}`,
    `/api/vehicles/decode/${VIN}?modelYear=2020`,
    `/api/vehicles/decode/${LONER}`,
    '/api/vehicles/decode/1AAA1BC20LF000001',
    `/api/vehicles/decode/${VIN}/explain`,
    '/api/vehicles/dropdown/makes?year=2020',
    '/api/vehicles/dropdown/years',
    `/vpic/api/vehicles/DecodeVin/${VIN}?format=json`,
    `/vpic/api/vehicles/DecodeVin/${VIN}?format=xml`,
    '/vpic/api/vehicles/GetModelsForMake/aster?format=csv',
    '/vpic/api/vehicles/DecodeVinValues/1AA*?format=json',
  ]) {
    test(title(`${path}: a miss, then hits with the same bytes and validator`), async (t) => {
      const { ask } = await open(t);
      const miss = await ask(path);
      const body = await miss.text();
      t.is(cacheOf(miss), 'MISS');
      const hit = await ask(path);
      t.is(cacheOf(hit), 'HIT');
      t.is(await hit.text(), body);
      for (const header of ['etag', 'content-length', 'content-type', 'cache-control', 'x-data-version']) {
        t.is(hit.headers.get(header), miss.headers.get(header), header);
      }
      const same = await ask(path, { headers: { 'If-None-Match': hit.headers.get('etag') ?? '' } });
      t.is(same.status, 304);
      t.is(cacheOf(same), 'HIT');
      const head = await ask(path, { method: 'HEAD' });
      t.is(head.headers.get('content-length'), hit.headers.get('content-length'));
      t.is(await head.text(), '');
    });
  }

  test(title('fifty who ask at once cost one call, whether for one VIN or for its siblings'), async (t) => {
    const { ask, platform } = await open(t);
    const calls = counting(platform, /^(makes|decode_vins?_text)$/);
    const same = await Promise.all(Array.from({ length: 50 }, () => ask('/api/vehicles/dropdown/makes')));
    t.is(calls.count, 1);
    for (const reply of same) t.is(reply.status, 200);

    calls.count = 0;
    const vins = Array.from({ length: 50 }, (_, serial) => sibling(VIN, serial));
    const replies = await Promise.all(vins.map((vin) => ask(`/api/vehicles/decode/${vin}`)));
    t.is(calls.count, 1);
    for (const [index, reply] of replies.entries()) t.is((await jsonOf(reply)).vin, vins[index]);
  });

  test(title('many different VINs at once are asked for together, each gets its own answer'), async (t) => {
    const { ask } = await open(t);
    // A wrong check digit is nobody else's.
    const vins = Array.from(
      { length: 60 },
      (_, serial) => `1AAA1BC2XLF0${String(serial).padStart(5, '0')}`,
    ).filter((vin) => checkDigit(vin) !== 'X');
    const replies = await Promise.all(vins.map((vin) => ask(`/api/vehicles/decode/${vin}`)));
    for (const [index, reply] of replies.entries()) {
      t.is(cacheOf(reply), 'MISS');
      t.like(await jsonOf(reply), { vin: vins[index], valid: false });
    }
  });

  test(title('a publish and a rollback move every request to the other keys at once'), async (t) => {
    const { ask, admin } = await open(t);
    const paths = [`/api/vehicles/decode/${LONER}`, '/api/vehicles/dropdown/makes?year=2020'];
    // The years too: from the cache they say a version only when the cache has come to it.
    for (const path of [...paths, '/api/vehicles/dropdown/years']) await ask(path);
    const next = await compileRelease(admin, 'second');

    /** Waits for the version, then every answer must be of it. */
    const arrive = async (version: string, expected: string): Promise<void> => {
      for (;;) {
        const reply = await ask('/api/vehicles/dropdown/years');
        if (reply.headers.get('x-data-version') === version) break;
      }
      for (const path of paths) {
        const reply = await ask(path);
        t.is(reply.headers.get('x-data-version'), version);
        t.is(cacheOf(reply), expected, `${path} in ${version}`);
      }
    };

    // Requests that run all the while: none fails, none goes back, and a body is of the version that its header says.
    let isOver = false;
    const begun = Promise.withResolvers<void>();
    const versions: string[] = [];
    const asking = (async () => {
      for (let isLast = false; !isLast; ) {
        isLast = isOver;
        const reply = await ask(`/api/vehicles/decode/${VIN}`);
        t.is(reply.status, 200);
        const version = reply.headers.get('x-data-version') ?? '';
        t.is((await jsonOf(reply)).dataVersion, version);
        if (versions.at(-1) !== version) versions.push(version);
        begun.resolve();
      }
    })();
    try {
      await begun.promise;
      await admin.query('select etl.publish($1)', [next]);
      await arrive(`second-r${next}`, 'MISS');
      while (versions.length < 2) await ask('/health/live');
      await admin.query('select etl.rollback()');
      await arrive('fixture-r1', 'HIT');
    } finally {
      // A loop that goes on after a failure would keep ava from ending.
      isOver = true;
      await asking;
    }
    t.deepEqual(versions, ['fixture-r1', `second-r${next}`, 'fixture-r1']);
  });

  test(title('answers of another year are not served'), async (t) => {
    let shift = 0;
    const { ask } = await open(t, { now: () => Date.now() + shift });
    const path = `/api/vehicles/decode/${VIN}`;
    await ask(path);
    t.is(cacheOf(await ask(path)), 'HIT');
    shift = 366 * 24 * 3_600_000;
    t.is(cacheOf(await ask(path)), 'MISS');
    shift = 0;
    t.is(cacheOf(await ask(path)), 'HIT');
  });

  test(title('an answer that is a VIN’s own is not given to its siblings'), async (t) => {
    const { ask } = await open(t);
    // From 2 on: 1 is its own serial number.
    const siblings = Array.from({ length: 20 }, (_, index) => sibling(LONER, index + 2));
    const replies = await Promise.all([LONER, ...siblings].map((vin) => ask(`/api/vehicles/decode/${vin}`)));
    for (const reply of replies) t.is(cacheOf(reply), 'MISS');
    t.is((await jsonOf(replies[3] ?? Response.error())).vin, siblings[2]);
    for (const vin of siblings) t.is(cacheOf(await ask(`/api/vehicles/decode/${vin}`)), 'HIT');
  });

  test(title('the memo is told what was not cached and is common, once'), async (t) => {
    const { ask, admin } = await open(t);
    await admin.query(MEMO_THAT_WRITES);
    for (const vin of [VIN, sibling(VIN, 5), LONER, '1AAA1BC20LF000001'])
      await ask(`/api/vehicles/decode/${vin}`);
    await ask(`/api/vehicles/decode/${VIN}?modelYear=1990`);
    const told = async () =>
      (await admin.query<{ vin: string; year: number | null }>('select * from public.told')).rows;
    while ((await told()).length < 2) await ask('/health/live');
    t.deepEqual(await told(), [
      { vin: VIN, year: null },
      { vin: VIN, year: 1990 },
    ]);
  });

  test(title('without memory for it nothing is cached'), async (t) => {
    const { ask } = await open(t, { maxBytes: 0 });
    for (let i = 0; i < 3; i += 1) t.is(cacheOf(await ask(`/api/vehicles/decode/${VIN}`)), 'MISS');
  });

  test(title('with little memory the oldest answers go'), async (t) => {
    const { ask } = await open(t, { maxBytes: 20_000 });
    const path = (year: number): string => `/api/vehicles/decode/${VIN}?modelYear=${year}`;
    for (let year = 1990; year < 2020; year += 1) await ask(path(year));
    t.is(cacheOf(await ask(path(2019))), 'HIT');
    t.is(cacheOf(await ask(path(1990))), 'MISS');
  });

  test(
    title('database gone: what is cached is served as stale, the rest is a 503, and it comes back'),
    async (t) => {
      const own = await ownDatabase(server, 'fixture');
      const cable = await layCable(own.url);
      const { ask, close } = await openService(cable.url);
      t.teardown(async () => {
        await close();
        await cable.close();
        await own.drop();
      });
      const path = `/api/vehicles/decode/${VIN}`;
      while (cacheOf(await ask(path)) !== 'HIT');
      await cable.cut();
      let stale = await ask(path);
      while (cacheOf(stale) !== 'STALE') stale = await ask(path);
      t.is(stale.status, 200);
      t.is((await jsonOf(stale)).vin, VIN);
      t.is(
        cacheOf(await ask(`/api/vehicles/decode/${sibling(VIN, 77)}`)),
        'STALE',
        'its siblings need none either',
      );
      t.is((await ask('/api/vehicles/dropdown/years')).status, 503);
      const metrics = await (await ask('/metrics')).text();
      t.regex(metrics, /^mvp_platform_up 0$/m);
      t.notRegex(
        metrics,
        /^mvp_platform_(data_age_seconds|release_info)[ {]/m,
        'what nobody knows is not told',
      );
      await cable.mend();
      while (cacheOf(await ask(path)) !== 'HIT');
      t.is((await ask('/api/vehicles/dropdown/years')).status, 200);
    },
  );
}
