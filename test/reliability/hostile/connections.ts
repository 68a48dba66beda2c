/** Attacks on connections: slow ones, endless ones, too large ones, and bytes that two servers would read in two ways. */

import type { TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { Grid, Ledger } from './ledger.ts';
import { ODD_REQUESTS, type OddRequest, SMUGGLED_PATH } from './odd-requests.ts';
import { inTurns } from './routes.ts';
import { endlessLine, longStream, SLOW_CLIENTS, type SlowClient } from './slow-clients.ts';
import { Target } from './target.ts';
import { Wire } from './wire.ts';

/** Connections of each kind of slow client in the full run. */
const SLOW = 40;
/** Times that each odd request is sent in the full run. */
const REPEATS = 20;
/** Requests in one packet. */
const PIPELINED = 30;
const LINE_MEGABYTES = 200;
const STREAM_THOUSANDS = 400;

/** What a connection may take to be closed by the service: its longest limit is two minutes, on a machine that does other things. */
const PATIENCE_MS = 8 * 60_000;

/** What the process may take while it is attacked, in megabytes: twice what it takes when it loads data. */
const MOST_MEGABYTES = 500;

/** And what it holds for a client that asks and reads nothing: the answers to what may wait on a connection, or one list of a stream. */
const UNREAD_MEGABYTES = 2.5;

/** Half of them and more of the file that they name would show one of these. */
const FILES = /"devDependencies"|root:x:0|import \{ readConfig|database system is ready/;

/** Behind an odd request: who still answers it has understood where that one ends. */
const LAST = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** @param toTheEnd whether slow clients are waited for until the service has closed on all of them, which takes minutes */
export async function attackConnections(
  server: TestServer,
  extent: Extent,
  toTheEnd = true,
): Promise<Outcome> {
  const ledger = new Ledger();
  const grid = new Grid('attack', ['connections', 'answered', 'refused', 'closed']);
  const target = await Target.open(server);
  try {
    const each = Math.max(2, Math.round(SLOW * extent.share));
    const slow = SLOW_CLIENTS.flatMap((client) => Array.from({ length: each }, () => client));
    const held: { client: SlowClient; wire: Wire }[] = [];
    await target.askingGood(ledger, async () => {
      for (const client of slow) {
        const wire = await Wire.to(target.port);
        await client.begin(wire);
        held.push({ client, wire });
      }
      extent.say(`${held.length} slow clients hold on to a connection each`);
      await sendOddRequests(target, extent, ledger, grid);
      await pipeline(target, ledger, grid);
      await churn(target, extent, ledger, grid);
      await stream(target, extent, ledger, grid);
      extent.say(`odd requests, pipelines and streams: ${target.peakMegabytes} MB at most`);
      if (toTheEnd) await Promise.all(held.map((one) => awaitEnd(one, ledger, grid)));
    });
    for (const { wire } of held) wire.end();
    ledger.count('slow clients', held.length);
    ledger.count('megabytes of memory at most', target.peakMegabytes);
    const unread = held.filter(({ client }) => client.name.includes('reads no')).length;
    if (target.peakMegabytes > MOST_MEGABYTES + unread * UNREAD_MEGABYTES)
      ledger.object(`the process took ${target.peakMegabytes} MB of memory`);
  } finally {
    await target.close(ledger);
  }
  return ledger.outcome(grid.rows);
}

async function awaitEnd(
  { client, wire }: { client: SlowClient; wire: Wire },
  ledger: Ledger,
  grid: Grid,
): Promise<void> {
  grid.count(client.name, 'connections');
  if (!(await wire.gone(PATIENCE_MS))) {
    ledger.harmed('hangs', `a client that ${client.name} keeps its connection`);
    return;
  }
  const [status] = wire.statuses;
  grid.count(client.name, status === undefined ? 'closed' : 'refused');
  if (client.end !== 'closed' && status !== client.end)
    ledger.harmed(
      'wrong',
      `a client that ${client.name} got ${status ?? 'nothing'}: ${wire.said.slice(0, 300)}`,
    );
}

async function sendOddRequests(target: Target, { share }: Extent, ledger: Ledger, grid: Grid): Promise<void> {
  const times = Math.max(1, Math.round(REPEATS * share));
  const all = Array.from({ length: times }, () => ODD_REQUESTS).flat();
  await inTurns(all, (odd) => sendOdd(target, odd, ledger, grid));
}

async function sendOdd(
  target: Target,
  { name, bytes }: OddRequest,
  ledger: Ledger,
  grid: Grid,
): Promise<void> {
  ledger.count('odd requests');
  const row = name.startsWith('the address')
    ? 'addresses that lead elsewhere'
    : 'requests that two servers read in two ways, or none';
  grid.count(row, 'connections');
  const wire = await Wire.to(target.port);
  await wire.send(bytes);
  // Only then: what comes behind an upgrade, or behind the last request, belongs to nobody.
  await wire.answered(1, PATIENCE_MS);
  if (!wire.isClosed && !bytes.includes('Connection: close')) await wire.send(LAST);
  // The limits for headers and bodies end it if nothing else does.
  if (!(await wire.gone(PATIENCE_MS))) ledger.harmed('hangs', `${name}: the connection stays`);
  wire.end();
  const [first, ...others] = wire.statuses;
  grid.count(row, first === undefined ? 'closed' : first < 400 ? 'answered' : 'refused');
  for (const status of wire.statuses) {
    if (status >= 500) ledger.harmed('unexpected5xx', `${name}: ${wire.said.slice(0, 500)}`);
  }
  if (others.length > 1 || wire.said.includes(SMUGGLED_PATH))
    ledger.harmed('wrong', `${name}: a request inside a request was answered: ${wire.said.slice(0, 1_000)}`);
  if (FILES.test(wire.said)) ledger.harmed('wrong', `${name}: gave a file: ${wire.said.slice(0, 300)}`);
  if (/\n {4}at |node_modules/.test(wire.said)) ledger.harmed('wrong', `${name}: ${wire.said.slice(0, 500)}`);
}

/** Many requests at once on one connection: the answers come in their order, and all of them. */
async function pipeline(target: Target, ledger: Ledger, grid: Grid): Promise<void> {
  const wire = await Wire.to(target.port);
  const ids = Array.from({ length: PIPELINED }, (_, at) => `pipelined-${at}`);
  const paths = ['/health/live', '/api/vehicles/dropdown/makes', '/nowhere', '/api/vehicles/decode/1AA'];
  const requests = ids.map(
    (id, at) =>
      `GET ${paths[at % paths.length]} HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\n${at === ids.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
  );
  await wire.send(requests.join(''));
  if (!(await wire.gone(PATIENCE_MS))) ledger.harmed('hangs', 'a pipeline of requests');
  const answered = Array.from(wire.said.matchAll(/^X-Request-Id: (.*)\r$/gim), ([, id]) => id);
  if (answered.join() !== ids.join())
    ledger.harmed('wrong', `pipelined requests are answered in another order: ${answered.slice(0, 10)}`);
  ledger.count('pipelined requests', ids.length);
  grid.count('pipelined requests', 'connections');
  grid.count('pipelined requests', 'answered', answered.length);
}

/** Connections that break off in the middle, one after the other. */
async function churn(target: Target, { share }: Extent, ledger: Ledger, grid: Grid): Promise<void> {
  const all = Array.from(
    { length: Math.max(40, Math.round(4_000 * share)) },
    (_, at) => ODD_REQUESTS[at % ODD_REQUESTS.length],
  );
  await inTurns(all, async (odd) => {
    const wire = await Wire.to(target.port);
    void wire.send(odd?.bytes ?? LAST);
    wire.socket.resetAndDestroy();
    await wire.closed;
    grid.count('connections that are reset', 'connections');
  });
  ledger.count('connections reset', all.length);
}

async function stream(target: Target, { share }: Extent, ledger: Ledger, grid: Grid): Promise<void> {
  const megabytes = Math.max(4, Math.round(LINE_MEGABYTES * share));
  const thousands = Math.max(2, Math.round(STREAM_THOUSANDS * share));
  const [line, lines] = await Promise.all([
    endlessLine(target.port, megabytes),
    longStream(target.port, thousands),
  ]);
  for (const [name, wire] of [
    ['a line without end', line],
    ['lines without end', lines],
  ] as const) {
    grid.count(name, 'connections');
    if (!(await wire.gone(PATIENCE_MS))) ledger.harmed('hangs', `${name} in a stream`);
    grid.count(name, wire.said.endsWith('0\r\n\r\n') ? 'answered' : 'closed');
    if (!wire.said.endsWith('0\r\n\r\n')) ledger.harmed('wrong', `${name}: ${wire.said.slice(-300)}`);
  }
  if (!/line 1 is longer than 4096 characters/.test(line.said))
    ledger.harmed('wrong', `a line without end is answered: ${line.said.slice(0, 300)}`);
  ledger.count('megabytes in one line', megabytes);
  ledger.count('lines in one stream', thousands * 1_000);
}
