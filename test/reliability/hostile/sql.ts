/** SQL in every place where a client can put a text, and a look at what the databases have heard and hold afterwards. */

import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { VIN } from '../../contract/cases.ts';
import { Contract } from '../../contract/contract.ts';
import { tokenOf } from '../../e2e/garage.ts';
import { randomFrom } from '../../fuzz/texts.ts';
import type { TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { type Asked, Hang, lineOf } from './client.ts';
import { INJECTIONS, TAG } from './injections.ts';
import { Grid, Ledger } from './ledger.ts';
import { BETRAYAL, inTurns, judgeReply } from './routes.ts';
import { type Operation, operationsOf } from './schema.ts';
import { Target } from './target.ts';
import { encoded } from './texts.ts';

/** Texts for each place in the full run: all of them. */
const PER_PLACE = INJECTIONS.length;

const HEADERS = [
  'X-Request-Id',
  'Authorization',
  'If-None-Match',
  'Accept',
  'Accept-Language',
  'Cookie',
  'User-Agent',
  'X-Forwarded-For',
  'Origin',
  'Referer',
  'X-Mvp-Platform-Subject',
];

/** What the databases hold, but for what is remembered of decodes, and for users' own vehicles. */
const CONTENT = `select md5(string_agg(c.oid::regclass || query_to_xml(format('select * from %s as t order by t::text', c.oid::regclass), true, false, '')::text, ',' order by c.oid)) as content
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|pgboss)' and c.relname !~ '^memo' and c.relname <> 'vehicles'`;
const OBJECTS = `select
  (select string_agg(rolname || rolsuper, ',' order by rolname) from pg_roles) as roles,
  (select count(*) from pg_class) as relations, (select count(*) from pg_proc) as functions`;
const VICTIM =
  "select md5(string_agg(v::text, ',' order by v::text)) as rows from garage.vehicles as v where user_id = 'victim'";

/** What our own functions say of a name that nothing has: it quotes the name, and was raised on purpose. */
const OUR_OWN_WORDS = / ERROR: {2}no [a-z ]+ is called "/;

interface Place {
  readonly name: string;
  ask(text: string): Asked;
}

export async function injectSql(server: TestServer, extent: Extent): Promise<Outcome> {
  const ledger = new Ledger();
  const grid = new Grid('place', ['requests', '2xx', '4xx', '501', '503']);
  const log = await logOf(server);
  const target = await Target.open(server, {
    prepare: async ({ platform, main }) => {
      for (const url of [platform, main]) await listenIn(url);
    },
  });
  const heard = log.size();
  try {
    const { body } = await target.client.ask({ method: 'GET', path: '/api/openapi.json' });
    const served: unknown = JSON.parse(body);
    const judge = new Contract(Object(served));
    for (const vehicle of [{ vin: VIN }, { make: 'Aster', model: 'Alpha', year: 2020 }]) {
      await target.client.ask({
        method: 'POST',
        path: '/api/vehicles',
        headers: { ...target.as('victim'), 'Content-Type': 'application/json' },
        body: JSON.stringify(vehicle),
      });
    }
    const before = await stateOf(target);
    const places = [
      ...operationsOf(served).flatMap(placesOf),
      ...otherPlaces(target),
      ...graphqlPlaces(target),
    ];
    ledger.count('places', places.length);
    const random = randomFrom(extent.seed);
    const perPlace = Math.max(2, Math.round(PER_PLACE * extent.share));
    const all = places.flatMap((place) =>
      Array.from({ length: perPlace }, (_, at) => ({
        place,
        text: INJECTIONS[extent.share >= 1 ? at : Math.floor(random() * INJECTIONS.length)] ?? '',
      })),
    );
    await inTurns(all, async ({ place, text }, at) => {
      if (at % 50 === 0) await target.askGood(ledger);
      const asked = place.ask(text);
      const whole = { ...asked, headers: { ...target.as('attacker'), ...asked.headers } };
      const row = place.name;
      ledger.count('requests');
      grid.count(row, 'requests');
      try {
        const reply = await target.client.ask(whole);
        grid.count(row, reply.status >= 500 ? String(reply.status) : `${Math.floor(reply.status / 100)}xx`);
        if (!whole.path.startsWith('/admin')) judgeReply(whole, reply, judge, ledger);
        else if (reply.status >= 500 || BETRAYAL.test(reply.body))
          ledger.harmed('wrong', `${lineOf(whole)}: ${reply.body}`);
      } catch (error) {
        ledger.harmed(error instanceof Hang ? 'hangs' : 'wrong', `${lineOf(whole)}: ${error}`);
      }
    });
    extent.say(`${all.length} requests`);
    const after = await stateOf(target);
    for (const [what, state] of Object.entries(before)) {
      if (after[what] !== state) ledger.harmed('lost', `${what} changed: ${state} ${after[what]}`);
    }
    await holdsWhatIsSent(target, ledger);
  } finally {
    await target.close(ledger);
  }
  const entries = log.since(heard).split(/\n(?=\d{4}-\d\d-\d\d )/);
  const statements = entries.filter((entry) => / (?:LOG: {2}(?:statement|execute)|STATEMENT: )/.test(entry));
  ledger.count('statements in the log of PostgreSQL', statements.length);
  if (statements.length === 0) ledger.object('PostgreSQL wrote no statement down: nothing is shown');
  for (const entry of entries.filter((one) => one.includes(TAG) && !OUR_OWN_WORDS.test(one))) {
    ledger.harmed('wrong', `PostgreSQL was told: ${entry.slice(0, 400)}`);
  }
  return ledger.outcome(grid.rows);
}

/** Every parameter of an operation. */
function placesOf({ method, template, parameters }: Operation): Place[] {
  return parameters.map(({ name, in: where }) => ({
    name: `${where}: ${name}`,
    ask: (text) => {
      const path = template.replace(/\{(\w+)\}/g, (_, own: string) =>
        where === 'path' && own === name ? encoded(text) : own === 'vin' ? VIN : '1',
      );
      return { method, path: where === 'query' ? `${path}?${name}=${encoded(text)}` : path };
    },
  }));
}

function otherPlaces(target: Target): Place[] {
  const json = { 'Content-Type': 'application/json' };
  const inHeaders = HEADERS.map((name) => ({
    name: `header: ${name}`,
    // What no header can hold is left out.
    ask: (text: string): Asked => ({
      method: 'GET',
      path: '/api/vehicles/dropdown/makes',
      headers: { [name]: text.replace(/[^\t\x20-\x7e]/g, '') },
    }),
  }));
  const members = [
    'vin',
    'make',
    'model',
    'year',
    'nickname',
    'color',
    'licensePlate',
    'odometerReading',
    'userId',
  ].map((member) => ({
    name: `body: ${member}`,
    ask: (text: string): Asked => ({
      method: 'POST',
      path: '/api/vehicles',
      headers: json,
      body: JSON.stringify({ make: 'Aster', model: 'Alpha', year: 2020, [member]: text }),
    }),
  }));
  return [
    ...inHeaders,
    ...members,
    {
      name: 'a name of a parameter',
      ask: (text) => ({ method: 'GET', path: `/api/vehicles/dropdown/makes?${encoded(text)}=1` }),
    },
    { name: 'a path', ask: (text) => ({ method: 'GET', path: `/${encoded(text)}` }) },
    {
      name: 'the subject of a token',
      ask: (text) => ({
        method: 'GET',
        path: '/api/vehicles',
        headers: { Authorization: `Bearer ${tokenOf(text)}` },
      }),
    },
    {
      name: 'a list of VINs',
      ask: (text) => ({
        method: 'POST',
        path: '/api/vehicles/decode',
        headers: json,
        body: JSON.stringify({ vins: [text, { vin: text, modelYear: 2020 }] }),
      }),
    },
    {
      name: 'a line of VINs',
      ask: (text) => ({
        method: 'POST',
        path: '/api/vehicles/decode',
        headers: { 'Content-Type': 'application/x-ndjson' },
        body: `${text}\n${JSON.stringify({ vin: text })}\n`,
      }),
    },
    {
      name: 'a batch',
      ask: (text) => ({
        method: 'POST',
        path: '/vpic/api/vehicles/DecodeVinValuesBatch',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `format=json&data=${encoded(text)}`,
      }),
    },
    {
      name: 'the token of an admin',
      ask: (text) => ({
        method: 'POST',
        path: '/admin/sign-in',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: target.url },
        body: `token=${encoded(text)}&next=${encoded(text)}`,
      }),
    },
  ];
}

