import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { findProgram } from '../setup/programs.ts';
import { streamVins } from './ndjson.ts';
import { runWrk } from './wrk.ts';

const patience = (): AbortSignal => AbortSignal.timeout(60_000);
const vins = Array.from({ length: 450 }, (_, index) => `1HGCM82633A${String(index).padStart(6, '0')}`);

async function serve(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function vinFile(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-bench-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'vins.txt');
  writeFileSync(file, vins.join('\n'));
  return file;
}

test('NDJSON: every VIN is sent as a line and every answer is read', async (t) => {
  let sent = '';
  const url = await serve(t, (req, res) => {
    req.setEncoding('utf8').on('data', (text: string) => {
      sent += text;
      res.write(text);
    });
    req.once('end', () => res.end());
  });
  t.true((await streamVins(url, vinFile(t), vins.length, patience())) > 0);
  t.deepEqual(
    sent.trimEnd().split('\n'),
    vins.map((vin) => JSON.stringify({ vin })),
  );
});

test('NDJSON: a route that is not there, and one that loses answers, are failures', async (t) => {
  const missing = await serve(t, (_req, res) => res.writeHead(404).end('no'));
  await t.throwsAsync(streamVins(missing, vinFile(t), vins.length, patience()), {
    message: /answered with 404/,
  });
  const short = await serve(t, (req, res) => {
    req.resume().once('end', () => res.end('{}\n{}\n'));
  });
  await t.throwsAsync(streamVins(short, vinFile(t), vins.length, patience()), {
    message: /450 VINs .* gives 2 lines/,
  });
});

const wrk = findProgram('wrk');
const withWrk = wrk === null ? test.skip : test;

const connections = 16;

withWrk('wrk: asks for every VIN of a file once, then ends', async (t) => {
  const asked: string[] = [];
  const url = await serve(t, (req, res) => {
    asked.push(req.url ?? '');
    res.writeHead(req.url?.startsWith('/vin/') ? 200 : 404).end('{}');
  });
  const file = vinFile(t);
  const load = await runWrk(wrk ?? '', url, 20, patience(), {
    connections,
    vins: { file, from: 50, prefix: '/vin/', mode: 'once' },
  });
  t.true(load.rate > 0 && load.p50 <= load.p99 && load.p99 <= load.p999);
  // wrk makes the first request for itself, to see what is in it, and never sends that. When the file is used up,
  // other connections may ask for the last VIN once more.
  const expected = vins.slice(51).map((vin) => `/vin/${vin}`);
  t.deepEqual([...new Set(asked)].sort(), expected);
  t.true(asked.length < expected.length + connections);
});

withWrk('wrk: goes through a file again and again, or asks for one path', async (t) => {
  const asked = new Set<string>();
  const url = await serve(t, (req, res) => {
    asked.add(req.url ?? '');
    res.end('{}');
  });
  const again = { file: vinFile(t), from: 440, prefix: '/vin/', mode: 'again' } as const;
  const { requests } = await runWrk(wrk ?? '', url, 1, patience(), { connections, vins: again });
  t.true(requests > 10);
  t.is(asked.size, 10);
  asked.clear();
  await runWrk(wrk ?? '', `${url}/path?q=1`, 1, patience(), { connections });
  t.deepEqual([...asked], ['/path?q=1']);
});

withWrk('wrk: failed requests are a failure', async (t) => {
  const url = await serve(t, (_req, res) => res.writeHead(500).end());
  await t.throwsAsync(runWrk(wrk ?? '', url, 1, patience(), { connections }), {
    message: /requests to .* failed/,
  });
});
