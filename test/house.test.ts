import { globSync, readFileSync } from 'node:fs';
import test from 'ava';
import { projectRoot } from '../server/config.ts';
import { readLoadList } from '../server/database/load-list.ts';

/** The house rules that only the files know; those that the catalog knows are in functions/lint. */

function files(pattern: string): string[] {
  return globSync(pattern, { cwd: projectRoot })
    .filter((file) => !file.endsWith('.test.sql'))
    .sort();
}

const listed = new Set(
  ['functions/load.sql', 'sql/build.sql', 'functions/load-garage.sql'].flatMap((list) =>
    readLoadList(projectRoot, list).map(({ path }) => path),
  ),
);

test('every function and view is in a list', (t) => {
  const made = [
    ...files('functions/*/*.sql'),
    ...files('sql/{staging,etl,checks,admin,garage}/*.sql'),
  ].filter((file) => !file.startsWith('functions/lint/'));
  t.true(made.length > 50);
  t.deepEqual(
    made.filter((file) => !listed.has(file)),
    [],
  );
});

test('a file has the name of the function that it makes', (t) => {
  const misnamed = files('functions/{vin,decoder,api,etl,admin,garage}/*.sql').filter((file) => {
    const name = file
      .replace(/^functions\//, '')
      .replace('/', '.')
      .replace(/\.sql$/, '');
    return !new RegExp(`^create or replace (function|procedure) ${name.replace('.', '\\.')}\\(`, 'm').test(
      readFileSync(`${projectRoot}${file}`, 'utf8'),
    );
  });
  t.deepEqual(misnamed, []);
});

test('every function has its test beside it', (t) => {
  const all = new Set(globSync('functions/*/*.test.sql', { cwd: projectRoot }));
  const untested = files('functions/{vin,decoder,api,etl,admin,garage}/*.sql').filter(
    (file) => !all.has(file.replace(/\.sql$/, '.test.sql')),
  );
  t.deepEqual(untested, []);
});

test('every index says whom it serves', (t) => {
  for (const file of files('migrations/*/*.sql')) {
    const lines = readFileSync(`${projectRoot}${file}`, 'utf8').split('\n');
    const silent = lines.filter(
      (line, at) => /^create (unique )?index/.test(line) && !/^-- Serves: /.test(lines[at - 1] ?? ''),
    );
    t.deepEqual(silent, [], file);
  }
});
