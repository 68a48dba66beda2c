/** Servers of the version before serve on while a migration runs, and after it: docs/SCALING.md, Upgrades. */

import { globSync, readFileSync } from 'node:fs';
import test from 'ava';
import { projectRoot } from '../../server/config.ts';

/** What takes away, or renames, something that a server of the version before may use. */
const TAKING =
  /\b(drop (table|column|schema|type|sequence)|rename (to|column)|alter (column )?\w+ (set data )?type|set not null|revoke)\b/i;

/** Since when nobody needs what goes. */
const REMARK = /^-- Contract: \S/m;

/** Before the first release, when there was no server to serve on. Nothing is added here any more. */
const BEFORE = ['migrations/platform/0008_answer_by_keys.sql'];

/** Statements without remarks, bodies of functions and what stands in quotes. */
function bare(sql: string): string {
  return sql
    .replaceAll(/\$(\w*)\$.*?\$\1\$/gs, '')
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/'(?:[^']|'')*'/g, "''");
}

function takesAway(sql: string): boolean {
  const made = new Set([...bare(sql).matchAll(/create table (\S+)/gi)].map(([, name]) => name));
  return (
    bare(sql)
      .split(';')
      // What a migration has made itself nobody used before it.
      .filter((statement) => ![...made].some((name) => name !== undefined && statement.includes(name)))
      .some((statement) => TAKING.test(statement) && !/revoke .* from public/is.test(statement))
  );
}

test('a migration only adds, or says since when nobody needs what it takes away', (t) => {
  const files = globSync('migrations/*/*.sql', { cwd: projectRoot }).filter(
    (file) => !file.endsWith('.test.sql'),
  );
  t.true(files.length > 10);
  const taking = files.filter((file) => {
    const sql = readFileSync(`${projectRoot}${file}`, 'utf8');
    return takesAway(sql) && !REMARK.test(sql);
  });
  t.deepEqual(taking.sort(), BEFORE);
});

test('what takes away is seen', (t) => {
  t.true(takesAway('alter table a.b drop column c;'));
  t.true(takesAway('alter table a.b rename column c to d;'));
  t.true(takesAway('alter table a.b alter column c set not null;'));
  t.true(takesAway('drop table a.b;'));
  t.false(takesAway("comment on table a.b is 'drop table a.b';"));
  t.false(takesAway('create table a.b (c int); alter table a.b alter column c set not null;'));
  t.false(takesAway('-- drop table a.b\nalter table a.b add column c int;'));
});
