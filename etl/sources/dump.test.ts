import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { makeDump } from '../testing/dump-text.ts';
import { makeZip } from '../testing/zip.ts';
import { openDump, versionOf } from './dump.ts';
import { DUMP_LIMITS, type DumpLimits } from './limits.ts';
import { openSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-dump-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const rows = [...Array(3000).keys()].map((n) => [n, `make number ${n * 7919}`]);
const SQL = Buffer.from(makeDump([{ name: 'make', columns: ['id', 'name'], rows }]));

let files = 0;
function file(name: string, content: Buffer | string): string {
  const path = join(folder, `${files++}_${name}`);
  writeFileSync(path, content);
  return path;
}

async function countRows(path: string, limits?: DumpLimits): Promise<number> {
  const source = await openDump(path, limits);
  try {
    let count = 0;
    for await (const table of source.tables()) count += (await table.skip()).rows;
    return count;
  } finally {
    await source.close();
  }
}

async function refused(
  t: ExecutionContext,
  path: string,
  message: RegExp,
  limits?: DumpLimits,
): Promise<void> {
  const error = await t.throwsAsync(countRows(path, limits), { name: 'SourceError', message });
  t.false(error?.message.includes('\n'));
}

const zipped = (sql: Buffer, name = 'vPICList_lite_2026_03.sql') => makeZip([{ name, data: sql }]);

test('the three kinds of file give the same rows', async (t) => {
  t.is(await countRows(file('d.sql', SQL)), rows.length);
  t.is(await countRows(file('d.sql.gz', gzipSync(SQL))), rows.length);
  t.is(await countRows(file('d.plain.zip', zipped(SQL))), rows.length);
  t.is(await countRows(file('D.ZIP', zipped(SQL))), rows.length);
});

test('sizes for the progress bar', async (t) => {
  for (const path of [file('d.sql', SQL), file('d.sql.gz', gzipSync(SQL)), file('d.zip', zipped(SQL))]) {
    const source = await openSource(path, folder);
    t.is(source.totalBytes, SQL.length);
    await source.close();
    await source.close();
  }
});

test('a source says what it is', async (t) => {
  const path = file('vPICList_lite_2026_03.plain.zip', zipped(SQL));
  const source = await openSource(path, folder);
  const { sha256, size, ...rest } = source.describe();
  t.regex(sha256, /^[0-9a-f]{64}$/);
  t.is(size, zipped(SQL).length);
  t.deepEqual(rest, { kind: 'dump', name: path.slice(folder.length + 1), path, version: '2026-03' });
  t.is(source.version, '2026-03');
  await source.close();
});

test('the version is the month in the name, else the content', (t) => {
  const hash = '0123456789abcdef'.repeat(4);
  const cases: [name: string, version: string][] = [
    ['vPICList_lite_2026_03.plain.zip', '2026-03'],
    ['/data/2019_01/vPICList_lite_2026_12.sql.gz', '2026-12'],
    ['vpic-2025-09.sql', '2025-09'],
    ['vpic_2025_13.sql', 'file-0123456789ab'],
    ['12026_03.sql', 'file-0123456789ab'],
    ['vpic.sql', 'file-0123456789ab'],
  ];
  for (const [name, version] of cases) t.is(versionOf(name, hash), version, name);
});

test('a file that is not there or not such a file is named in one line', async (t) => {
  await refused(t, join(folder, 'missing.zip'), /missing\.zip does not exist$/);
  await refused(t, file('empty.sql', ''), /is empty$/);
  await refused(t, file('text.zip', 'hello'), /is not a zip file, or is cut off$/);
  await refused(t, file('cut.zip', zipped(SQL).subarray(0, 5000)), /is not a zip file, or is cut off$/);
  await refused(t, file('text.sql.gz', 'hello'), /is not a gzip file$/);
  await refused(t, file('zip.sql', zipped(SQL)), /is compressed: name it/);
  await refused(t, file('gzip.sql', gzipSync(SQL)), /is compressed: name it/);
  await refused(t, file('custom.sql', 'PGDMP\u0001\u000e'), /custom format: take the ".plain.zip"/);
  await refused(
    t,
    file('cut.sql.gz', gzipSync(SQL).subarray(0, 9000)),
    /is damaged: unexpected end of file$/,
  );
});

test('damage inside an archive is found', async (t) => {
  const zip = zipped(SQL);
  const broken = Buffer.from(zip);
  broken.fill(0, 4000, 4100);
  await refused(t, file('broken.zip', broken), /damaged|UTF-8|line \d+/);
  const flipped = Buffer.from(zip);
  const crc = zip.lastIndexOf('PK\u0001\u0002') + 16;
  flipped.writeUInt32LE((zip.readUInt32LE(crc) ^ 1) >>> 0, crc);
  await refused(t, file('flipped.zip', flipped), /is damaged: its content is not what its directory says/);
  const lying = makeZip([{ name: 'a.sql', data: SQL, claimedSize: 1000 }]);
  await refused(t, file('lying.zip', lying), /is damaged: its content is not what its directory says/);
});

test('an archive holds exactly one .sql file, whose name leads nowhere', async (t) => {
  const one = { name: 'a.sql', data: SQL };
  await refused(
    t,
    file('two.zip', makeZip([one, { ...one, name: 'b.sql' }])),
    /holds 2 \.sql files instead of one/,
  );
  await refused(
    t,
    file('none.zip', makeZip([{ ...one, name: 'a.txt' }])),
    /holds 0 \.sql files instead of one/,
  );
  await refused(t, file('empty.zip', makeZip([])), /holds 0 \.sql files instead of one/);
  await refused(t, file('twice.zip', makeZip([one, one])), /holds 2 \.sql files instead of one/);
  await refused(
    t,
    file('folder.zip', makeZip([{ name: 'a.sql/', data: Buffer.alloc(0) }])),
    /holds 0 \.sql files instead of one/,
  );
  const folders = [
    { name: 'dump/', data: Buffer.alloc(0) },
    { ...one, name: 'dump/a.sql' },
  ];
  t.is(await countRows(file('folders.zip', makeZip(folders))), rows.length);
  const within = makeZip([{ name: 'a.zip', data: makeZip([one]) }]);
  await refused(t, file('zip.zip', within), /holds 0 \.sql files instead of one/);
  await refused(
    t,
    file('zip.sql.zip', makeZip([{ name: 'a.sql', data: zipped(SQL) }])),
    /line \d|UTF-8|zero byte/,
  );
  await refused(
    t,
    file('empty_entry.zip', makeZip([{ name: 'a.sql', data: Buffer.alloc(0) }])),
    /holds an empty file$/,
  );
  const many = [...Array(101).keys()].map((n) => ({ name: `${n}.txt`, data: Buffer.from('x') }));
  await refused(t, file('many.zip', makeZip([...many, one])), /holds 102 files instead of one/);
  await refused(t, file('locked.zip', makeZip([{ ...one, flags: 1 }])), /is encrypted/);
  await refused(t, file('bzip2.zip', makeZip([{ ...one, method: 12 }])), /compressed in an unusual way/);
  const readme = { name: 'README.txt', data: Buffer.from('hello') };
  const before = readdirSync(join(folder, '..')).length;
  for (const name of ['../../evil.sql', '/etc/evil.sql', 'C:\\evil.sql']) {
    t.is(await countRows(file('path.zip', makeZip([readme, { name, data: SQL }]))), rows.length);
  }
  t.true(readdirSync(join(folder, '..')).length <= before + 5, 'nothing was unpacked');
  t.false(readdirSync(folder).some((name) => name.includes('evil')));
});

test('bombs are refused by ratio, by size, and by what they unpack to', async (t) => {
  const bomb = Buffer.alloc(8 * 1024 * 1024, '--                                          \n');
  await refused(t, file('bomb.zip', zipped(bomb)), /unpacks to more than 100 times its size/);
  await refused(t, file('bomb.sql.gz', gzipSync(bomb)), /unpacks to more than 100 times its size/);
  const small = { ...DUMP_LIMITS, maxBytes: SQL.length - 1 };
  for (const path of [file('d.sql', SQL), file('d.sql.gz', gzipSync(SQL)), file('d.zip', zipped(SQL))]) {
    await refused(t, path, /unpacks to more than \d+ bytes/, small);
  }
});

test('what is no source is told which ones there are', async (t) => {
  for (const spec of ['', 'ftp://example.org/x.zip', 'file:///x.zip', 'bundle', '/etc', folder]) {
    const error = await t.throwsAsync(openSource(spec, folder), { name: 'SourceError' }, spec);
    t.regex(error?.message ?? '', /use "bundled", "nhtsa", or the path or https URL of a \.zip, .* of vPIC$/);
  }
});
