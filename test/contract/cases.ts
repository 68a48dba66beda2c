/**
 * Requests for every operation of the document, good ones and bad ones, on the rows of sql/fixtures. What a GET answers
 * with an ETag is asked for again with it, and everything while the databases are away: see contract.test.ts.
 */

/** A request and the status that it gets. */
export interface Case {
  /** `GET /api/vehicles/decode/{vin}` */
  operation: string;
  status: number;
  path: string;
  /** Sent as JSON where it is no text. */
  body?: unknown;
  type?: string;
  /** Without a token; the others come from the user "alice". */
  isAnonymous?: true;
}

/** Of the fixture: Aster Alpha 2020. */
export const VIN = '1AAB1BC21LF000001';

/** Another of the same kind. */
export const OTHER_VIN = '1AAB1BC23LF000002';

export const NOBODYS = '00000000-0000-4000-8000-000000000000';

const API = '/api/vehicles';
const VPIC = '/vpic/api/vehicles';

function gets(template: string, ...asked: ReadonlyArray<readonly [status: number, path: string]>): Case[] {
  return asked.map(([status, path]) => ({ operation: `GET ${template}`, status, path }));
}

const decodes: Case[] = [
  ...gets(
    `${API}/decode/{vin}`,
    [200, `${API}/decode/${VIN}`],
    [200, `${API}/decode/${VIN}?modelYear=2020`],
    [200, `${API}/decode/1AAB1BC20LF000001`],
    [200, `${API}/decode/9ZZA1BC27UF000001`],
    [400, `${API}/decode/1AAB1BC21LF00000O`],
    [400, `${API}/decode/${VIN}?modelYear=20`],
    [400, `${API}/decode/%zz`],
  ),
  ...gets(
    `${API}/decode/{vin}/explain`,
    [200, `${API}/decode/${VIN}/explain`],
    // Rivals, a default and a specification; a maker of six characters; nothing known.
    [200, `${API}/decode/1AAL1BC29GF000001/explain?modelYear=2016`],
    [200, `${API}/decode/1AMA1BC21LF000001/explain`],
    [200, `${API}/decode/1A9A1BC26LF001234/explain`],
    [200, `${API}/decode/9ZZA1BC27UF000001/explain`],
    [400, `${API}/decode/1AA/explain`],
    [400, `${API}/decode/${VIN}/explain?year=2020`],
    [400, `${API}/decode/%ff/explain`],
  ),
  ...[
    { status: 200, body: { vins: [VIN, { vin: 'x', modelYear: 2020 }, ''] } },
    { status: 200, body: { vins: [] } },
    { status: 200, type: 'application/x-ndjson', body: `${VIN}\n${VIN},2020\n{"vin":"1AA"}\n{"vin":1}\n` },
    { status: 400, body: { vins: [1, { vin: VIN, year: 2020 }] } },
    { status: 400, body: { vins: VIN } },
    { status: 400, body: '{' },
    { status: 413, body: { vins: ['x'.repeat(300_000)] } },
    { status: 415, type: 'text/plain', body: VIN },
    { status: 415, type: 'application/json; charset=klingon', body: '{}' },
  ].map((one) => ({ operation: `POST ${API}/decode`, path: `${API}/decode`, ...one })),
];

const dropdowns: Case[] = [
  ...gets(
    `${API}/dropdown/makes`,
    [200, `${API}/dropdown/makes`],
    [200, `${API}/dropdown/makes?year=2020&vehicleType=all`],
    [400, `${API}/dropdown/makes?year=20`],
    [404, `${API}/dropdown/makes?vehicleType=spaceship`],
  ),
  ...gets(
    `${API}/dropdown/models/{make}`,
    [200, `${API}/dropdown/models/Aster`],
    [200, `${API}/dropdown/models/aster?year=1950`],
    [400, `${API}/dropdown/models/Aster?colour=red`],
    [400, `${API}/dropdown/models/%zz`],
    [404, `${API}/dropdown/models/NOSUCHMAKE`],
  ),
  ...['trims', 'engines', 'transmissions'].flatMap((name) =>
    gets(
      `${API}/dropdown/${name}`,
      [200, `${API}/dropdown/${name}`],
      [200, `${API}/dropdown/${name}?year=2020&make=Aster&model=Alpha`],
      [400, `${API}/dropdown/${name}?make=a&make=b`],
      [404, `${API}/dropdown/${name}?make=NOSUCHMAKE`],
    ),
  ),
  ...gets(
    `${API}/dropdown/years`,
    [200, `${API}/dropdown/years`],
    [200, `${API}/dropdown/years?make=Aster`],
    [400, `${API}/dropdown/years?year=2020`],
    [404, `${API}/dropdown/years?make=Aster&model=NOSUCHMODEL`],
  ),
];

