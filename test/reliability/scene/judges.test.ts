/** That harm is seen when there is some: the judges of the reliability run, on services that are wrong on purpose. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { createRandom } from '../../../bench/calibration/random.ts';
import { Client } from './client.ts';
import { Owners } from './owners.ts';
import { Tally } from './tally.ts';
import { trendsOf, type Vitals } from './vitals.ts';

async function clientOf(t: ExecutionContext, listener: RequestListener, isAway = false): Promise<Client> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new Client({ service: { url, wasAway: () => isAway }, tally: new Tally(), connections: 2 });
  t.teardown(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

const unavailable = JSON.stringify({ error: 'unavailable' });

for (const [what, status, headers, body, verdict] of [
  ['the right answer', 200, {}, 'right', 'right'],
  ['a stale one', 200, { 'x-cache': 'STALE' }, 'right', 'stale'],
  ['another answer', 200, {}, 'left', 'wrong'],
  ['a fault', 500, {}, '{"error":"internal-error"}', 'unexpected 5xx'],
  ['a refusal', 503, { 'retry-after': '5' }, unavailable, 'refused'],
  ['one that does not say when to come back', 503, {}, unavailable, 'unexpected 5xx'],
  ['one of somebody else', 503, { 'retry-after': '5' }, 'upstream connect error', 'unexpected 5xx'],
  ['too many requests', 429, { 'retry-after': '1' }, '{"error":"too-many-requests"}', 'refused'],
  ['a bad gateway', 502, {}, '', 'unexpected 5xx'],
] as const) {
  test(`${what} is ${verdict}`, async (t) => {
    const client = await clientOf(t, (_req, res) => res.writeHead(status, headers).end(body));
    const { verdict: actual } = await client.ask({
      path: '/',
      check: ({ text }) => (text === 'right' ? null : 'not right'),
    });
    t.is(actual, verdict);
    t.is(client.tally.of(verdict), 1);
    t.is(client.tally.objections.length, verdict === 'wrong' || verdict === 'unexpected 5xx' ? 1 : 0);
  });
}

test('a connection that breaks is excused only while the service is being ended', async (t) => {
  const broken = await clientOf(t, (req) => req.socket.destroy());
  t.is((await broken.ask({ path: '/', check: () => null })).verdict, 'broken');
  const away = await clientOf(t, (req) => req.socket.destroy(), true);
  t.is((await away.ask({ path: '/', check: () => null })).verdict, 'unconnected');
});

test('a write that is acknowledged and not there is seen, in the list and by itself', async (t) => {
  let id = 0;
  const client = await clientOf(t, (req, res) => {
    if (req.method === 'POST') {
      id += 1;
      res.writeHead(201).end(JSON.stringify({ id: String(id) }));
    } else if (req.url === '/api/vehicles') res.end('[]');
    else res.writeHead(404).end();
  });
  const owners = new Owners(client, createRandom(1, 'test'), ['create']);
  await owners.step();
  t.is(client.tally.of('right'), 1);
  t.is(await owners.countLost(), 1);
  t.is(client.tally.of('wrong'), 2);
});

test('a write that was refused may be there or not', async (t) => {
  let nickname = '';
  const client = await clientOf(t, (req, res) => {
    if (req.method === 'POST') {
      req.setEncoding('utf8').on('data', (body: string) => {
        nickname = String(JSON.parse(body).nickname);
        res.writeHead(503, { 'retry-after': '1' }).end(unavailable);
      });
    } else res.end(JSON.stringify([{ id: 'one', nickname }]));
  });
  const owners = new Owners(client, createRandom(1, 'test'), ['create']);
  await owners.step();
  t.is(await owners.countLost(), 0);
  t.deepEqual(client.tally.objections, []);
});

const STILL: Vitals = {
  'server: memory of its own, MB': 200,
  'server: heap in use, MB': 80,
  'server: open files but for its clients’ connections': 30,
  'worker: memory of its own, MB': 70,
  'platform database: memory of its backends, MB': 100,
  'platform database: processes': 20,
  'main database: memory of its backends, MB': 50,
  'main database: processes': 15,
};

test('what grows steadily is a leak, what comes and goes is none, what has just begun is not judged', (t) => {
  const looksOf = (minutes: number, more: (look: number) => Partial<Vitals>) =>
    Array.from({ length: minutes * 12 }, (_, look) => ({
      at: look * 5_000,
      vitals: { ...STILL, ...more(look) },
    }));
  const leaking = (look: number): Partial<Vitals> => ({ 'server: heap in use, MB': 80 + look / 5 });
  t.is(trendsOf(looksOf(30, leaking)).leaks.length, 1);
  t.deepEqual(trendsOf(looksOf(2, leaking)).leaks, []);
  const saw = (look: number): Partial<Vitals> => ({ 'server: heap in use, MB': 80 + (look % 12) * 5 });
  t.deepEqual(trendsOf(looksOf(30, saw)).leaks, []);
});
