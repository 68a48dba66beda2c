/** `/vpic/api/vehicles/*` on real databases with the real data, as a client of NHTSA's vPIC API uses it. */

// needs: data

import test from 'ava';
import { z } from 'zod';
import { testServers } from '../harness/databases.ts';
import { problemOf, serviceOn } from './service.ts';

const BASE = '/vpic/api/vehicles';
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
/** The decodes, each with how its answer repeats the VIN. */
const decodes = [
  ['DecodeVin', 'VIN:'],
  ['DecodeVinExtended', 'VIN:'],
  ['DecodeVinValues', 'VIN(s): '],
  ['DecodeVinValuesExtended', 'VIN(s): '],
] as const;

for (const server of testServers()) {
  const ask = serviceOn(server);
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  const jsonAt = async (path: string) => envelope.parse(await (await ask(`${BASE}/${path}`)).json());

  test(title('vPIC: DecodeVin in its envelope'), async (t) => {
    const { Count, SearchCriteria, Results } = await jsonAt(`DecodeVin/${VIN}?format=json`);
    const rows = z.array(variable).parse(Results);
    t.is(Count, rows.length);
    t.is(SearchCriteria, `VIN:${VIN}`);
    const value = (id: number) => rows.find(({ VariableId }) => VariableId === id)?.Value;
    t.deepEqual([26, 28, 29].map(value), ['HONDA', 'Accord', '2003']);
  });

  test(title('vPIC: the order of a recorded DecodeVin, and its empty values'), async (t) => {
    const { Results } = await jsonAt('DecodeVin/1FTMW1T88MFA00001?modelyear=2021&format=json');
    const rows = z.array(variable).parse(Results);
    // Of the recording of 2021: variables that have come since are left out, and names have changed.
    const order = rows.map(({ VariableId }) => VariableId);
    const recorded = [
      [142, 143, 144, 156, 191, 10, 26, 27, 28, 29, 31, 34, 38, 39, 75, 76, 77, 109, 110, 114, 136],
      [5, 14, 40, 60, 159, 25, 49, 54, 111, 112, 184, 185, 190, 3, 4, 116, 117, 118, 155, 115, 119, 120],
      [23, 36, 33, 61, 37, 63, 15, 41, 145, 42, 52, 1, 2, 48, 57, 58, 59, 72, 132, 133, 134, 137, 138],
      [127, 128, 9, 11, 12, 13, 17, 18, 21, 24, 62, 64, 66, 67, 71, 122, 125, 126, 129, 135, 139, 146],
      [78, 79, 121, 55, 56, 65, 69, 107, 86, 99, 100, 168, 169, 172, 173, 175, 176, 181, 182, 81, 87, 88],
      [101, 102, 103, 104, 105, 147, 148, 149, 150, 151, 152, 153, 154, 170, 171, 174, 177, 178, 179, 180],
      [183, 192, 193, 194],
    ].flat();
    t.deepEqual(
      order.filter((id) => recorded.includes(id)),
      recorded,
    );
    const row = (id: number) => rows.find(({ VariableId }) => VariableId === id);
    t.deepEqual(row(142), { Value: '', ValueId: '', Variable: 'Suggested VIN', VariableId: 142 });
    t.deepEqual(row(143), { Value: '0', ValueId: '0', Variable: 'Error Code', VariableId: 143 });
    t.deepEqual(row(10), { Value: null, ValueId: null, Variable: 'Destination Market', VariableId: 10 });
    t.deepEqual(row(76), { Value: null, ValueId: '', Variable: 'Plant Company Name', VariableId: 76 });
    t.deepEqual(row(26), { Value: 'FORD', ValueId: '460', Variable: 'Make', VariableId: 26 });
  });

  test(title('vPIC: extended decodes name the private variables too'), async (t) => {
    const plain = z.array(variable).parse((await jsonAt(`DecodeVin/${VIN}?format=json`)).Results);
    const extended = z.array(variable).parse((await jsonAt(`DecodeVinExtended/${VIN}?format=json`)).Results);
    const isPrivate = ({ Variable }: { Variable: string }): boolean => Variable.startsWith('NCSA');
    t.deepEqual(
      extended.filter((row) => !isPrivate(row)),
      plain,
    );
    t.deepEqual(extended.filter(isPrivate), [
      { Value: null, ValueId: null, Variable: 'NCSA Body Type', VariableId: 96 },
      { Value: null, ValueId: null, Variable: 'NCSA Make', VariableId: 97 },
      { Value: null, ValueId: null, Variable: 'NCSA Model', VariableId: 98 },
      { Value: null, ValueId: '', Variable: 'NCSA Note', VariableId: 186 },
    ]);
    t.is(plain.find(({ VariableId }) => VariableId === 156)?.Value, null, 'nothing more to say is null');
  });

  test(title('vPIC: DecodeVinValues in its envelope'), async (t) => {
    const rows = (await jsonAt(`DecodeVin/${VIN}?format=json`)).Count;
    const { Count, SearchCriteria, Results } = await jsonAt(`DecodeVinValues/${VIN}?format=json`);
    t.is(Count, rows, 'the public API counts variables here');
    t.is(SearchCriteria, `VIN(s): ${VIN}`);
    t.is(Results.length, 1);
    t.like(Results[0], {
      VIN,
      Make: 'HONDA',
      MakeID: '474',
      Model: 'Accord',
      ModelYear: '2003',
      NCSAMake: '',
    });
    const keys = Object.keys(Results[0] ?? {});
    t.deepEqual(keys, [...keys].sort());
    const extended = await jsonAt(`DecodeVinValuesExtended/${VIN}?format=json`);
    t.is(extended.Count, rows + 4);
    t.deepEqual(extended.Results, Results);
  });

  test(title('vPIC: paths, parameters and formats in any case, unknown parameters ignored'), async (t) => {
    const expected = await (await ask(`${BASE}/DecodeVin/${VIN}?format=json`)).text();
    for (const path of [
      `/vpic/api/vehicles/decodevin/${VIN}?format=JSON`,
      `/VPIC/API/Vehicles/DECODEVIN/${VIN}/?FORMAT=Json&utm=x`,
      `/vpic/api/vehicles/DecodeVin/${VIN}?format=json&modelyear=`,
      `/vpic/api/vehicles/DecodeVin/${VIN}?format=json&ModelYear=2003`,
    ]) {
      const reply = await ask(path);
      t.is(reply.status, 200, path);
      t.is(await reply.text(), expected, path);
    }
  });

  test(title('vPIC: the format is asked for, else negotiated, else XML'), async (t) => {
    const typeOf = async (query: string, accept?: string) => {
      const headers: Record<string, string> = accept === undefined ? {} : { accept };
      const reply = await ask(`${BASE}/DecodeWMI/1HG${query}`, { headers });
      await reply.text();
      return [reply.headers.get('content-type'), reply.headers.get('vary')];
    };
    const [json, xml, csv] = ['application/json', 'application/xml', 'text/csv'].map(
      (type) => `${type}; charset=utf-8`,
    );
    t.deepEqual(await typeOf('?format=json'), [json, null]);
    t.deepEqual(await typeOf('?format=xml', 'application/json'), [xml, null]);
    t.deepEqual(await typeOf('?format=csv'), [csv, null]);
    t.deepEqual(await typeOf(''), [xml, 'Accept']);
    t.deepEqual(await typeOf('?format=', '*/*'), [xml, 'Accept']);
    t.deepEqual(await typeOf('', 'application/json'), [json, 'Accept']);
    t.deepEqual(await typeOf('', 'text/csv;q=1, application/json;q=0.5'), [csv, 'Accept']);
    t.deepEqual(await typeOf('', 'image/png'), [xml, 'Accept']);
  });

  test(title('vPIC: a decode in XML and CSV'), async (t) => {
    const xml = await (await ask(`${BASE}/DecodeVin/${VIN}?format=xml`)).text();
    t.regex(
      xml,
      /^<Response [^>]+><Count>\d+<\/Count><Message>Results[^<]+<\/Message><SearchCriteria>VIN:1HG/,
    );
    t.true(
      xml.includes(
        '<DecodedVariable><VariableId>26</VariableId><Variable>Make</Variable><ValueId>474</ValueId><Value>HONDA</Value></DecodedVariable>',
      ),
    );
    t.true(xml.includes('<Variable>Destination Market</Variable></DecodedVariable>'), 'no element for null');
    const flat = await (await ask(`${BASE}/DecodeVinValuesExtended/${VIN}?format=xml`)).text();
    t.regex(flat, /<Results><DecodedVINValues><ABS\/>.*<Make>HONDA<\/Make>.*<\/DecodedVINValues><\/Results>/);
    const csv = await (await ask(`${BASE}/DecodeVin/${VIN}?format=csv`)).text();
    t.regex(csv, /^variableid,variable,valueid,value\r\n142,Suggested VIN,,\r\n143,Error Code,0,0\r\n/);
    const flatCsv = (await (await ask(`${BASE}/DecodeVinValues/${VIN}?format=csv`)).text()).split('\r\n');
    t.is(flatCsv.length, 3);
    t.regex(flatCsv[0] ?? '', /^abs,activesafetysysnote,.*,make,makeid,.*,windows$/);
  });

  test(title('vPIC: any text is decoded, in every format'), async (t) => {
    const texts = [
      '1HG',
      '5UXWX7C5*BA',
      '50%',
      'A/B',
      'ß é',
      '🚗',
      `';--`,
      '"<&>\u0001',
      'x'.repeat(1000),
      '..%',
      ' ',
      '',
    ];
    for (const text of texts) {
      for (const [action, head] of decodes) {
        const path = `${BASE}/${action}/${encodeURIComponent(text)}`;
        const reply = await ask(`${path}?format=json`);
        t.is(reply.status, 200, text);
        t.is(envelope.parse(await reply.json()).SearchCriteria, head + text);
        for (const format of ['xml', 'csv']) {
          const other = await ask(`${path}?format=${format}`);
          t.is(other.status, 200, text);
          t.notRegex(await other.text(), /undefined|\[object/);
        }
      }
    }
  });

  test(title('vPIC: DecodeVinValuesBatch, however it is sent'), async (t) => {
    const post = (type: string, body: string, query = '') =>
      ask(`${BASE}/DecodeVINValuesBatch/${query}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const form = 'application/x-www-form-urlencoded';
    const data = '5UXWX7C5*BA, 2011; 1HGCM82633A004352;';
    const reply = await post(form, `DATA=${encodeURI(data)}&format=json`);
    t.is(reply.status, 200);
    t.is(reply.headers.get('cache-control'), 'no-store');
    t.truthy(reply.headers.get('x-data-version'));
    const { Count, SearchCriteria, Results } = envelope.parse(await reply.json());
    t.is(Count, 2);
    t.is(SearchCriteria, '');
    t.like(Results[0], { VIN: '5UXWX7C5*BA', ModelYear: '2011', Make: 'BMW' });
    t.deepEqual(Results[1], (await jsonAt(`DecodeVinValues/${VIN}?format=json`)).Results[0]);
    const again = await post('application/json', JSON.stringify({ Data: data, Format: 'json' }));
    t.deepEqual(envelope.parse(await again.json()).Results, Results);
    const xml = await post(form, `data=${encodeURIComponent(data)}`, '?format=XML');
    t.is((await xml.text()).match(/<DecodedVINValues>/g)?.length, 2);
    const csv = await post(form, `data=${encodeURIComponent(data)}&format=csv`);
    t.is((await csv.text()).split('\r\n').length, 4);
    t.is(envelope.parse(await (await post(form, 'data=;&format=json')).json()).Count, 0);

    const tooMany = await problemOf(t, await post(form, `data=${'1HG;'.repeat(51)}&format=json`), 400);
    t.regex(tooMany.detail, /a batch takes 50/);
    await problemOf(t, await post(form, 'format=json'), 400);
    await problemOf(t, await post(form, 'data=1HG&data=1HG'), 400);
    await problemOf(t, await post(form, 'data=1HG,year'), 400);
    await problemOf(t, await post('text/plain', 'data=1HG'), 400);
    await problemOf(t, await post('application/json', '{'), 400);
    await problemOf(t, await post(form, `data=${'x'.repeat(300_000)}`), 413);
    await problemOf(t, await ask(`${BASE}/DecodeVINValuesBatch?data=1HG`), 405);
  });

  test(title('vPIC: what cannot be served says so'), async (t) => {
    for (const [path, status] of [
      [`DecodeVin/${VIN}?format=yaml`, 400],
      [`DecodeVin/${VIN}?format=json&format=xml`, 400],
      [`DecodeVin/${VIN}?modelyear=new`, 400],
      [`DecodeVin/${'x'.repeat(1001)}`, 400],
      ['DecodeVin/1HG%00', 400],
      ['DecodeVin/%zz', 400],
      ['DecodeVin/%ff', 400],
      ['GetModelsForMakeId/honda', 400],
      ['GetModelsForMakeYear/make/honda/modelyear/new', 400],
      ['GetMakesForManufacturerAndYear/988', 400],
      ['GetWMIsForManufacturer', 400],
      ['GetAllManufacturers?page=last', 400],
      [`GetModelsForMake/${'x'.repeat(501)}`, 400],
      ['GetModelsForMake/x%00', 400],
      ['GetNothing', 404],
      ['GetModelsForMake', 404],
      ['GetParts?type=565&fromDate=1/1/2015&toDate=5/5/2015&format=xml&page=1', 501],
      ['GetEquipmentPlantCodes?year=2015&equipmentType=1&reportType=all&format=json', 501],
      ['GetEquipmentPlantCodes/2015?equipmentType=1', 501],
      ['GetCanadianVehicleSpecifications/?year=2011&make=Acura&model=&units=&format=json', 501],
    ] as const) {
      await problemOf(t, await ask(`${BASE}/${path}`), status);
    }
  });

  test(title('many at once'), async (t) => {
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ask(`${BASE}/DecodeVinValues/${VIN.slice(0, index % 18)}`)),
    );
    t.true(replies.every(({ status }) => status === 200));
  });
}
