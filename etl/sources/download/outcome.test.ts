import { writeFileSync } from 'node:fs';
import test from 'ava';
import { BODY, content, DONE, NAME, prepareDownload } from '../../testing/download-case.ts';
import type { Fault } from '../../testing/site.ts';

const OTHER = Buffer.from(BODY).reverse();

test('what is here already is not sent again, unless it was touched', async (t) => {
  for (const file of [{ body: BODY }, { body: BODY, etag: null }, { body: BODY, etag: 'W/"weak"' }]) {
    const { site, get, files } = await prepareDownload(t);
    site.put(NAME, file);
    const first = await get();
    const again = await get();
    t.deepEqual(again, first);
    const { headers } = site.requests[1] ?? {};
    t.truthy(headers?.['if-none-match'] ?? headers?.['if-modified-since']);
    if (first.outcome !== 'file') return t.fail();
    writeFileSync(first.path, OTHER);
    t.deepEqual(content(t, await get()), BODY);
    t.deepEqual(files(), [...DONE]);
    writeFileSync(first.path, 'short');
    t.deepEqual(content(t, await get()), BODY);
    writeFileSync(`${first.path}.json`, '{"url":');
    t.deepEqual(content(t, await get()), BODY);
  }
});

test('what is published is not sent, whether it is here or not', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, { body: BODY, etag: '"one"' });
  t.deepEqual(await get({}, { etag: '"one"', lastModified: null }), { outcome: 'unchanged' });
  t.deepEqual(await get({}, { etag: 'W/"one"', lastModified: null }), { outcome: 'unchanged' });
  t.deepEqual(files(), []);
  await get();
  t.deepEqual(await get({}, { etag: '"one"', lastModified: null }), { outcome: 'unchanged' });
  // Fetched, and then the run failed: what is here is newer than what is published.
  t.like(await get({}, { etag: '"old"', lastModified: null }), { outcome: 'file' });
  t.is(site.requests.at(-1)?.headers['if-none-match'], '"old", "one"');
  site.put(NAME, { body: OTHER, etag: null });
  const date = 'Tue, 10 Mar 2026 12:00:00 GMT';
  t.like(await get({}, { etag: null, lastModified: date }), { outcome: 'file' });
});

test('a date is enough to know what is published', async (t) => {
  const { site, get } = await prepareDownload(t);
  site.put(NAME, { body: BODY, etag: null });
  const lastModified = 'Tue, 10 Mar 2026 12:00:00 GMT';
  t.deepEqual(await get({}, { etag: null, lastModified }), { outcome: 'unchanged' });
});

test('a server that does not know conditions sends the file again', async (t) => {
  const { site, get } = await prepareDownload(t);
  site.put(NAME, { body: BODY, etag: null, lastModified: null });
  await get();
  t.deepEqual(content(t, await get({}, { etag: '"x"', lastModified: null })), BODY);
});

test('a file that is not there', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  t.deepEqual(await get(), { outcome: 'absent' });
  site.fail(NAME, { status: 410 });
  t.deepEqual(await get(), { outcome: 'absent' });
  t.deepEqual(files(), []);
});

/** What another attempt would not change: one line, one request, nothing left. */
const refused: readonly [why: string, fault: Fault, message: RegExp][] = [
  ['403', { status: 403 }, /the server answers 403$/],
  ['401', { status: 401 }, /the server answers 401$/],
  ['an unasked 304', { status: 304 }, /answers 304 without having been asked$/],
  ['a redirect to nowhere', { status: 302, headers: { location: 'http://' } }, /which is no address$/],
  ['a redirect without a place', { status: 302 }, /redirects to "", which is no address$/],
  [
    'a redirect to a file',
    { status: 302, headers: { location: 'file:///etc/passwd' } },
    /redirects to file:/,
  ],
  [
    'a Retry-After of two hours',
    { status: 503, headers: { 'retry-after': '7200' } },
    /the server answers 503; it asks to come back in 120 minutes$/,
  ],
];
for (const [why, fault, message] of refused) {
  test(`refused: ${why}`, async (t) => {
    const { site, get, files } = await prepareDownload(t);
    site.put(NAME, BODY);
    site.fail(NAME, fault);
    const error = await t.throwsAsync(get(), { name: 'SourceError', message });
    t.false(error?.message.includes('\n'));
    t.is(site.requests.length, 1);
    t.deepEqual(files(), []);
  });
}

test('refused: a web page', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  site.put(NAME, { body: BODY, type: 'text/html; charset=utf-8' });
  await t.throwsAsync(get(), { name: 'SourceError', message: /is a web page, not a file of vPIC$/ });
  t.deepEqual(files(), []);
});

test('refused: more than the limit, announced or not', async (t) => {
  for (const fault of [{}, { claims: null }]) {
    const { site, get, files } = await prepareDownload(t);
    site.put(NAME, BODY);
    site.fail(NAME, fault);
    const limits = { maxBytes: BODY.length - 1 };
    await t.throwsAsync(get({ limits }), { name: 'SourceError', message: /has more than \d+ bytes$/ });
    t.deepEqual(files(), []);
  }
});

test('redirects are followed, loops are not', async (t) => {
  const { site, get } = await prepareDownload(t);
  site.put('other/file', BODY);
  site.fail(NAME, { status: 302, headers: { location: '/other/file' } });
  t.deepEqual(content(t, await get()), BODY);
  const loop: Fault = { status: 301, headers: { location: `/${NAME}` } };
  site.fail(NAME, ...Array.from({ length: 20 }, () => loop));
  const before = site.requests.length;
  await t.throwsAsync(get(), { name: 'SourceError', message: /more than 5 times$/ });
  t.is(site.requests.length - before, 6);
});

test('a server that is not there', async (t) => {
  const { site, get, files } = await prepareDownload(t);
  await site.close();
  await t.throwsAsync(get(), { name: 'SourceError', message: /ECONNREFUSED.*; given up after 4 attempts$/ });
  t.deepEqual(files(), []);
});

test('an abort ends it at once, while it waits as well', async (t) => {
  const { site, get } = await prepareDownload(t);
  site.put(NAME, BODY);
  const busy = { status: 503, headers: { 'retry-after': '9' } };
  for (const fault of [{ hang: true }, { stallAfter: 10 }, busy] satisfies Fault[]) {
    const abort = new AbortController();
    site.fail(NAME, fault);
    const before = site.requests.length;
    const getting = get({ signal: abort.signal });
    while (site.requests.length === before) await new Promise(setImmediate);
    abort.abort(new Error('enough'));
    await t.throwsAsync(getting, { message: 'enough' });
  }
});
