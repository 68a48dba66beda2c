/** The lists of `/vpic/api/vehicles/*` on real databases with the real data: every endpoint, filter and format. */

// needs: data

import test from 'ava';
import { z } from 'zod';
import { testServers } from '../harness/databases.ts';
import { serviceOn } from './service.ts';
import { expectedLists } from './vpic-expected-lists.ts';

const BASE = '/vpic/api/vehicles';
const envelope = z.strictObject({
  Count: z.int(),
  Message: z.string(),
  SearchCriteria: z.string().nullable(),
  Results: z.array(z.record(z.string(), z.unknown())),
});

/** The path with a format. */
const inFormat = (path: string, format: string): string =>
  `${BASE}/${path}${path.includes('?') ? '&' : '?'}format=${format}`;

for (const server of testServers()) {
  const ask = serviceOn(server);
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  const jsonAt = async (path: string) => envelope.parse(await (await ask(inFormat(path, 'json'))).json());

  for (const { path, message, criteria, columns, row, xml, csv } of expectedLists) {
    test(title(`vPIC: ${path}`), async (t) => {
      const reply = await ask(inFormat(path, 'json'));
      t.is(reply.status, 200);
      t.is(reply.headers.get('x-cache'), 'MISS');
      t.regex(reply.headers.get('cache-control') ?? '', /^public, max-age=/);
      t.truthy(reply.headers.get('x-data-version'));
      const etag = reply.headers.get('etag') ?? '';
      const answer = envelope.parse(await reply.json());
      t.is(answer.Message, message);
      t.is(answer.SearchCriteria, criteria);
      t.is(answer.Count, answer.Results.length);
      t.true(answer.Results.every((result) => Object.keys(result).join() === columns.join()));
      const entries = Object.entries(row).map(([name, value]) => [name, JSON.stringify(value)] as const);
      t.true(
        answer.Results.some((result) =>
          entries.every(([name, value]) => JSON.stringify(result[name]) === value),
        ),
        `no result is like ${JSON.stringify(row)}`,
      );
      const again = await ask(inFormat(path, 'json'), { headers: { 'if-none-match': etag } });
      t.is(again.status, 304);

      const asXml = await (await ask(inFormat(path, 'xml'))).text();
      t.regex(
        asXml,
        new RegExp(`^<Response [^>]+><Count>${answer.Count}</Count><Message>${message}</Message>`),
      );
      t.is(asXml.includes('<SearchCriteria>'), criteria !== null);
      t.is(asXml.split(`<${xml}>`).length - 1, answer.Count);
      t.notRegex(asXml, /undefined|\[object/);

      const asCsv = await (await ask(inFormat(path, 'csv'))).text();
      t.is(asCsv.slice(0, asCsv.indexOf('\r\n')), csv);
      t.notRegex(asCsv, /undefined|\[object/);
    });
  }

  test(title('vPIC: what is not there is an empty list'), async (t) => {
    for (const path of [
      'DecodeWMI/%3F%3F%3F',
      'GetManufacturerDetails/nobody%20of%20that%20name',
      'GetMakeForManufacturer/99999999999999',
      'GetMakesForManufacturerAndYear/988?year=1900',
      'GetMakesForVehicleType/spaceship',
      'GetModelsForMake/nobody%20of%20that%20name',
      'GetModelsForMake/%20',
      'GetModelsForMakeId/0',
      'GetModelsForMakeYear/make/honda/modelyear/1',
      'GetModelsForMakeYear/make/honda/vehicletype/%20',
      'GetModelsForMakeIdYear/makeId/474/vehicletype/spaceship',
      'GetVehicleTypesForMake/nobody%20of%20that%20name',
      'GetVehicleTypesForMakeId/0',
      'GetVehicleVariableValuesList/Trim',
      'GetVehicleVariableValuesList/nothing',
      'GetWMIsForManufacturer/honda?vehicleType=spaceship',
      'GetAllManufacturers?page=9999',
    ]) {
      const answer = await jsonAt(path);
      t.is(answer.Count, 0, path);
      t.deepEqual(answer.Results, [], path);
      t.regex(answer.Message, / returned successfully$/, path);
    }
  });

  test(title('vPIC: names are searched for, and nothing in them is a command'), async (t) => {
    for (const text of [
      '%',
      '_',
      `'; drop table x; --`,
      '"',
      '\\',
      '<&>',
      'ß',
      '🚗',
      'a/b',
      '\u0001',
      'x'.repeat(500),
    ]) {
      for (const path of [
        'GetModelsForMake',
        'GetManufacturerDetails',
        'GetVehicleTypesForMake',
        'DecodeWMI',
      ]) {
        const at = `${path}/${encodeURIComponent(text)}`;
        const answer = await jsonAt(at);
        t.true(answer.SearchCriteria === null || answer.SearchCriteria.endsWith(text), at);
        for (const format of ['xml', 'csv']) t.is((await ask(inFormat(at, format))).status, 200, at);
      }
    }
    t.true((await jsonAt('GetVehicleTypesForMake/kia')).Results.some(({ MakeName }) => MakeName !== 'KIA'));
    t.is((await jsonAt('GetModelsForMake/h%25a')).Count, 0);
  });

  test(title('vPIC: filters of WMIs, and pages of manufacturers'), async (t) => {
    const honda = (await jsonAt('GetWMIsForManufacturer/988')).Count;
    const cars = await jsonAt('GetWMIsForManufacturer/988?vehicleType=car');
    t.true(cars.Count > 0 && cars.Count < honda);
    t.is(cars.SearchCriteria, 'Manufacturer: 988 | VehicleType: car');
    const all = await jsonAt('GetWMIsForManufacturer/?VehicleType=mpv');
    t.is(all.SearchCriteria, 'VehicleType: mpv');
    t.true(all.Count > 100);
    const pages = await Promise.all([1, 2].map((page) => jsonAt(`GetAllManufacturers?page=${page}`)));
    t.deepEqual(
      pages.map(({ Count }) => Count),
      [100, 100],
    );
    t.is(new Set(pages.flatMap(({ Results }) => Results.map(({ Mfr_ID }) => Mfr_ID))).size, 200);
    const typed = await jsonAt('GetAllManufacturers?manufacturerType=Completed');
    t.is(typed.Count, 0);
    t.regex(typed.Message, /^Response returned successfully\. NOTE: .*ask without ManufacturerType/);
  });
}
