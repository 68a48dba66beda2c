import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { BODY, content, DONE, NAME, prepareDownload } from '../../testing/download-case.ts';
import type { Fault } from '../../testing/site.ts';

const OTHER = Buffer.from(BODY).reverse();

test('a file arrives, with its size, digest and validators', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, { body: BODY, etag: '"one"' });
  const seen: [number, number | null][] = [];
  const result = await get({ onBytes: (received, total) => seen.push([received, total]) });
  t.deepEqual(content(t, result), BODY);
  t.like(result, {
    outcome: 'file',
    name: NAME,
    stored: { url: new URL(NAME, site.url).href, etag: '"one"', size: BODY.length },
  });
  t.deepEqual(seen.at(-1), [BODY.length, BODY.length]);
  t.deepEqual(files(), [...DONE]);
  t.is(site.requests[0]?.headers['accept-encoding'], 'identity');
});

test('a connection that breaks three times costs no byte twice and gives the same file', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, BODY);
  site.fail(NAME, { cutAfter: 100_000 }, { cutAfter: 50_000 }, { cutAfter: 70_001 });
  t.deepEqual(content(t, await get()), BODY);
  t.deepEqual(
    site.requests.map(({ headers }) => headers.range),
    [undefined, 'bytes=100000-', 'bytes=150000-', 'bytes=220001-'],
  );
  t.deepEqual(files(), [...DONE]);
});

test('attempts that bring the file on do not count, those that do not end the download', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, BODY);
  site.fail(NAME, ...Array.from({ length: 30 }, (): Fault => ({ cutAfter: 1000 })));
  t.deepEqual(content(t, await get()), BODY);
  site.put(NAME, OTHER);
  site.fail(NAME, ...Array.from({ length: 30 }, (): Fault => ({ cutAfter: 1 })));
  const before = site.requests.length;
  await t.throwsAsync(get(), {
    name: 'SourceError',
    message: /^http:\/\/127\.0\.0\.1:\d+\/vPICList_lite_2026_03\.plain\.zip: .+; given up after 4 attempts$/,
  });
  t.is(site.requests.length - before, 4);
  t.deepEqual(
    files(),
    [`${NAME}.part`, `${NAME}.part.json`, ...DONE].sort(),
    'the old file and the begun one',
  );
});

/** Each fault is followed by an answer that is as it should be. */
const recovered: readonly [why: string, fault: Fault][] = [
  ['503', { status: 503 }],
  ['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' } }],
  ['500', { status: 500 }],
  ['429', { status: 429 }],
  ['408', { status: 408 }],
  ['no answer at all', { hang: true }],
  ['data that stop coming', { stallAfter: 40_000 }],
  ['a break before the first byte', { cutAfter: 0 }],
  ['less than Content-Length says', { claims: BODY.length + 10 }],
];
for (const [why, fault] of recovered) {
  test(`tried again: ${why}`, async (t) => {
    const { site, get, files } = await prepareDownload(t);
    site.put(NAME, BODY);
    site.fail(NAME, fault, { cutAfter: 90_000 }, fault);
    const limits = fault.hang || fault.stallAfter ? { idleMs: 500, retries: 20 } : {};
    t.deepEqual(content(t, await get({ limits })), BODY);
    t.deepEqual(files(), [...DONE]);
  });
}

test('a file that changes between two attempts begins anew', async (t) => {
  for (const changed of [
    { body: OTHER },
    { body: OTHER, etag: null, lastModified: 'Wed, 11 Mar 2026 12:00:00 GMT' },
    { body: OTHER.subarray(0, 150_000), etag: '"shorter"' },
  ]) {
    const { site, get, files } = await prepareDownload(t);
    site.put(NAME, changed.etag === null ? { body: BODY, etag: null } : BODY);
    site.fail(NAME, { cutAfter: 200_000 });
    const body = get({
      onBytes: (received) => {
        if (received === 200_000) site.put(NAME, changed);
      },
    });
    t.deepEqual(content(t, await body), changed.body);
    t.deepEqual(files(), [...DONE]);
  }
});

