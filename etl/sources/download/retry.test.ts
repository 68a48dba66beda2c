import test from 'ava';
import { Interrupted, parseRetryAfter, requestFailure, storageFailure } from './failure.ts';
import { DOWNLOAD_LIMITS } from './limits.ts';
import { fullJitter, persist } from './retry.ts';

const QUICK = { ...DOWNLOAD_LIMITS, retries: 2, backoffMs: 1, maxBackoffMs: 2, maxRetryAfterMs: 50 };
const never = new AbortController().signal;

test('waits are drawn from the whole range, which doubles up to its bound', (t) => {
  const limits = { backoffMs: 1000, maxBackoffMs: 60_000 };
  const most = [0, 1, 2, 5, 6, 50].map((failures) => fullJitter(failures, limits, () => 1));
  t.deepEqual(most, [1000, 2000, 4000, 32_000, 60_000, 60_000]);
  t.is(
    fullJitter(3, limits, () => 0),
    0,
  );
  t.is(
    fullJitter(3, limits, () => 0.5),
    4000,
  );
  const drawn = Array.from({ length: 1000 }, () => fullJitter(0, limits));
  t.true(Math.min(...drawn) < 100 && Math.max(...drawn) > 900 && Math.max(...drawn) <= 1000);
});

test('only what may pass is tried again, and only so often', async (t) => {
  const attempts = async (thrown: unknown, progress = [false]): Promise<[number, unknown]> => {
    let count = 0;
    const error = await persist(
      async () => {
        count++;
        throw thrown;
      },
      () => progress.shift() ?? false,
      QUICK,
      never,
    ).catch((caught: unknown) => caught);
    return [count, error];
  };
  const busy = new Interrupted('busy');
  const [count, error] = await attempts(busy);
  t.is(count, 3);
  t.like(error, { name: 'SourceError', message: 'busy; given up after 3 attempts', cause: busy });
  t.is((await attempts(busy, [true, true, false, true]))[0], 6);
  t.is((await attempts(new Interrupted('busy', { retryAfterMs: 20 })))[0], 3);
  const [once, later] = await attempts(new Interrupted('busy', { retryAfterMs: 61_000 }));
  t.is(once, 1);
  t.like(later, { message: 'busy; it asks to come back in 2 minutes' });
  for (const other of [new Error('a fault'), new TypeError('a mistake of ours')]) {
    t.deepEqual(await attempts(other), [1, other]);
  }
});

test('a server that asks for time gets it', async (t) => {
  const begun = performance.now();
  let count = 0;
  const attempt = async (): Promise<number> => {
    if (count++ === 0) throw new Interrupted('busy', { retryAfterMs: 40 });
    return performance.now() - begun;
  };
  // Timers keep whole milliseconds.
  t.true((await persist(attempt, () => false, QUICK, never)) >= 39);
});

test('Retry-After in seconds or as a date', (t) => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  t.is(parseRetryAfter('120', now), 120_000);
  t.is(parseRetryAfter('Tue, 10 Mar 2026 12:01:00 GMT', now), 60_000);
  t.is(parseRetryAfter('Tue, 10 Mar 2026 11:00:00 GMT', now), 0);
  for (const value of [null, '', 'soon', '-5', '9'.repeat(30)])
    t.is(parseRetryAfter(value, now), null, `${value}`);
});

test('what a failed request means', (t) => {
  const coded = (code: string, message = 'said the socket') => Object.assign(new Error(message), { code });
  const url = new URL('https://example.org/x.zip?key=secret');
  const cases: [code: string, name: string, message: RegExp][] = [
    ['ECONNRESET', 'Interrupted', /^said the socket$/],
    ['ENOTFOUND', 'Interrupted', /no such host/],
    ['EAI_AGAIN', 'Interrupted', /socket/],
    ['UND_ERR_CONNECT_TIMEOUT', 'Interrupted', /no connection in time/],
    ['UND_ERR_HEADERS_TIMEOUT', 'Interrupted', /no answer in time/],
    ['UND_ERR_BODY_TIMEOUT', 'Interrupted', /stopped coming/],
    ['HPE_INVALID_CONSTANT', 'Interrupted', /socket/],
    [
      'CERT_HAS_EXPIRED',
      'SourceError',
      /^the certificate of example\.org cannot be trusted: said the socket$/,
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SourceError', /certificate/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SourceError', /certificate/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'SourceError', /certificate/],
  ];
  for (const [code, name, message] of cases) {
    const failure = requestFailure(coded(code), url);
    t.like(failure, { name }, code);
    t.regex((failure as Error).message, message);
  }
  t.like(requestFailure(new AggregateError([coded('ECONNREFUSED', '')]), url), {
    name: 'Interrupted',
    message: 'ECONNREFUSED',
  });
  const mistake = new TypeError('x is not a function');
  t.is(requestFailure(mistake, url), mistake);
});

test('what a failed write means', (t) => {
  const coded = (code: string) => Object.assign(new Error('said the disk'), { code });
  for (const code of ['ENOSPC', 'EDQUOT']) {
    t.like(storageFailure(coded(code), '/data'), { name: 'RebuildError', failure: 'disk_full' });
  }
  t.like(storageFailure(coded('EACCES'), '/data'), {
    name: 'SourceError',
    message: 'the download cannot be written to /data: said the disk',
  });
  const mistake = new TypeError('x is not a function');
  t.is(storageFailure(mistake, '/data'), mistake);
});