/** Every list of the vPIC API with its parameters, and some that it cannot have. */
const lists: ReadonlyArray<readonly [template: string, good: string, bad?: string]> = [
  ['DecodeWMI/{wmi}', 'DecodeWMI/1AA', 'DecodeWMI/%zz'],
  ['GetAllMakes', 'GetAllMakes'],
  ['GetAllManufacturers', 'GetAllManufacturers?page=1', 'GetAllManufacturers?page=last'],
  ['GetManufacturerDetails/{manufacturer}', 'GetManufacturerDetails/1'],
  ['GetMakeForManufacturer/{manufacturer}', 'GetMakeForManufacturer/aster'],
  [
    'GetMakesForManufacturerAndYear/{manufacturer}',
    'GetMakesForManufacturerAndYear/1?year=2020',
    'GetMakesForManufacturerAndYear/1',
  ],
  ['GetMakesForVehicleType/{vehicletype}', 'GetMakesForVehicleType/car'],
  ['GetModelsForMake/{make}', 'GetModelsForMake/aster', `GetModelsForMake/${'x'.repeat(501)}`],
  ['GetModelsForMakeId/{makeid}', 'GetModelsForMakeId/1', 'GetModelsForMakeId/aster'],
  [
    'GetModelsForMakeYear/make/{make}/modelyear/{modelyear}',
    'GetModelsForMakeYear/make/aster/modelyear/2020',
    'GetModelsForMakeYear/make/aster/modelyear/new',
  ],
  [
    'GetModelsForMakeYear/make/{make}/modelyear/{modelyear}/vehicletype/{vehicletype}',
    'GetModelsForMakeYear/make/aster/modelyear/2020/vehicletype/car',
  ],
  [
    'GetModelsForMakeYear/make/{make}/vehicletype/{vehicletype}',
    'GetModelsForMakeYear/make/aster/vehicletype/car',
  ],
  [
    'GetModelsForMakeIdYear/makeId/{makeid}/modelyear/{modelyear}',
    'GetModelsForMakeIdYear/makeId/1/modelyear/2020',
  ],
  [
    'GetModelsForMakeIdYear/makeId/{makeid}/modelyear/{modelyear}/vehicletype/{vehicletype}',
    'GetModelsForMakeIdYear/makeId/1/modelyear/2020/vehicletype/car',
  ],
  [
    'GetModelsForMakeIdYear/makeId/{makeid}/vehicletype/{vehicletype}',
    'GetModelsForMakeIdYear/makeId/1/vehicletype/car',
  ],
  ['GetVehicleTypesForMake/{make}', 'GetVehicleTypesForMake/aster'],
  ['GetVehicleTypesForMakeId/{makeid}', 'GetVehicleTypesForMakeId/1'],
  ['GetVehicleVariableList', 'GetVehicleVariableList'],
  ['GetVehicleVariableValuesList/{variable}', 'GetVehicleVariableValuesList/battery%20type'],
  ['GetWMIsForManufacturer', 'GetWMIsForManufacturer?vehicleType=car', 'GetWMIsForManufacturer'],
  ['GetWMIsForManufacturer/{manufacturer}', 'GetWMIsForManufacturer/aster?vehicleType=car'],
  ...['DecodeVin', 'DecodeVinExtended', 'DecodeVinValues', 'DecodeVinValuesExtended'].map(
    (name) => [`${name}/{vin}`, `${name}/${VIN}?modelyear=2020`, `${name}/${VIN}?modelyear=new`] as const,
  ),
];

const batch = (status: number, body: string, type = 'application/x-www-form-urlencoded'): Case => ({
  operation: `POST ${VPIC}/DecodeVinValuesBatch`,
  path: `${VPIC}/DecodeVinValuesBatch`,
  status,
  body,
  type,
});

