/** The users' vehicles on real databases: every verb, for the owner and for everybody else. */

// needs: fixture

import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { checkDigit } from '../../server/vin.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import {
  type AskAs,
  type GarageService,
  openGarageService,
  type Vehicle,
  vehicleOf,
  vehiclesOf,
} from './garage.ts';
import { jsonOf, problemOf } from './service.ts';

/** Of the fixture: Aster Alpha 2020. */
const VIN = '1AAB1BC21LF000001';

/** Another VIN of the same kind. */
function sibling(serial: number): string {
  const other = VIN.slice(0, 11) + String(serial).padStart(6, '0');
  return other.slice(0, 8) + checkDigit(other) + other.slice(9);
}

const NOBODYS = '00000000-0000-4000-8000-000000000000';

const PATH = '/api/vehicles';

async function created(t: ExecutionContext, as: AskAs, user: string, body: unknown): Promise<Vehicle> {
  const reply = await as(user, 'POST', PATH, body);
  t.is(reply.status, 201, await reply.clone().text());
  return vehicleOf(reply);
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  if (server.fixture === null) throw new Error('this file says that it needs the fixture');
  const platform = server.fixture;

  /** The service on a main database of its own, and a superuser's connection to that. */
  async function open(t: ExecutionContext): Promise<GarageService & { admin: pg.Client; app: string }> {
    const own = await ownDatabase(server, 'app');
    const admin = new pg.Client(own.url);
    await admin.connect();
    const service = await openGarageService({ platform, app: own.url });
    t.teardown(async () => {
      await service.close();
      await admin.end();
      await own.drop();
    });
    return { ...service, admin, app: own.url };
  }

  test.serial(title('a VIN becomes a vehicle, which is read, changed, listed and deleted'), async (t) => {
    const { as, admin } = await open(t);
    const reply = await as('alice', 'POST', PATH, { vin: ` ${VIN.toLowerCase()} `, nickname: 'Blue' });
    t.is(reply.status, 201);
    t.is(reply.headers.get('x-decode'), null);
    const made = await vehicleOf(reply);
    t.is(reply.headers.get('location'), `${PATH}/${made.id}`);
    t.like(made, {
      userId: 'alice',
      vin: VIN,
      make: 'ASTER',
      model: 'Alpha',
      year: 2020,
      nickname: 'Blue',
      color: null,
      licensePlate: null,
      odometerReading: null,
      isActive: true,
    });
    t.is(made.createdAt, made.updatedAt);

    const one = await as('alice', 'GET', `${PATH}/${made.id}`);
    t.is(one.headers.get('cache-control'), 'no-store');
    t.deepEqual(await vehicleOf(one), made);
    t.deepEqual(await vehiclesOf(await as('alice', 'GET', PATH)), [made]);

    const changed = await vehicleOf(await as('alice', 'PUT', `${PATH}/${made.id}`, { odometerReading: 7 }));
    t.deepEqual({ ...changed, updatedAt: '' }, { ...made, odometerReading: 7, updatedAt: '' });
    t.true(changed.updatedAt > made.updatedAt);
    t.deepEqual(await vehiclesOf(await as('alice', 'GET', PATH)), [changed]);

    const gone = await as('alice', 'DELETE', `${PATH}/${made.id}`);
    t.is(gone.status, 204);
    t.is(await gone.text(), '');
    t.deepEqual(await vehiclesOf(await as('alice', 'GET', PATH)), []);
    for (const method of ['GET', 'PUT', 'DELETE'])
      await problemOf(
        t,
        await as('alice', method, `${PATH}/${made.id}`, method === 'PUT' ? {} : undefined),
        404,
      );
    const { rows } = await admin.query(
      'select is_active, deleted_at is not null as noted from garage.vehicles',
    );
    t.deepEqual(rows, [{ is_active: false, noted: true }]);
    t.is((await created(t, as, 'alice', { vin: VIN })).vin, VIN, 'its VIN is free again');
  });

  test.serial(title('without a VIN: make, model and year, as they are'), async (t) => {
    const { as } = await open(t);
    const made = await created(t, as, 'alice', { make: 'Ford', model: 'Model T', year: 1908 });
    t.like(made, { vin: null, make: 'Ford', model: 'Model T', year: 1908 });
    const reply = await as('alice', 'POST', PATH, { make: 'Ford', year: 1908 });
    t.regex((await problemOf(t, reply, 400)).detail, /give "vin", or .*"model" is needed/);
  });

  test.serial(
    title('a VIN that says nothing, or is mistyped, is kept with what the user says'),
    async (t) => {
      const { as } = await open(t);
      const unknown = await created(t, as, 'alice', { vin: 'ZZZB1BC21LF000001', make: 'Zed', model: 'Z' });
      t.like(unknown, { make: 'Zed', model: 'Z', year: null });
      const mistyped = await created(t, as, 'alice', { vin: VIN.replace('BC21', 'BC2X') });
      t.like(mistyped, { make: 'ASTER', model: 'Alpha' });
      const refused = await problemOf(t, await as('alice', 'POST', PATH, { vin: '1HGCM82633A00435O' }), 400);
      t.like(refused, { error: 'invalid-vin' });
      t.deepEqual(refused.problems, [
        { position: 17, character: 'O', reason: 'O is never used in a VIN; 1 or 0 is meant' },
      ]);
    },
  );

  test.serial(title('of a VIN’s two years the user says which'), async (t) => {
    const { as } = await open(t);
    // A heavy truck: position 7 does not tell the cycles apart.
    const vin = '1ACA1BC28LF000001';
    t.is((await created(t, as, 'alice', { vin })).year, 2020);
    t.is((await created(t, as, 'bob', { vin, year: 1990 })).year, 1990);
    // A year that the VIN cannot mean is a mistake: the VIN is right.
    t.is((await created(t, as, 'carol', { vin, year: 2005 })).year, 2020);
  });

  test.serial(title('another user’s vehicle is not there, in any verb'), async (t) => {
    const { as } = await open(t);
    const { id } = await created(t, as, 'alice', { vin: VIN });
    for (const path of [`${PATH}/${id}`, `${PATH}/${NOBODYS}`, `${PATH}/1`, `${PATH}/%27%20or%20true--`]) {
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', { nickname: 'stolen' }],
        ['PUT', { vin: sibling(2) }],
        ['DELETE', undefined],
      ] as const) {
        const problem = await problemOf(t, await as('mallory', method, path, body), 404);
        t.is(problem.error, 'not-found');
      }
    }
    t.deepEqual(await vehiclesOf(await as('mallory', 'GET', PATH)), []);
    t.is((await vehicleOf(await as('alice', 'GET', `${PATH}/${id}`))).nickname, null);
    t.is((await created(t, as, 'mallory', { vin: VIN })).userId, 'mallory', 'the same VIN may be anybody’s');
  });

  test.serial(title('in SQL the policy alone is enough, also for a setting that tries'), async (t) => {
    const { as, app } = await open(t);
    await created(t, as, 'alice', { vin: VIN });
    await created(t, as, 'o\'brien" -- ; drop', { vin: VIN });
    const client = new pg.Client({ connectionString: app, options: '-c role=mvp_main_user' });
    await client.connect();
    t.teardown(() => client.end());
    const seenBy = async (user: string): Promise<string[]> => {
      await client.query('begin');
      await client.query("select set_config('mvp_main.user_id', $1, true)", [user]);
      const { rows } = await client.query<{ user_id: string }>('select user_id from garage.vehicles');
      await client.query('rollback');
      return rows.map(({ user_id }) => user_id);
    };
    t.deepEqual(await seenBy('alice'), ['alice']);
    t.deepEqual(await seenBy('o\'brien" -- ; drop'), ['o\'brien" -- ; drop']);
    for (const nobody of ['', '%', 'ALICE', 'alice ', "' or true --"]) t.deepEqual(await seenBy(nobody), []);
    t.is((await client.query('select from garage.vehicles')).rowCount, 0, 'nothing is left of the last user');
  });

  test.serial(title('one VIN, twenty requests at once: one vehicle, nineteen conflicts'), async (t) => {
    const { as } = await open(t);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => as('alice', 'POST', PATH, { vin: VIN })),
    );
    t.deepEqual(replies.map(({ status }) => status).sort(), [201, ...Array(19).fill(409)]);
    const other = replies.find(({ status }) => status === 409) ?? Response.error();
    t.like(await problemOf(t, other, 409), { error: 'conflict' });
    t.is((await vehiclesOf(await as('alice', 'GET', PATH))).length, 1);
  });

  test.serial(title('PUT: another VIN is read anew, a VIN that one has is a conflict'), async (t) => {
    const { as } = await open(t);
    const ford = await created(t, as, 'alice', { make: 'Ford', model: 'T', year: 1908, color: 'black' });
    const path = `${PATH}/${ford.id}`;
    t.like(await vehicleOf(await as('alice', 'PUT', path, { vin: VIN })), {
      vin: VIN,
      make: 'ASTER',
      model: 'Alpha',
      year: 2020,
      color: 'black',
    });
    t.like(
      await vehicleOf(await as('alice', 'PUT', path, { vin: VIN, model: 'Alpha GT', color: null })),
      { vin: VIN, make: 'ASTER', model: 'Alpha GT', color: null },
      'the same VIN is not: the owner has the last word',
    );
    const unknown = await as('alice', 'PUT', path, { vin: 'ZZZB1BC21LF000001', make: 'Zed' });
    t.like(await vehicleOf(unknown), { make: 'Zed', model: null, year: null });
    await created(t, as, 'alice', { vin: VIN });
    await problemOf(t, await as('alice', 'PUT', path, { vin: VIN }), 409);
    await problemOf(t, await as('alice', 'PUT', path, { vin: null }), 400);
    t.like(
      await vehicleOf(await as('alice', 'PUT', path, { vin: null, model: 'Z', year: 2020, nickname: ' ' })),
      {
        vin: null,
        make: 'Zed',
        model: 'Z',
        nickname: null,
      },
    );
    t.is((await as('alice', 'PUT', path, {})).status, 200);
  });

  test.serial(title('every text is stored as it is'), async (t) => {
    const { as, admin } = await open(t);
    for (const text of [
      "'; drop table garage.vehicles; --",
      '$1 $$ $body$ %s %L',
      '\\x00 \\u0000 \\',
      '{"a": null}',
      '<script>alert(1)</script>',
      ' Ümläut ẞ 日本 👩‍🔧 \t\n',
      'x'.repeat(200),
      '🚗'.repeat(200),
    ]) {
      const fields = { make: text, model: text, nickname: text, color: text, licensePlate: text };
      const made = await created(t, as, text.slice(0, 20).replaceAll(/\p{Cc}/gu, ' '), {
        ...fields,
        year: 2000,
      });
      t.like(made, fields);
    }
    t.is((await admin.query('select from garage.vehicles')).rowCount, 8);
  });

  test.serial(title('/health: an entry for each dependency'), async (t) => {
    const { ask } = await open(t);
    const reply = await ask('/health');
    t.is(reply.status, 200);
    const { dependencies } = await jsonOf(reply);
    t.like(dependencies, {
      mainDatabase: { status: 'up' },
      platformDatabase: { status: 'up' },
      dataFreshness: { status: 'up' },
    });
    // Other files start workers on this database, so there may be one or none.
    t.true('jobQueue' in (dependencies as object));
  });
}