test('also when the server sends the rest of the other file, or another piece', async (t) => {
  const cases: [file: Buffer | { body: Buffer; etag: null }, faults: Fault[], expected: Buffer][] = [
    [OTHER, [{ ignoreIfRange: true }], OTHER],
    [OTHER.subarray(0, 210_000), [{ ignoreIfRange: true }], OTHER.subarray(0, 210_000)],
    [OTHER.subarray(0, 150_000), [{ ignoreIfRange: true }], OTHER.subarray(0, 150_000)],
    [BODY, [{ shift: 5 }], BODY],
    [BODY, [{ ignoreRange: true }], BODY],
  ];
  for (const [later, faults, expected] of cases) {
    const { site, get } = await prepareDownload(t);
    site.put(NAME, BODY);
    site.fail(NAME, { cutAfter: 200_000 }, ...faults);
    const result = get({
      onBytes: (received) => {
        if (received === 200_000) site.put(NAME, later);
      },
    });
    t.deepEqual(content(t, await result), expected);
  }
});

test('without a strong validator nothing is continued', async (t) => {
  for (const file of [
    { body: BODY, etag: 'W/"weak"' },
    { body: BODY, etag: null, lastModified: null },
    { body: BODY, etag: null, lastModified: new Date(Date.now() + 60_000).toUTCString() },
  ]) {
    const { site, get } = await prepareDownload(t);
    site.put(NAME, file);
    site.fail(NAME, { cutAfter: 200_000 });
    t.deepEqual(content(t, await get()), BODY);
    t.is(site.requests[1]?.headers.range, undefined);
  }
});

test('a file of unknown length ends where the server says so, and breaks where it does not', async (t) => {
  const { site, get } = await prepareDownload(t);
  site.put(NAME, BODY);
  site.fail(NAME, { claims: null, cutAfter: 100_000 }, { claims: null });
  t.deepEqual(content(t, await get()), BODY);
  t.is(site.requests.length, 2);
});

test('the time for everything ends also what goes on slowly, and the next run continues it', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, BODY);
  // Seven seconds at the least.
  site.fail(NAME, { slow: 100 });
  await t.throwsAsync(get({ limits: { totalMs: 2000 } }), {
    name: 'SourceError',
    message: /did not send the file within 1 minutes; the next run goes on where this one ended$/,
  });
  t.deepEqual(files(), [`${NAME}.part`, `${NAME}.part.json`]);
  t.deepEqual(content(t, await get()), BODY);
  t.regex(site.requests[1]?.headers.range ?? '', /^bytes=[1-9]\d+-$/);
  t.deepEqual(files(), [...DONE]);
});

test('after a kill -9 the next process goes on with the part', async (t) => {
  const { site, dataDir, get, files } = await prepareDownload(t);
  site.put(NAME, BODY);
  site.fail(NAME, { stallAfter: 123_456 });
  const script = `
    import { fetching } from ${JSON.stringify(new URL('../remote.ts', import.meta.url).href)};
    const url = new URL(${JSON.stringify(new URL(NAME, site.url).href)});
    const onBytes = (bytes) => { if (bytes === 123456) process.stdout.write('here'); };
    await fetching(url, ${JSON.stringify(dataDir)}, { onBytes }, (fetch) => fetch(url));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.deepEqual(files(), [`${NAME}.part`, `${NAME}.part.json`]);
  t.deepEqual(content(t, await get()), BODY);
  t.is(site.requests[1]?.headers.range, 'bytes=123456-');
  t.deepEqual(files(), [...DONE]);
});

test("two downloads of one file at a time do not get into each other's way", async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, BODY);
  site.fail(NAME, { slow: 2000 }, { cutAfter: 100 }, { slow: 3000 });
  for (const result of await Promise.all([get(), get(), get()])) t.deepEqual(content(t, result), BODY);
  t.deepEqual(files(), [...DONE]);
});

test('a damaged part, or one of another file, is not continued', async (t) => {
  const { site, dataDir, get, files } = await prepareDownload(t);
  site.put(NAME, { body: BODY, etag: '"one"' });
  await get();
  rmSync(join(dataDir, 'downloads', NAME));
  const part = join(dataDir, 'downloads', `${NAME}.${process.pid}-${'0'.repeat(36)}.part`);
  const state = {
    url: new URL(NAME, site.url).href,
    etag: '"one"',
    lastModified: null,
    ifRange: '"one"',
    total: 1,
  };
  for (const record of [
    '',
    '{',
    JSON.stringify({ ...state, url: 'http://elsewhere/' }),
    JSON.stringify(state),
  ]) {
    writeFileSync(part, 'something else');
    writeFileSync(`${part}.json`, record);
    t.deepEqual(content(t, await get()), BODY);
    t.deepEqual(files(), [...DONE]);
    rmSync(join(dataDir, 'downloads', NAME));
  }
});
