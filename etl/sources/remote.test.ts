import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type Site, startSite } from '../testing/site.ts';
import { smallDump, smallTables } from '../testing/small-vpic.ts';
import { makeZip } from '../testing/zip.ts';
import { lastMonths, openNhtsa } from './nhtsa.ts';
import type { FetchOptions } from './remote.ts';
import { openSource, readDescription, type Source, type SourceDescription } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-remote-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const NAME = 'vPICList_lite_2026_03.plain.zip';
const ZIP = makeZip([{ name: 'vPICList_lite_2026_03.sql', data: Buffer.from(smallDump()) }]);
const OTHER = makeZip([{ name: 'dump.sql', data: Buffer.from(`${smallDump()}--\n`) }]);
const ROWS = smallTables.reduce((sum, table) => sum + table.rows.length, 0);
const NOW = new Date('2026-05-31T23:59:59Z');
const limits = { backoffMs: 1, maxBackoffMs: 2, retries: 2 };

function dataDir(): string {
  return mkdtempSync(join(folder, 'data-'));
}

async function siteFor(t: ExecutionContext): Promise<Site> {
  const site = await startSite();
  t.teardown(() => site.close());
  return site;
}

async function countRows(source: Source): Promise<number> {
  let rows = 0;
  for await (const table of source.tables()) rows += (await table.skip()).rows;
  await source.close();
  return rows;
}

/** As it comes back from the database. */
function recorded(source: Source): SourceDescription | null {
  return readDescription(JSON.parse(JSON.stringify(source.describe())));
}

const paths = (site: Site) =>
  site.requests.map(({ path }) => path.replace(/^.*_lite_(.*)\.plain\.zip$/, '$1'));

test('a file at a URL is opened, cut connections or not, and says where it came from', async (t) => {
  const site = await siteFor(t);
  const data = dataDir();
  const path = join(data, 'downloads', NAME);
  const url = `${site.url}${NAME}`;
  site.put(NAME, { body: ZIP, etag: '"one"' });
  const third = Math.floor(ZIP.length / 4);
  site.fail(NAME, { cutAfter: third }, { cutAfter: third }, { cutAfter: third });
  const source = await openSource(url, data, { limits: { ...limits, progressBytes: 1 } });
  t.deepEqual(readFileSync(path), ZIP);
  t.is(site.requests.length, 4);
  t.like(source, { spec: url, version: '2026-03', totalRows: null, totalBytes: smallDump().length });
  const { sha256, ...description } = source.describe();
  t.regex(sha256, /^[0-9a-f]{64}$/);
  t.deepEqual(description, {
    kind: 'download',
    name: NAME,
    path,
    size: ZIP.length,
    version: '2026-03',
    url,
    etag: '"one"',
    lastModified: 'Tue, 10 Mar 2026 12:00:00 GMT',
  });
  t.is(await countRows(source), ROWS);
});

test('a key in a URL is written down nowhere', async (t) => {
  const site = await siteFor(t);
  const data = dataDir();
  site.put(`${NAME}?key=secret`, ZIP);
  const source = await openSource(`${site.url}${NAME}?key=secret`, data);
  t.notRegex(source.spec + JSON.stringify(source.describe()), /secret/);
  const written = readdirSync(join(data, 'downloads')).filter((name) => name.endsWith('.json'));
  for (const name of written) t.notRegex(readFileSync(join(data, 'downloads', name), 'utf8'), /secret/);
  site.fail(`${NAME}?key=secret`, { status: 403 });
  const error = await t.throwsAsync(openSource(`${site.url}${NAME}?key=secret`, data));
  t.notRegex(error?.message ?? '', /secret/);
});

test('what is published is known by what was written down of it, and fetched only to be read', async (t) => {
  const site = await siteFor(t);
  site.put(NAME, ZIP);
  for (const open of [
    (options: FetchOptions) => openSource(`${site.url}${NAME}`, dataDir(), options),
    (options: FetchOptions) => openNhtsa(dataDir(), { ...options, nhtsaUrl: site.url }, NOW),
  ]) {
    const published = recorded(await open({}));
    const same = await open({ published });
    t.deepEqual(same.describe(), published);
    t.is(site.requests.at(-1)?.headers['if-none-match'], (published as { etag?: string }).etag);
    await same.close();
    t.is(await countRows(same), ROWS);
    const news = await open({
      published: { ...(published as SourceDescription), sha256: 'x', version: '2026-01' },
    });
    t.is(news.describe().sha256, 'x', 'the tag decides, nobody looked at the file');
    site.put(NAME, { body: OTHER });
    t.not((await open({ published })).describe().sha256, published?.sha256);
    site.put(NAME, ZIP);
  }
});

test('a download that is no dump is not taken for a good one again', async (t) => {
  const site = await siteFor(t);
  const damaged = Buffer.from(ZIP);
  damaged.fill(0, 500, 520);
  for (const body of [Buffer.from('not a zip file'), ZIP.subarray(0, -30), damaged]) {
    const data = dataDir();
    site.put(NAME, { body, etag: '"same"' });
    const open = () => openSource(`${site.url}${NAME}`, data);
    await t.throwsAsync(open().then(countRows), { name: 'SourceError' });
    t.deepEqual(readdirSync(join(data, 'downloads')), [NAME], 'the file stays for a look');
    site.put(NAME, { body: ZIP, etag: '"same"' });
    t.is(await open().then(countRows), ROWS);
  }
});

