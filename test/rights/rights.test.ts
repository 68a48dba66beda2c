/** Who may do what, tried: every role on everything there is in both databases, against the matrices beside this file. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import pg from 'pg';
import { openClientJobs } from '../../etl/jobs.ts';
import { silentLog } from '../../etl/testing/workers.ts';
import { type Kind, ownDatabase, testServers } from '../harness/databases.ts';
import { attemptsOf, POWERS, Tryer } from './attempts.ts';
import { type Column, expected, linesOf } from './matrix.ts';

const databases: readonly { file: string; kind: Kind; roles: readonly string[]; all: string }[] = [
  {
    file: 'platform.txt',
    kind: 'empty',
    roles: ['user', 'etl', 'admin', 'graphql', 'jobs'].map((name) => `mvp_platform_${name}`),
    all: 'mvp_platform',
  },
  { file: 'main.txt', kind: 'app', roles: ['mvp_main_user', 'mvp_main_worker'], all: 'mvp_main' },
];

const [server] = testServers();
if (server === undefined) throw new Error('there is no server');

for (const { file, kind, roles, all } of databases) {
  test(`PostgreSQL ${server.version}: what each role may do is what ${file} says`, async (t) => {
    const own = await ownDatabase(server, kind);
    const admin = new pg.Client(own.url);
    await admin.connect();
    t.teardown(async () => {
      await admin.end();
      await own.drop();
    });
    if (kind === 'empty') {
      const jobs = await openClientJobs({ url: own.url, log: silentLog });
      await jobs.stop({ graceful: false });
    }
    const attempts = await attemptsOf(admin);
    t.true(attempts.length > 50);
    const columns: Column[] = [];
    for (const role of [...roles, null]) {
      const tryer = new Tryer(admin, role);
      const title = role === null ? 'anybody' : role.replace(`${all}_`, '');
      columns.push({ title, letters: await tryer.letters(own.url, attempts) });
      const others = [
        'postgres',
        `${all}_owner`,
        ...roles,
        'pg_read_server_files',
        'pg_execute_server_program',
      ]
        .filter((name) => name !== role)
        .map((name) => `set role ${name}`);
      t.deepEqual(await tryer.allowed(own.url, [...POWERS, ...others]), [], `${title} may`);
    }
    const wanted = expected(readFileSync(join(import.meta.dirname, file), 'utf8'));
    const found = linesOf(attempts, columns);
    t.deepEqual(
      found.filter((line) => !wanted.includes(line)),
      [],
      `decide on it, and put it into test/rights/${file}`,
    );
    t.deepEqual(
      wanted.filter((line) => !found.includes(line)),
      [],
      `it is otherwise: take it out of test/rights/${file}`,
    );
  });
}

test('what a role may no longer or may besides is seen', (t) => {
  const attempts = [{ object: 'a.b', letter: 'S', statement: '' }];
  const column = (letters: string): Column => ({ title: 'user', letters: new Map([['a.b', letters]]) });
  t.deepEqual(linesOf(attempts, [column('')]).slice(1), ['-     a.b']);
  t.deepEqual(linesOf(attempts, [column('DuS')]).slice(1), ['SuD   a.b']);
});