/** Texts of the admin pages: in variables, in the query itself, and as the reason of an action that is refused anyhow. */
function graphqlPlaces(target: Target): Place[] {
  const ask = (query: string, variables: object): Asked => ({
    method: 'POST',
    path: '/admin/graphql',
    headers: { ...target.as('ada', { roles: ['admin'] }), 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return [
    {
      name: 'GraphQL: a variable',
      ask: (text) =>
        ask('query ($t: String) { releases(first: 1, condition: { dataVersion: $t }) { totalCount } }', {
          t: text,
        }),
    },
    {
      name: 'GraphQL: a text in the query',
      ask: (text) =>
        ask(`{ releases(first: 1, condition: { dataVersion: ${JSON.stringify(text)} }) { totalCount } }`, {}),
    },
    {
      name: 'GraphQL: a reason',
      ask: (text) =>
        ask('mutation ($t: String!) { unpinRelease(input: { reason: $t }) { clientMutationId } }', {
          t: text,
        }),
    },
    { name: 'GraphQL: the query', ask: (text) => ask(text, {}) },
    {
      name: 'GraphQL: a name',
      ask: (text) => ({
        ...ask('query a { __typename }', {}),
        body: JSON.stringify({ query: 'query a { __typename }', operationName: text }),
      }),
    },
    {
      name: 'the subject of an admin',
      ask: (text) => ({
        ...ask('{ releases(first: 1) { totalCount } }', {}),
        headers: {
          Authorization: `Bearer ${tokenOf(text, { roles: ['admin'] })}`,
          'Content-Type': 'application/json',
        },
      }),
    },
  ];
}

async function stateOf({ databases }: Target): Promise<Record<string, string>> {
  const { platform, main } = databases;
  return {
    'the vehicle data': await one(platform, CONTENT),
    'what else is in the main database': await one(main, CONTENT),
    'roles, tables or functions of the platform database': await one(platform, OBJECTS),
    'roles, tables or functions of the main database': await one(main, OBJECTS),
    "another user's vehicles": await one(main, VICTIM),
  };
}

/** A text that could be SQL is kept as the text that it is. */
async function holdsWhatIsSent(target: Target, ledger: Ledger): Promise<void> {
  for (const nickname of INJECTIONS.filter((text) => text.length <= 200).slice(0, 40)) {
    const { status, body } = await target.client.ask({
      method: 'POST',
      path: '/api/vehicles',
      headers: { ...target.as('keeper'), 'Content-Type': 'application/json' },
      body: JSON.stringify({ make: 'Aster', model: 'Alpha', year: 2020, nickname }),
    });
    ledger.count('texts kept');
    if (status !== 201 || Object(JSON.parse(body)).nickname !== nickname)
      ledger.harmed('wrong', `${JSON.stringify(nickname)} is kept as ${body.slice(0, 300)}`);
  }
}

async function one(url: string, query: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return JSON.stringify((await client.query(query)).rows[0]);
  } finally {
    await client.end();
  }
}

/** Has PostgreSQL write every statement of a database into its log as it comes, without the values of its parameters. */
async function listenIn(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  for (const setting of [
    "log_statement = 'all'",
    'log_parameter_max_length = 0',
    'log_parameter_max_length_on_error = 0',
  ]) {
    await one(url, `alter database ${pg.escapeIdentifier(name)} set ${setting}`);
  }
}

interface ServerLog {
  size(): number;
  since(offset: number): string;
}

/** The log of the embedded PostgreSQL: beside its data directory (server/database/embedded/process.ts). */
async function logOf({ admin }: TestServer): Promise<ServerLog> {
  const { data_directory: folder } = JSON.parse(await one(admin, 'show data_directory'));
  const path = join(dirname(String(folder)), 'postgres.log');
  return {
    size: () => statSync(path).size,
    since: (offset) => readFileSync(path).subarray(offset).toString(),
  };
}
