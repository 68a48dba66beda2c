/**
 * The REST interface on real databases with the real data, through HTTP: every row of the contract that exists, its
 * headers, and what is refused.
 */

// needs: data

import test from 'ava';
import { z } from 'zod';
import { parseExposition } from '../../server/metrics/testing/exposition.ts';
import { testServers } from '../harness/databases.ts';
import { jsonOf, problemOf, serviceOn } from './service.ts';

const VIN = '1HGCM82633A004352';

const items = z.array(z.strictObject({ id: z.int(), name: z.string().min(1) }));

for (const server of testServers()) {
  const ask = serviceOn(server);
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  test(title('decode: the object of the contract'), async (t) => {
    const reply = await ask(`/api/vehicles/decode/${VIN}`);
    t.is(reply.status, 200);
    const decoded = await jsonOf(reply);
    t.like(decoded, { vin: VIN, valid: true, make: 'HONDA', model: 'Accord', year: 2003 });
    t.is(decoded.dataVersion, reply.headers.get('x-data-version'));
  });

  test(title('decode: lower case and blanks around are the same VIN'), async (t) => {
    const reply = await ask(`/api/vehicles/decode/%20${VIN.toLowerCase()}%20/`);
    t.is(reply.status, 200);
    t.is((await jsonOf(reply)).vin, VIN);
  });

  test(title('decode: a wrong check digit decodes'), async (t) => {
    const reply = await ask('/api/vehicles/decode/1HGCM82603A004352');
    t.is(reply.status, 200);
    t.like(await jsonOf(reply), { valid: false, checkDigit: { valid: false, expected: '3', actual: '0' } });
  });

  test(title('decode: a model year is passed on'), async (t) => {
    const reply = await ask(`/api/vehicles/decode/${VIN}?modelYear=2003`);
    t.like(await jsonOf(reply), { year: 2003 });
    t.is((await ask(`/api/vehicles/decode/${VIN}?modelYear=`)).status, 200, 'no value is no model year');
  });

  for (const [text, positions, reason] of [
    ['1HG', [null], 'too short'],
    [`${VIN}1`, [null], 'too long'],
    ['1HGCM82633A00435O', [17], 'the letter O'],
    ['IHGCM82633AQ0435O', [1, 12, 17], 'every position is named'],
    ['1HG CM82_%C3%A9', [null, 4, 9, 10], 'length and characters'],
    ['1HGCM82633A00435%F0%9F%9A%97', [17], 'a character beyond the BMP is one'],
    ['1HGCM82633A00435%00', [17], 'U+0000'],
    ['1HGCM82633A%2F04352', [12], 'an encoded slash'],
    ['1HGCM82633A00435%25', [17], 'an encoded per cent sign'],
    ["1HGCM82633A00435'", [17], 'a quote'],
  ] as const) {
    test(title(`decode ${text} is refused: ${reason}`), async (t) => {
      const document = await problemOf(t, await ask(`/api/vehicles/decode/${text}`), 400);
      t.is(document.error, 'invalid-vin');
      const problems = z.array(z.looseObject({ position: z.int().nullable(), reason: z.string() }));
      const found = problems.parse(document.problems);
      t.deepEqual(
        found.map(({ position }) => position),
        [...positions],
      );
      for (const { reason: why } of found) t.true(document.detail.includes(why));
    });
  }

  test(title('dropdowns: items sorted by name'), async (t) => {
    for (const path of [
      '/makes',
      '/makes?year=2003',
      '/makes?vehicleType=all',
      '/models/HONDA',
      '/models/HONDA?year=2003',
      '/trims',
      '/trims?year=2003&make=HONDA&model=Accord',
      '/engines',
      '/engines?year=2003&make=HONDA&model=Accord',
      '/transmissions',
      '/transmissions?year=2003&make=HONDA&model=Accord',
    ]) {
      const reply = await ask(`/api/vehicles/dropdown${path}`);
      t.is(reply.status, 200, path);
      const names = items.parse(await reply.json()).map(({ name }) => name);
      t.deepEqual(names, [...names].sort(byName), path);
    }
  });

  test(title('dropdowns: a make is a name in any case, or an id'), async (t) => {
    const makes = items.parse(await (await ask('/api/vehicles/dropdown/makes')).json());
    const honda = makes.find(({ name }) => name === 'HONDA');
    const models = async (make: string) =>
      items.parse(await (await ask(`/api/vehicles/dropdown/models/${make}`)).json());
    const byUpperCase = await models('HONDA');
    t.true(byUpperCase.some(({ name }) => name === 'Accord'));
    t.deepEqual(await models('hOnDa'), byUpperCase);
    t.deepEqual(await models(String(honda?.id)), byUpperCase);
  });

  test(title('dropdowns: a known make without data for the year is an empty list'), async (t) => {
    const reply = await ask('/api/vehicles/dropdown/models/HONDA?year=1950');
    t.is(reply.status, 200);
    t.is(await reply.text(), '[]');
  });

  test(title('dropdowns: years are integers, newest first'), async (t) => {
    for (const query of ['', '?make=HONDA', '?make=HONDA&model=Accord', '?make=&model=']) {
      const years = z.array(z.int()).parse(await (await ask(`/api/vehicles/dropdown/years${query}`)).json());
      t.true(years.length > 0, query);
      t.deepEqual(
        years,
        [...years].sort((a, b) => b - a),
      );
    }
  });

  test(title('dropdowns: what is not known is a 404'), async (t) => {
    for (const path of [
      '/models/NOSUCHMAKE',
      '/models/NO%2FSUCH%25MAKE',
      '/trims?year=2003&make=NOSUCHMAKE&model=X',
      '/years?make=NOSUCHMAKE',
    ]) {
      await problemOf(t, await ask(`/api/vehicles/dropdown${path}`), 404);
    }
  });

  for (const [path, named] of [
    [`/api/vehicles/decode/${VIN}?modelYear=1899`, 'modelYear'],
    [`/api/vehicles/decode/${VIN}?modelYear=2101`, 'modelYear'],
    [`/api/vehicles/decode/${VIN}?modelYear=2003.5`, 'modelYear'],
    [`/api/vehicles/decode/${VIN}?modelYear=2003&modelYear=2003`, 'modelYear'],
    [`/api/vehicles/decode/${VIN}?modelYear=%zz`, 'modelYear'],
    [`/api/vehicles/decode/${VIN}?modelyear=2003`, 'modelyear'],
    ['/api/vehicles/dropdown/makes?year=03', 'year'],
    ['/api/vehicles/dropdown/makes?year=20030', 'year'],
    ['/api/vehicles/dropdown/makes?year=2003%00', 'year'],
    ['/api/vehicles/dropdown/makes?colour=red', 'colour'],
    ['/api/vehicles/dropdown/makes?__proto__=red', '__proto__'],
    ['/api/vehicles/dropdown/makes?vehicleType=a%00b', 'vehicleType'],
    ['/api/vehicles/dropdown/trims?make=a&make=b', 'make'],
    ['/api/vehicles/dropdown/engines?make[x]=a', 'make[x]'],
    [`/api/vehicles/dropdown/years?model=${'x'.repeat(201)}`, 'model'],
    [`/api/vehicles/dropdown/models/${'x'.repeat(201)}`, 'make'],
    ['/api/vehicles/dropdown/models/%00', 'make'],
    [`/vpic/api/vehicles/DecodeVin/${VIN}?modelyear=new`, 'modelyear'],
    [`/vpic/api/vehicles/DecodeVin/${VIN}?format=json&format=json`, 'format'],
  ] as const) {
    test(title(`${path.slice(0, 80)} is refused, and ${named} named`), async (t) => {
      const document = await problemOf(t, await ask(path), 400);
      t.is(document.error, 'invalid-parameter');
      t.true(document.detail.includes(`"${named}" `));
      t.true(Array.isArray(document.allowed));
    });
  }

  test(title('status and metrics: the data, its age, the last run'), async (t) => {
    const status = await jsonOf(await ask('/api/platform/status'));
    const version = (await ask('/api/vehicles/dropdown/years')).headers.get('x-data-version');
    t.is(status.dataVersion, version);
    t.is(typeof status.ageSeconds, 'number');
    const rebuilds = await ask('/api/platform/rebuilds');
    t.is(rebuilds.headers.get('cache-control'), 'no-store');
    t.like(await rebuilds.json(), [{ dataVersion: version, isCurrent: true, status: 'published' }]);
    const reply = await ask('/metrics');
    t.regex(reply.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    t.is(reply.headers.get('cache-control'), 'no-store');
    const metrics = await reply.text();
    t.regex(metrics, /^mvp_platform_up 1$/m);
    t.true(metrics.includes(`\nmvp_platform_release_info{data_version="${version}"} 1\n`));
    t.regex(metrics, /^mvp_platform_data_age_seconds \d+(\.\d+)?$/m);
    t.regex(metrics, /^mvp_platform_data_stale 0$/m);
    t.regex(metrics, /^mvp_platform_rebuild_last_run\{status="[a-z]+"\} \d+$/m);
    t.regex(metrics, /^nodejs_eventloop_lag_p99_seconds /m);
    t.notThrows(() => parseExposition(metrics));
  });

  test(title('health: live and ready, not to be cached'), async (t) => {
    const live = await ask('/health/live');
    t.is(live.status, 200);
    const ready = await ask('/health/ready');
    t.is(ready.status, 200);
    t.is(ready.headers.get('cache-control'), 'no-store');
    const answer = await ask('/api/vehicles/dropdown/years');
    t.is((await jsonOf(ready)).dataVersion, answer.headers.get('x-data-version'));
  });

  for (const path of [
    `/api/vehicles/decode/${VIN}`,
    '/api/vehicles/dropdown/makes',
    '/api/vehicles/dropdown/years',
    `/vpic/api/vehicles/DecodeVin/${VIN}?format=json`,
    `/vpic/api/vehicles/DecodeVinValues/${VIN}?format=json`,
    '/vpic/api/vehicles/GetAllMakes?format=json',
  ]) {
    test(title(`${path}: caching headers, 304 and HEAD`), async (t) => {
      const full = await ask(path);
      t.not(await full.text(), '');
      const etag = full.headers.get('etag') ?? '';
      t.regex(etag, /^"[\w-]{20,}"$/, 'a strong ETag');
      t.regex(full.headers.get('content-type') ?? '', /^application\/json/);
      t.regex(full.headers.get('cache-control') ?? '', /^public, max-age=[0-9]+/);
      t.is(full.headers.get('x-cache'), 'MISS');
      t.truthy(full.headers.get('x-data-version'));
      t.truthy(full.headers.get('x-request-id'));
      t.is(full.headers.get('x-powered-by'), null);

      for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const same = await ask(path, { headers: { 'If-None-Match': condition } });
        t.is(same.status, 304, condition);
        t.is(await same.text(), '');
        t.is(same.headers.get('etag'), etag);
        t.is(same.headers.get('cache-control'), full.headers.get('cache-control'));
      }
      t.is((await ask(path, { headers: { 'If-None-Match': '"other"' } })).status, 200);

      const head = await ask(path, { method: 'HEAD' });
      t.is(head.status, 200);
      t.is(await head.text(), '');
      t.is(head.headers.get('etag'), etag);
      t.is(head.headers.get('content-length'), full.headers.get('content-length'));
    });
  }

  test(title('methods: 405 with Allow for a known path, OPTIONS tells them'), async (t) => {
    for (const path of [`/api/vehicles/decode/${VIN}`, '/api/vehicles/dropdown/makes', '/health/live']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const reply = await ask(path, { method });
        t.is(reply.headers.get('allow'), 'GET, HEAD, OPTIONS');
        await problemOf(t, reply, 405);
      }
      const options = await ask(path, { method: 'OPTIONS' });
      t.is(options.status, 204);
      t.is(options.headers.get('allow'), 'GET, HEAD, OPTIONS');
    }
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const reply = await ask('/api/vehicles/decode', { method });
      t.is(reply.status, 405, method);
      t.is(reply.headers.get('allow'), 'POST, OPTIONS');
    }
    t.is((await ask('/api/vehicles/decode', { method: 'OPTIONS' })).headers.get('allow'), 'POST, OPTIONS');
  });

  test(title('unknown paths are a 404, in any method'), async (t) => {
    for (const path of ['/api', '/api/vehicles/dropdown', '/api/vehicles', '/%zz', '/health/x']) {
      await problemOf(t, await ask(path), 404);
      await problemOf(t, await ask(path, { method: 'DELETE' }), 404);
    }
  });
}

function byName(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
