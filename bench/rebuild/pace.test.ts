import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { keepPace, summarize } from './pace.ts';

test('quantiles are values that were there', (t) => {
  const asked = Array.from({ length: 200 }, (_, n) => ({ due: n, over: 200, isGood: n > 0 }));
  t.deepEqual(summarize(asked, []), {
    requests: 200,
    failures: 1,
    p50: 100,
    p99: 198,
    slowest: 200,
    stalls: 0,
  });
});

test('what was under way, or due, while we stood still ourselves does not count, nor what came right after', (t) => {
  const times: [due: number, over: number][] = [
    [0, 90],
    [90, 5_100],
    [3_000, 5_100],
    [5_900, 5_950],
    [6_200, 6_207],
  ];
  const asked = times.map(([due, over]) => ({ due, over, isGood: true }));
  const { requests, slowest, stalls } = summarize(asked, [{ from: 100, to: 5_000 }]);
  t.deepEqual({ requests, slowest, stalls }, { requests: 2, slowest: 90, stalls: 1 });
});

test('a server that stands still delays what was due meanwhile; refusals are counted', async (t) => {
  const stillMs = 300;
  let asked = 0;
  let free = Promise.resolve();
  const server = createServer((_, response) => {
    asked++;
    if (asked === 1) free = new Promise((resolve) => setTimeout(resolve, stillMs));
    const status = asked === 5 ? 503 : 200;
    void free.then(() => response.writeHead(status).end('{}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const paths = Array.from({ length: 20 }, (_, n) => `/${n}`);
  const found = await keepPace({
    url,
    rate: 100,
    next: () => paths.shift() ?? null,
    until: AbortSignal.timeout(60_000),
  });
  t.is(found.requests, 20);
  t.is(found.failures, 1);
  t.true(found.slowest >= stillMs * 0.9);
  t.true(found.p50 > stillMs / 4, 'half of them were due while it stood still');
});

test('no request is a failure', async (t) => {
  await t.throwsAsync(
    keepPace({ url: 'http://127.0.0.1:9', rate: 1, next: () => null, until: AbortSignal.timeout(60_000) }),
    { message: /nothing was asked/ },
  );
});