const vpic: Case[] = [
  ...lists.flatMap(([template, good, bad]) => {
    const isAsking = good.includes('?') ? '&' : '?';
    return gets(
      `${VPIC}/${template}`,
      [200, `${VPIC}/${good}${isAsking}format=json`],
      [200, `${VPIC}/${good}${isAsking}format=xml`],
      [200, `${VPIC}/${good}${isAsking}format=csv`],
      [200, `${VPIC}/${good}`],
      [400, `${VPIC}/${good}${isAsking}format=yaml`],
      ...(bad === undefined ? [] : [[400, `${VPIC}/${bad}`] as const]),
    );
  }),
  batch(200, `data=${VIN},2020;1AA*&format=json`),
  batch(200, `data=${VIN}&format=xml`),
  batch(200, `data=${VIN}&format=csv`),
  batch(200, `data=${VIN}`),
  batch(200, JSON.stringify({ data: `${VIN};`, format: 'json' }), 'application/json'),
  batch(400, 'format=json'),
  batch(400, `data=${VIN},year`),
  batch(413, `data=${'x'.repeat(300_000)}`),
  batch(415, '{}', 'application/json; charset=klingon'),
  ...['GetParts', 'GetEquipmentPlantCodes', 'GetCanadianVehicleSpecifications'].flatMap((name) =>
    gets(`${VPIC}/${name}`, [501, `${VPIC}/${name}?format=json`]),
  ),
];

const operations: Case[] = [
  ...gets('/health', [200, '/health']),
  ...gets('/health/live', [200, '/health/live']),
  ...gets('/health/ready', [200, '/health/ready']),
  ...gets('/metrics', [200, '/metrics']),
  ...gets('/api/platform/status', [200, '/api/platform/status']),
  ...gets('/api/platform/rebuilds', [200, '/api/platform/rebuilds']),
  ...gets('/api/openapi.json', [200, '/api/openapi.json']),
];

/** What needs no vehicle to be there. */
export const cases: readonly Case[] = [...decodes, ...dropdowns, ...vpic, ...operations];

/** Bodies that neither POST nor PUT takes. */
const unreadable: ReadonlyArray<Pick<Case, 'status' | 'body' | 'type'>> = [
  { status: 400, body: { year: '2020', colour: 'red' } },
  { status: 400, body: { vin: '1AA' } },
  { status: 400, body: '{' },
  { status: 413, body: { nickname: 'x'.repeat(300_000) } },
  { status: 415, type: 'text/plain', body: '{}' },
];

/** The user's vehicles, in this order: `id` has VIN, and another one has OTHER_VIN. */
export function vehicleCases(id: string): Case[] {
  const collection = { path: API };
  const one = { path: `${API}/${id}` };
  const nobodys = { path: `${API}/${NOBODYS}` };
  return [
    { operation: `GET ${API}`, status: 200, ...collection },
    { operation: `GET ${API}`, status: 401, ...collection, isAnonymous: true },
    { operation: `POST ${API}`, status: 201, ...collection, body: { make: 'A', model: 'B', year: 2020 } },
    { operation: `POST ${API}`, status: 400, ...collection, body: { nickname: 'Blue' } },
    { operation: `POST ${API}`, status: 409, ...collection, body: { vin: VIN } },
    { operation: `POST ${API}`, status: 401, ...collection, body: {}, isAnonymous: true },
    ...unreadable.map((body) => ({ operation: `POST ${API}`, ...collection, ...body })),
    { operation: `GET ${API}/{id}`, status: 200, ...one },
    { operation: `GET ${API}/{id}`, status: 400, path: `${API}/%ff` },
    { operation: `GET ${API}/{id}`, status: 404, ...nobodys },
    { operation: `GET ${API}/{id}`, status: 404, path: `${API}/1` },
    { operation: `GET ${API}/{id}`, status: 401, ...one, isAnonymous: true },
    { operation: `PUT ${API}/{id}`, status: 200, ...one, body: { nickname: 'Red', odometerReading: 12 } },
    { operation: `PUT ${API}/{id}`, status: 400, ...one, body: { vin: null, make: null } },
    { operation: `PUT ${API}/{id}`, status: 404, ...nobodys, body: {} },
    { operation: `PUT ${API}/{id}`, status: 409, ...one, body: { vin: OTHER_VIN } },
    { operation: `PUT ${API}/{id}`, status: 401, ...one, body: {}, isAnonymous: true },
    ...unreadable.map((body) => ({ operation: `PUT ${API}/{id}`, ...one, ...body })),
    { operation: `DELETE ${API}/{id}`, status: 400, path: `${API}/%ff` },
    { operation: `DELETE ${API}/{id}`, status: 404, ...nobodys },
    { operation: `DELETE ${API}/{id}`, status: 401, ...one, isAnonymous: true },
    { operation: `DELETE ${API}/{id}`, status: 204, ...one },
  ];
}
