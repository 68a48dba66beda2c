/** `/vpic/api/vehicles/*` on real databases with the real data, as a client of NHTSA's vPIC API uses it. */

// needs: data

import test from 'ava';
import { z } from 'zod';
import { testServers } from '../harness/databases.ts';
import { problemOf, serviceOn } from './service.ts';

const VIN = '1HGCM82633A004352';

const envelope = z.strictObject({
  Count: z.int(),
  Message: z.string().regex(/^Results returned successfully\. NOTE: Any missing/),
  SearchCriteria: z.string(),
  Results: z.array(z.record(z.string(), z.unknown())),
});
const variable = z.strictObject({
  Value: z.string().nullable(),
  ValueId: z.string().nullable(),
  Variable: z.string(),
  VariableId: z.int(),
});
for (const server of testServers()) {
  const ask = serviceOn(server);
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  test(title('vPIC: DecodeVin in its envelope'), async (t) => {
    const reply = await ask(`/vpic/api/vehicles/DecodeVin/${VIN}?format=json`);
    t.is(reply.status, 200);
    const { Count, SearchCriteria, Results } = envelope.parse(await reply.json());
    const rows = z.array(variable).parse(Results);
    t.is(Count, rows.length);
    t.is(SearchCriteria, `VIN:${VIN}`);
    const value = (id: number) => rows.find(({ VariableId }) => VariableId === id)?.Value;
    t.deepEqual([26, 28, 29].map(value), ['HONDA', 'Accord', '2003']);
  });

  test(title('vPIC: DecodeVinValues in its envelope'), async (t) => {
    const reply = await ask(`/vpic/api/vehicles/DecodeVinValues/${VIN}?format=json`);
    const { Count, SearchCriteria, Results } = envelope.parse(await reply.json());
    t.is(Count, 1);
    t.is(SearchCriteria, `VIN(s): ${VIN}`);
    t.is(Results.length, 1);
    t.like(Results[0], { VIN, Make: 'HONDA', Model: 'Accord', ModelYear: '2003' });
  });

  test(title('vPIC: paths, parameters and formats in any case, unknown parameters ignored'), async (t) => {
    const expected = await (await ask(`/vpic/api/vehicles/DecodeVin/${VIN}`)).text();
    for (const path of [
      `/vpic/api/vehicles/decodevin/${VIN}?format=json`,
      `/VPIC/API/Vehicles/DECODEVIN/${VIN}/?FORMAT=JSON&utm=x`,
      `/vpic/api/vehicles/DecodeVin/${VIN}?format=&modelyear=`,
      `/vpic/api/vehicles/DecodeVin/${VIN}?ModelYear=2003`,
    ]) {
      const reply = await ask(path);
      t.is(reply.status, 200, path);
      t.is(await reply.text(), expected, path);
    }
  });

  test(title('vPIC: any text is decoded'), async (t) => {
    for (const text of [
      '1HG',
      '5UXWX7C5*BA',
      '50%',
      'A/B',
      'ß é',
      '🚗',
      "';--",
      'x'.repeat(1000),
      '..%',
      ' ',
      '',
    ]) {
      for (const action of ['DecodeVin', 'DecodeVinValues']) {
        const reply = await ask(`/vpic/api/vehicles/${action}/${encodeURIComponent(text)}?format=json`);
        t.is(reply.status, 200, text);
        t.true(envelope.parse(await reply.json()).SearchCriteria.endsWith(text));
      }
    }
  });

  test(title('vPIC: what cannot be served says so'), async (t) => {
    for (const [path, status] of [
      [`${VIN}?format=xml`, 501],
      [`${VIN}?format=CSV`, 501],
      [`${VIN}?format=yaml`, 400],
      ['x'.repeat(1001), 400],
      ['1HG%00', 400],
      ['%zz', 400],
      ['%ff', 400],
    ] as const) {
      await problemOf(t, await ask(`/vpic/api/vehicles/DecodeVin/${path}`), status);
    }
  });

  test(title('many at once'), async (t) => {
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        ask(`/vpic/api/vehicles/DecodeVinValues/${VIN.slice(0, index % 18)}`),
      ),
    );
    t.true(replies.every(({ status }) => status === 200));
  });
}
