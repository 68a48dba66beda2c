import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { rebuild } from '../../etl/rebuild.ts';
import { openSource } from '../../etl/sources/source.ts';
import { withDatabase } from '../../etl/testing/database.ts';
import { testServers, withClient } from '../../etl/testing/servers.ts';
import { FULL_ROWS, TABLES } from './shape.ts';
import { mixed, Spread } from './spread.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-dump-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const script = join(import.meta.dirname, '../generate-dump.ts');

function generate(...args: string[]): { status: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, output: stdout, errors: stderr };
}

const SCALE = 0.01;
const file = join(folder, 'vPICList_lite_2026_09.plain.zip');

test.serial("every table of NHTSA's, with as many rows as the scale says", async (t) => {
  const { status, output, errors } = generate('--out', file, '--scale', `${SCALE}`);
  t.is(status, 0, errors);
  t.regex(output, /: 97 tables, [\d,]+ rows, .* MB of SQL, .* MB zipped/);
  const source = await openSource(file, folder);
  t.is(source.version, '2026-09');
  const found = new Map<string, number>();
  const keys = { all: 0, classes: 0, wildcards: 0, formulas: 0 };
  const ids = new Set<string>();
  const stated = new Set<string>();
  for await (const table of source.tables()) {
    const { name, columns } = table;
    const shape = TABLES.find((known) => known.name === name);
    t.deepEqual(
      columns,
      shape?.columns.map((column) => column.replaceAll('"', '').toLowerCase()),
    );
    if (name !== 'pattern') {
      found.set(name, (await table.skip()).rows);
      continue;
    }
    const wanted = ['id', 'vinschemaid', 'keys', 'elementid'].map((column) => ({ column }));
    for await (const { text } of table.read(wanted)) {
      for (const line of text.toString().split('\n').slice(0, -1)) {
        const [id = '', schema = '', key = '', element = ''] = line.split('\t');
        ids.add(id);
        stated.add(`${schema} ${key} ${element}`);
        keys.all++;
        if (key.includes('[')) keys.classes++;
        if (key.includes('*')) keys.wildcards++;
        if (key.includes('#')) keys.formulas++;
      }
    }
    found.set(name, keys.all);
  }
  await source.close();
  t.deepEqual(
    [...found.keys()],
    TABLES.map(({ name }) => name),
  );
  for (const table of ['pattern', 'wmiyearvalidchars', 'vehiclespecpattern', 'vehiclespecschema'] as const) {
    t.is(found.get(table), Math.round(FULL_ROWS[table] * SCALE), table);
  }
  t.is(ids.size, keys.all, 'no id twice');
  t.true(stated.size > 0.99 * keys.all, 'hardly a variable of a key twice, as in the real data');
  t.true(keys.classes / keys.all > 0.1 && keys.classes / keys.all < 0.35);
  t.true(keys.wildcards / keys.all > 0.35 && keys.wildcards / keys.all < 0.65);
  t.true(keys.formulas > 0);
});

test.serial('the same request gives the same file, another seed another', (t) => {
  const again = join(mkdtempSync(join(folder, 'again-')), 'vPICList_lite_2026_09.plain.zip');
  t.is(generate('--out', again, '--scale', `${SCALE}`).status, 0);
  t.true(readFileSync(again).equals(readFileSync(file)));
  t.is(generate('--out', again, '--scale', `${SCALE}`, '--seed', '2').status, 0);
  t.false(readFileSync(again).equals(readFileSync(file)));
});

test.serial('a file that cannot be written is told, and leaves nothing', (t) => {
  const { status, errors } = generate('--out', join(folder, 'missing', 'x.zip'), '--scale', '0.001');
  t.is(status, 1);
  t.regex(errors, /^bench:dump: .*no such file or directory/m);
  t.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

for (const server of testServers) {
  test.serial(`PostgreSQL ${server.version}: it loads, compiles and decodes`, async (t) => {
    await withDatabase(server, 'generated', async (url) => {
      const { dataVersion } = await rebuild({ url, source: file, dataDir: folder });
      t.regex(dataVersion, /^2026-09/);
      await withClient(url, async (client) => {
        const rejected = await client.query('select * from admin.rejected_row');
        t.deepEqual(rejected.rows, []);
        const { rows } = await client.query<{ models: number; specs: number; transmissions: number }>(`
          select
            (select count(*)::int from catalog.model_year) as models,
            (select count(*)::int from catalog.vehicle_spec) as specs,
            (select count(*)::int from catalog.pattern where element_id = 37) as transmissions`);
        const [counts] = rows;
        t.true(counts !== undefined && counts.models > 50 && counts.specs > 50 && counts.transmissions > 50);
      });
    });
  });
}

test('what it is asked for is checked', (t) => {
  const cases: [args: string[], message: RegExp][] = [
    [[], /--out is "": must be the name of a \.zip file/],
    [['--out', 'x.sql'], /must be the name of a \.zip/],
    [['--out', 'x.zip', '--scale', '0'], /--scale is "0": must be above 0 and up to 5/],
    [['--out', 'x.zip', '--scale', 'big'], /--scale is "big"/],
    [['--out', 'x.zip', '--seed', '1.5'], /--seed is "1\.5": must be a whole number/],
    [['--name', 'x.zip'], /Unknown option '--name'/],
  ];
  for (const [args, message] of cases) {
    const { status, errors } = generate(...args);
    t.is(status, 1);
    t.regex(errors, message);
  }
  t.regex(generate('--help').output, /^usage: npm run bench:dump/);
});

test('a number is dealt out evenly and wholly', (t) => {
  for (const [total, takers] of [
    [10, 3],
    [3, 10],
    [0, 5],
    [1_678_690, 799_207],
    [-5, 2],
  ] as const) {
    const spread = new Spread(total, takers);
    const shares = Array.from({ length: takers }, () => spread.next());
    t.is(
      shares.reduce((sum, share) => sum + share, 0),
      Math.max(total, 0),
    );
    t.true(Math.max(...shares.slice(0, 1000)) - Math.min(...shares.slice(0, 1000)) <= 1);
  }
});

test('mixed numbers fill their range', (t) => {
  const numbers = Array.from({ length: 10_000 }, (_, n) => mixed(n, 1, 2) / 2 ** 32);
  t.true(new Set(numbers).size > 9_990);
  for (let part = 0; part < 10; part++) {
    const within = numbers.filter((number) => number >= part / 10 && number < (part + 1) / 10).length;
    t.true(within > 900 && within < 1100, `${part}: ${within}`);
  }
});