test("the newest of NHTSA's months is found, and an old download goes", async (t) => {
  const site = await siteFor(t);
  const data = dataDir();
  const open = (now = NOW, options: FetchOptions = {}) =>
    openNhtsa(data, { ...options, nhtsaUrl: site.url }, now);
  site.put('vPICList_lite_2026_02.plain.zip', ZIP);
  site.put('vPICList_lite_2025_12.plain.zip', OTHER);
  const source = await open();
  t.like(source, { spec: 'nhtsa', version: '2026-02' });
  t.is(await countRows(source), ROWS);
  t.deepEqual(paths(site), ['2026_05', '2026_04', '2026_03', '2026_02']);
  for (const month of ['2026_06', '2026_07']) {
    site.put(`vPICList_lite_${month}.plain.zip`, ZIP);
    t.is((await open(new Date('2026-07-01T00:00:00Z'))).version, month.replace('_', '-'));
  }
  t.deepEqual(
    readdirSync(join(data, 'downloads')).filter((name) => name.endsWith('.zip')),
    ['vPICList_lite_2026_06.plain.zip', 'vPICList_lite_2026_07.plain.zip'],
  );
});

test('a month that cannot be asked for is no reason to take an older one', async (t) => {
  const site = await siteFor(t);
  site.put(NAME, ZIP);
  site.fail('vPICList_lite_2026_04.plain.zip', ...Array.from({ length: 9 }, () => ({ status: 503 })));
  await t.throwsAsync(openNhtsa(dataDir(), { nhtsaUrl: site.url, limits }, NOW), {
    name: 'SourceError',
    message: /2026_04\.plain\.zip: the server answers 503; given up after 3 attempts$/,
  });
});

test('a month that went away is no reason to go back', async (t) => {
  const site = await siteFor(t);
  const data = dataDir();
  site.put(NAME, ZIP);
  const published = recorded(await openNhtsa(data, { nhtsaUrl: site.url }, NOW));
  site.remove(NAME);
  site.put('vPICList_lite_2026_02.plain.zip', OTHER);
  const source = await openNhtsa(data, { nhtsaUrl: site.url, published }, NOW);
  t.deepEqual(source.describe(), published);
  t.is(paths(site).at(-1), '2026_03');
  await t.throwsAsync(countRows(source), {
    name: 'SourceError',
    message: /^there is no .*2026_03\.plain\.zip$/,
  });
  // Another kind of source is no month of NHTSA's.
  const bundled = { ...(published as SourceDescription), kind: 'bundled' as const, version: '2026-03-12' };
  t.is((await openNhtsa(data, { nhtsaUrl: site.url, published: bundled }, NOW)).version, '2026-02');
});

test('nine months and no more', async (t) => {
  const site = await siteFor(t);
  site.put('vPICList_lite_2025_08.plain.zip', ZIP);
  await t.throwsAsync(openNhtsa(dataDir(), { nhtsaUrl: site.url }, NOW), {
    name: 'SourceError',
    message: /^http:\/\/127\.0\.0\.1:\d+\/ has none of the last 9 months' files: look there .* --source$/,
  });
  t.deepEqual(
    paths(site),
    lastMonths(NOW, 8).map((month) => month.replace('-', '_')),
  );
});

test('months are those of the calendar', (t) => {
  t.deepEqual(lastMonths(new Date('2026-03-31T12:00:00Z'), 2), ['2026-03', '2026-02', '2026-01']);
  t.deepEqual(lastMonths(new Date('2026-01-01T00:00:00Z'), 1), ['2026-01', '2025-12']);
});

test('what a run wrote down is read, and nothing else', (t) => {
  const dump = { kind: 'dump', name: 'x.sql', path: '/x.sql', size: 1, sha256: 'a', version: '2026-03' };
  const download = { ...dump, kind: 'download', url: 'https://h/x.sql', etag: null, lastModified: null };
  for (const good of [dump, download]) t.deepEqual(readDescription(good), good as SourceDescription);
  for (const bad of [null, {}, 'x', { ...dump, kind: 'x' }, { ...download, url: 1 }])
    t.is(readDescription(bad), null);
});

test('where a source may not come from', async (t) => {
  const cases: [spec: string, message: RegExp][] = [
    ['http://example.org/x.zip', /^http:\/\/ is not taken as a source: use https, or set ETL_ALLOW_HTTP/],
    ['https://me:secret@example.org/x.zip', /must not hold a login/],
    ['https://example.org/x.custom', /is not the address of a/],
    ['https://', /is no URL$/],
  ];
  for (const [spec, message] of cases) {
    await t.throwsAsync(openSource(spec, dataDir()), { name: 'SourceError', message }, spec);
  }
  await t.throwsAsync(openNhtsa(dataDir(), { nhtsaUrl: 'http://example.org/' }, NOW), {
    message: /use https/,
  });
});
