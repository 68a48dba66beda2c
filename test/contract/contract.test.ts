/**
 * The service against its own OpenAPI document: every operation with good and bad requests, on real databases, each
 * answer judged by the document; and nothing in the document or in the service that no request here has seen.
 */

// needs: fixture

import test, { type ExecutionContext } from 'ava';
import { openApiDocument } from '../../server/openapi/document.ts';
import { type GarageService, openGarageService, tokenOf, vehicleOf } from '../e2e/garage.ts';
import { type Cable, layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { type Case, cases, NOBODYS, OTHER_VIN, VIN, vehicleCases } from './cases.ts';
import { Contract } from './contract.ts';
import { undocumentedIn } from './requests.ts';
import { routeFor, routesOf } from './routes.ts';
import { watched } from './watch.ts';

/** For people, and so not in the document: pages and their files, those that the app has. */
const PAGES = [
  '/',
  '/list',
  '/browse',
  '/data',
  '/page/x/page.js',
  '/favicon.ico',
  '/api/docs',
  '/api/docs/page.css',
  '/api/docs/page.js',
  '/api/docs/swagger-ui.css',
  '/api/docs/swagger-ui-bundle.js',
];

/** A service whose ways to the databases can be cut. */
interface Rig {
  service: GarageService;
  cables: readonly [platform: Cable, main: Cable];
  ask: (one: Case, headers?: Record<string, string>) => Promise<Response>;
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  if (server.fixture === null) throw new Error('this file says that it needs the fixture');
  const fixture = server.fixture;
  const document = openApiDocument('test');
  const judge = new Contract(document);

  async function open(t: ExecutionContext): Promise<Rig> {
    const own = await ownDatabase(server, 'app');
    const cables = [await layCable(fixture), await layCable(own.url)] as const;
    const service = await openGarageService({ platform: cables[0].url, app: cables[1].url });
    const watch = watched(service.ask, judge);
    t.teardown(async () => {
      await service.close();
      for (const cable of cables) await cable.close();
      await own.drop();
    });
    return { service, cables, ask: (one, headers = {}) => watch(one.path, requestOf(one, headers)) };
  }

  test.serial(title('every operation answers as documented'), async (t) => {
    const { ask, service } = await open(t);
    const { id } = await vehicleOf(await service.as('alice', 'POST', '/api/vehicles', { vin: VIN }));
    await service.as('alice', 'POST', '/api/vehicles', { vin: OTHER_VIN });
    const wrong: string[] = [];
    for (const one of [...cases, ...vehicleCases(id)]) wrong.push(...(await wrongWith(one, () => ask(one))));
    t.deepEqual(wrong, []);
  });

  test.serial(title('what good requests say is documented'), (t) => {
    const good = [...cases, ...vehicleCases(NOBODYS)].filter(({ status }) => status < 300);
    t.deepEqual(
      good.flatMap((one) => undocumentedIn(document, judge, one)),
      [],
    );
  });

  test.serial(title('what a client has already is a 304'), async (t) => {
    const { ask } = await open(t);
    const wrong: string[] = [];
    for (const one of cases.filter(({ operation, status }) => /^GET/.test(operation) && status === 200)) {
      const etag = (await ask(one)).headers.get('etag');
      if (etag === null) continue;
      const again = () => ask(one, { 'If-None-Match': etag });
      wrong.push(...(await wrongWith({ ...one, status: 304 }, again)));
    }
    t.deepEqual(wrong, []);
  });

  test.serial(title('while the databases are away everything that needs them says so'), async (t) => {
    const { ask, cables } = await open(t);
    for (const cable of cables) await cable.cut();
    const withoutDatabase = /^\/(?:health(?:\/live)?|metrics|api\/openapi\.json)$/;
    const wrong: string[] = [];
    for (const one of [...cases, ...vehicleCases(NOBODYS)]) {
      // An empty list needs no database.
      if (one.status >= 300 || JSON.stringify(one.body) === '{"vins":[]}') continue;
      const status = withoutDatabase.test(one.path) ? 200 : 503;
      wrong.push(...(await wrongWith({ ...one, status }, () => ask(one))));
    }
    t.deepEqual(wrong, []);
  });

  test.serial(
    title('every route is documented, or is a page; every documented operation is a route'),
    async (t) => {
      const { application: app } = (await open(t)).service;
      const operations = judge.operations.map(({ name, method, template }) => {
        return { name, route: routeFor(app, method, template.replace(/[{}]/g, '')) };
      });
      const imagined = operations.filter(({ route }) => route === undefined);
      t.deepEqual(imagined, []);

      const pages = PAGES.map((path) => routeFor(app, 'GET', path));
      const known = new Set([...operations.map(({ route }) => route), ...pages]);
      const undocumented = routesOf(app).filter(({ route }) => !known.has(route));
      t.deepEqual(
        undocumented.map(({ route, method }) => `${method} ${route.path}`),
        [],
        'describe it in server/openapi/paths, and ask for it in test/contract/cases.ts',
      );
    },
  );

  test.serial(title('every documented status was seen'), (t) => {
    const documented = judge.operations.flatMap(({ name, pointers }) =>
      [...pointers.keys()].filter((status) => !UNSEEN.has(status)).map((status) => `${name} ${status}`),
    );
    t.deepEqual(
      documented.filter((one) => !judge.judged.has(one)),
      [],
    );
  });
}

/** A fault of the service's own is not had by asking; a quota has tests of its own. */
const UNSEEN = new Set(['default', '429']);

/** What is wrong with the answer to a request. */
async function wrongWith({ operation, path, status }: Case, ask: () => Promise<Response>): Promise<string[]> {
  try {
    const reply = await ask();
    if (reply.status === status) return [];
    return [
      `${operation}, ${path.slice(0, 100)}: ${reply.status} instead of ${status}: ${await reply.text()}`,
    ];
  } catch (error) {
    return [String(error)];
  }
}

function requestOf(
  { operation, body, type, isAnonymous }: Case,
  headers: Record<string, string>,
): RequestInit {
  const [method = 'GET'] = operation.split(' ');
  return {
    method,
    headers: {
      ...headers,
      ...(!isAnonymous && { Authorization: `Bearer ${tokenOf('alice')}` }),
      ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}
