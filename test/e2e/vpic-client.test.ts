/** A public client of NHTSA's API, unchanged but for its base URL: every endpoint of it, on the real data. */

// needs: data

import wrapper from '@shaggytools/nhtsa-api-wrapper';
import test, { type ExecutionContext } from 'ava';
import { type TestServer, testServers } from '../harness/databases.ts';
import { openService } from './service.ts';

const { NHTSA } = wrapper;
type Client = InstanceType<typeof NHTSA>;

const VIN = '1HGCM82633A004352';

interface Answer {
  Count: number;
  Message: string;
  Results: readonly object[];
}

/** Every method of the client with arguments of its own documentation, and what one of the results is like. */
const calls: Readonly<Record<string, [(client: Client) => Promise<Answer>, Record<string, unknown>]>> = {
  DecodeVin: [(c) => c.DecodeVin(VIN, { modelYear: 2003 }), { Variable: 'Make', Value: 'HONDA' }],
  DecodeVinExtended: [(c) => c.DecodeVinExtended(VIN), { Variable: 'NCSA Make', Value: null }],
  DecodeVinValues: [(c) => c.DecodeVinValues(VIN), { Make: 'HONDA', Model: 'Accord', ModelYear: '2003' }],
  DecodeVinValuesExtended: [(c) => c.DecodeVinValuesExtended(VIN), { Make: 'HONDA', NCSAMake: '' }],
  DecodeVINValuesBatch: [
    (c) => c.DecodeVINValuesBatch(`5UXWX7C5*BA, 2011; ${VIN}`),
    { VIN: '5UXWX7C5*BA', Make: 'BMW', ModelYear: '2011' },
  ],
  DecodeWMI: [(c) => c.DecodeWMI('1FT'), { Make: 'FORD', VehicleType: 'Truck' }],
  GetAllMakes: [(c) => c.GetAllMakes(), { Make_ID: 474, Make_Name: 'HONDA' }],
  GetAllManufacturers: [(c) => c.GetAllManufacturers({ page: 1 }), { Mfr_ID: 955, Mfr_Name: 'TESLA, INC.' }],
  GetMakeForManufacturer: [(c) => c.GetMakeForManufacturer('honda'), { Make_ID: 474, Make_Name: 'HONDA' }],
  GetMakesForManufacturerAndYear: [
    (c) => c.GetMakesForManufacturerAndYear('988', { year: 2021 }),
    { MakeId: 475, MakeName: 'ACURA', MfrId: 988 },
  ],
  GetMakesForVehicleType: [(c) => c.GetMakesForVehicleType('car'), { MakeName: 'TESLA', VehicleTypeId: 2 }],
  GetManufacturerDetails: [(c) => c.GetManufacturerDetails('honda'), { Mfr_ID: 987, Country: 'JAPAN' }],
  GetModelsForMake: [(c) => c.GetModelsForMake('honda'), { Make_Name: 'HONDA', Model_Name: 'Accord' }],
  GetModelsForMakeId: [(c) => c.GetModelsForMakeId(441), { Make_Name: 'TESLA', Model_Name: 'Model S' }],
  GetModelsForMakeYear: [
    (c) => c.GetModelsForMakeYear({ make: 'honda', modelYear: 2015, vehicleType: 'car' }),
    { Model_Name: 'Accord', VehicleTypeName: 'Passenger Car' },
  ],
  GetModelsForMakeIdYear: [
    (c) => c.GetModelsForMakeIdYear({ makeId: 474, modelYear: 2015 }),
    { Make_Name: 'HONDA', Model_Name: 'Civic' },
  ],
  GetVehicleTypesForMake: [(c) => c.GetVehicleTypesForMake('kia'), { MakeName: 'KIA', VehicleTypeId: 2 }],
  GetVehicleTypesForMakeId: [(c) => c.GetVehicleTypesForMakeId(474), { VehicleTypeName: 'Motorcycle' }],
  GetVehicleVariableList: [(c) => c.GetVehicleVariableList(), { ID: 5, Name: 'Body Class' }],
  GetVehicleVariableValuesList: [
    (c) => c.GetVehicleVariableValuesList('battery type'),
    { ElementName: 'Battery Type' },
  ],
  GetWMIsForManufacturer: [
    (c) => c.GetWMIsForManufacturer('honda', { vehicleType: 'car' }),
    { WMI: '1HG', VehicleType: 'Passenger Car' },
  ],
};

/** What is not in the published database. */
const refused: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  GetParts: (c) => c.GetParts({ type: 565, fromDate: '1/1/2015', toDate: '5/5/2015' }),
  GetEquipmentPlantCodes: (c) =>
    c.GetEquipmentPlantCodes({ year: 2015, equipmentType: 1, reportType: 'All' }),
  GetCanadianVehicleSpecifications: (c) => c.GetCanadianVehicleSpecifications({ year: 2011, make: 'Acura' }),
};

for (const server of testServers()) {
  const clientOf = opening(server);
  const title = (name: string): string => `PostgreSQL ${server.version}: public client, ${name}`;

  for (const [name, [call, like]] of Object.entries(calls)) {
    test(title(name), async (t) => {
      const { Count, Message, Results } = await call(await clientOf());
      t.true(Count > 0);
      t.regex(Message, /^(Results|Response) returned successfully/);
      t.true(
        Results.some((result) => isLike(result, like)),
        `no result is like ${JSON.stringify(like)}`,
      );
    });
  }

  for (const [name, call] of Object.entries(refused)) {
    test(title(`${name} is told that it is not possible`), async (t) => {
      const error = await t.throwsAsync(async () => call(await clientOf()));
      t.regex(error.message, /501/);
    });
  }

  test(title('no endpoint is left out'), (t) => {
    everyEndpoint(t, new NHTSA());
  });
}

/** The client names what it can do as properties of its own. */
function everyEndpoint(t: ExecutionContext, client: Client): void {
  const endpoints = Object.entries(client)
    .filter(([name, value]) => typeof value === 'function' && /^(Decode|Get)/.test(name))
    .map(([name]) => name);
  t.deepEqual(endpoints.sort(), [...Object.keys(calls), ...Object.keys(refused)].sort());
}

function opening({ version, data }: TestServer): () => Promise<Client> {
  if (data === null) throw new Error('the file asks for `needs: data`');
  const service = openService(data);
  test.after.always(`PostgreSQL ${version}: close the service of the client`, async () => {
    await (await service).close();
  });
  return async () => new NHTSA({ baseUrl: `${(await service).url}/vpic/api/vehicles` });
}

function isLike(result: object, like: Record<string, unknown>): boolean {
  const entries = new Map<string, unknown>(Object.entries(result));
  return Object.entries(like).every(([name, value]) => entries.get(name) === value);
}
