/** What is refused below /api/vehicles: bodies, methods, and everything where no token is taken. */

// needs: fixture

import test, { type ExecutionContext } from 'ava';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { type GarageService, openGarageService, tokenOf, vehicleOf } from './garage.ts';
import { problemOf } from './service.ts';

/** Of the fixture: Aster Alpha 2020. */
const VIN = '1AAB1BC21LF000001';

const NOBODYS = '00000000-0000-4000-8000-000000000000';

const PATH = '/api/vehicles';

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  if (server.fixture === null) throw new Error('this file says that it needs the fixture');
  const platform = server.fixture;

  /** The service on a main database of its own. */
  async function open(t: ExecutionContext): Promise<GarageService> {
    const own = await ownDatabase(server, 'app');
    const service = await openGarageService({ platform, app: own.url });
    t.teardown(async () => {
      await service.close();
      await own.drop();
    });
    return service;
  }

  test.serial(title('what cannot be a vehicle is refused by name'), async (t) => {
    const { as, ask } = await open(t);
    const { id } = await vehicleOf(await as('alice', 'POST', PATH, { vin: VIN }));
    for (const [body, member] of [
      [{ vin: 1 }, 'vin'],
      [{ vin: 'x'.repeat(1001) }, 'vin'],
      [{ nickname: 'x'.repeat(201) }, 'nickname'],
      [{ color: 'a\0b' }, 'color'],
      [{ licensePlate: '\ud800' }, 'licensePlate'],
      [{ make: ['a'] }, 'make'],
      [{ year: '2000' }, 'year'],
      [{ year: 1899 }, 'year'],
      [{ year: 2200 }, 'year'],
      [{ year: 2000.5 }, 'year'],
      [{ odometerReading: -1 }, 'odometerReading'],
      [{ odometerReading: 10_000_000 }, 'odometerReading'],
      [{ odometerReading: 1.5 }, 'odometerReading'],
      [{ odometerReading: '1' }, 'odometerReading'],
      [{ userId: 'bob' }, 'userId'],
      [{ isActive: false }, 'isActive'],
      [{ id: NOBODYS }, 'id'],
      [{ __proto__x: 1 }, '__proto__x'],
      [[], null],
    ] as const) {
      for (const [method, path] of [
        ['POST', PATH],
        ['PUT', `${PATH}/${id}`],
      ] as const) {
        const problem = await problemOf(t, await as('alice', method, path, body), 400);
        t.is(problem.error, 'invalid-body', JSON.stringify(body));
        t.like(problem.problems, [{ member }], JSON.stringify(body));
      }
    }
    const headers = { Authorization: `Bearer ${tokenOf('alice')}` };
    for (const [status, type, body] of [
      [415, 'text/plain', '{}'],
      [400, 'application/json', '{'],
      [400, 'application/json', undefined],
      [413, 'application/json', JSON.stringify({ nickname: 'x'.repeat(300_000) })],
    ] as const) {
      const reply = await ask(PATH, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': type },
        ...(body !== undefined && { body }),
      });
      await problemOf(t, reply, status);
    }
  });

  test.serial(title('methods and the paths of public resources beside it'), async (t) => {
    const { as, ask } = await open(t);
    for (const [path, allow] of [
      [PATH, 'GET, HEAD, POST, OPTIONS'],
      [`${PATH}/${NOBODYS}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ] as const) {
      const refused = await as('alice', 'PATCH', path, {});
      await problemOf(t, refused, 405);
      t.is(refused.headers.get('allow'), allow);
      const options = await ask(path, { method: 'OPTIONS' });
      t.is(options.status, 204);
      t.is(options.headers.get('allow'), allow);
    }
    await problemOf(t, await ask(`${PATH}/dropdown`), 404);
    await problemOf(t, await ask(`${PATH}/Dropdown/`), 404);
    await problemOf(t, await ask(`${PATH}/decode`), 405);
    t.is((await ask(`${PATH}/decode/${VIN}`)).status, 200);
    t.is((await ask(`${PATH}/dropdown/years`)).status, 200);
    for (const [method, path] of [
      ['GET', PATH],
      ['POST', PATH],
      ['GET', `${PATH}/${NOBODYS}`],
      ['PUT', `${PATH}/1`],
      ['DELETE', `${PATH}/${NOBODYS}`],
    ] as const) {
      const reply = await ask(path, { method });
      await problemOf(t, reply, 401);
      t.regex(reply.headers.get('www-authenticate') ?? '', /^Bearer realm="mvp-platform-vehicles"$/);
    }
  });

  test.serial(title('without a JWT setting the vehicles are closed, and say why'), async (t) => {
    const own = await ownDatabase(server, 'app');
    const service = await openGarageService({ platform, app: own.url, jwt: null });
    t.teardown(async () => {
      await service.close();
      await own.drop();
    });
    const reply = await service.as('alice', 'GET', PATH);
    t.regex((await problemOf(t, reply, 401)).detail, /started without JWT_SECRET/);
    t.is((await service.ask(`${PATH}/decode/${VIN}`)).status, 200);
  });
}
