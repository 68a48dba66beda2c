/** Every query of sql/ops runs, on each version, for a superuser and for operators, with data and without. */

// needs: fixture

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'ava';
import { withClient } from '../../etl/testing/looks.ts';
import { connectionVariables, operatorsQueries, psqlArguments } from '../../server/cli/psql.ts';
import { projectRoot } from '../../server/config.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { compileRelease } from '../harness/releases.ts';
import { Service } from '../harness/service.ts';

/** Of the fixture: Aster Alpha 2020. */
const VIN = '1AAB1BC21LF000001';

const hasPsql = spawnSync('psql', ['--version']).status === 0;
/** Where psql is not installed its tests are left out, and counted as such. */
const withPsql = hasPsql ? test.serial : test.serial.skip;

/** Runs psql; stops at the first error. */
function psql(
  url: string,
  args: readonly string[],
  options: { role?: string; input?: string } = {},
): SpawnSyncReturns<string> {
  const role = options.role === undefined ? {} : { PGOPTIONS: `-c role=${options.role}` };
  return spawnSync('psql', ['--no-psqlrc', '--set=ON_ERROR_STOP=1', ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, ...connectionVariables(url), ...role },
  });
}

const files = operatorsQueries().map(({ path }) => `--file=${path}`);

test('each says when to use it, what its columns mean and what to do next', (t) => {
  t.true(operatorsQueries().length >= 14);
  for (const { name, path, title } of operatorsQueries()) {
    const [header = ''] = readFileSync(path, 'utf8').split(/^(?!--)/m, 1);
    t.regex(title, /^[A-Z][^?]+\?$/, name);
    t.deepEqual(
      [...header.matchAll(/^-- (\w+): +\S/gm)].map(([, word]) => word),
      ['When', 'Columns', 'Next'],
      name,
    );
    const named = [...header.matchAll(/(?<![\w:]):([a-z]+)\b/g)].map(([, other]) => other);
    const known = operatorsQueries().map((query) => query.name);
    t.deepEqual(
      named.filter((other) => !known.includes(other ?? '')),
      [],
      `${name} names queries that there are`,
    );
  }
});

test('the runbook leads to queries, gates and log lines that there are', (t) => {
  const text = (path: string): string => readFileSync(`${projectRoot}${path}`, 'utf8');
  const runbook = text('docs/runbook.md');
  const queries = operatorsQueries().map(({ name }) => name);
  const named = new Set([...runbook.matchAll(/`:(\w+)`/g)].map(([, name]) => name ?? ''));
  t.deepEqual([...named].sort(), queries.toSorted(), 'every query, and no other');

  const gates = globSync('sql/checks/*.sql', { cwd: projectRoot }).filter((path) =>
    /is\s+'Gate: /.test(text(path)),
  );
  t.true(gates.length >= 8);
  const [, listed = ''] = /^## Gates$(.*?)^## /ms.exec(runbook) ?? [];
  const rows = [...listed.matchAll(/^\| `(\w+)`/gm)].map(([, gate]) => gate ?? '');
  t.deepEqual(rows.sort(), gates.map((path) => basename(path, '.sql')).sort());

  const sources = globSync('{server,etl}/**/*.ts', { cwd: projectRoot }).map(text).join('\n');
  const [, lines = ''] = /^## Log lines$(.*?)^## /ms.exec(runbook) ?? [];
  const said = [...lines.matchAll(/^\| `([^`]+)`/gm)].map(([, line]) => line?.replace(/…$/, '') ?? '');
  t.true(said.length >= 10);
  t.deepEqual(
    said.filter((line) => !sources.includes(line)),
    [],
  );
});

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  withPsql(title('an empty database'), (t) => {
    for (const role of [undefined, 'mvp_platform_admin']) {
      const { status, stdout, stderr } = psql(server.empty, files, role === undefined ? {} : { role });
      t.is(stderr, '');
      t.is(status, 0);
      t.regex(stdout, /nothing is published: mvp-vehicles etl run/);
      t.regex(stdout, /say which VIN: {2}\\set vin/);
      t.regex(stdout, /there are no two releases to compare/);
    }
  });

  withPsql(title('two releases'), async (t) => {
    const own = await ownDatabase(server, 'fixture');
    t.teardown(() => own.drop());
    await withClient(own.url, async (client) => {
      await client.query(
        'delete from vpic.make_model where makeid = (select max(makeid) from vpic.make_model)',
      );
      await client.query('select etl.publish($1)', [await compileRelease(client, 'another')]);
      await client.query(
        "select admin.pin_release((select release_id from catalog.current_release), 'the fair is on')",
      );
    });
    for (const role of [undefined, 'mvp_platform_admin']) {
      const variables = [`--set=vin=${VIN}`, ...files];
      const { status, stdout, stderr } = psql(own.url, variables, role === undefined ? {} : { role });
      t.is(stderr, '');
      t.is(status, 0);
      t.regex(stdout, /data_version +\| another-r2/);
      t.regex(stdout, /1 rows: release 2 against 1/);
      t.regex(stdout, /^make +\| ASTER/m);
      t.regex(stdout, /\| pin release \| the fair is on/);
    }
    const older = psql(own.url, [
      '--set=release=1',
      '--set=other=2',
      ...files.filter((file) => file.endsWith('compare.sql')),
    ]);
    t.regex(older.stdout, /1 rows: release 1 against 2/);
  });

  withPsql(title('typed by name in a session, and called by name from the shell'), async (t) => {
    const typed = psql(server.empty, psqlArguments([]), { input: ':fresh\n:queue\n' });
    t.is(typed.stderr, '');
    t.regex(typed.stdout, /verdict +\| nothing is published[\s\S]*1 queues/);

    const env = { PLATFORM_DATABASE_URL: server.empty, DATABASE_URL: server.app };
    const called = new Service(env, 'server/cli.ts', ['psql', 'why', '-v', 'vin=X']);
    t.is(await called.ended(), 0);
    t.regex(called.stdout, /1 the answer/);
    const plain = new Service(env, 'server/cli.ts', ['psql', '-Atc', 'select 6 * 7']);
    t.is(await plain.ended(), 0);
    t.is(plain.stdout, '42\n');
    t.deepEqual(plain.lines, [], 'nothing but the answer');
  });
}

if (!hasPsql) console.error('psql is not installed: the tests of sql/ops are left out');
