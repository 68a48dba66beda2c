/** The service is stopped while clients ask it: everyone who was let in is answered. */

// needs: fixture

import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { connectRaw } from '../../server/http/testing/app.ts';
import { type TestServer, testServers } from '../harness/databases.ts';
import { Service } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const CLIENTS = 8;

async function start(t: ExecutionContext, server: TestServer, more: Record<string, string> = {}) {
  const service = new Service({
    PORT: '0',
    DATA_DIR: '/nowhere',
    PLATFORM_DATABASE_URL: server.fixture ?? '',
    DATABASE_URL: server.app,
    WORKER: 'off',
    ...more,
  });
  t.teardown(async () => {
    if (!service.hasEnded) await service.stop('SIGKILL');
  });
  return { service, url: await service.listening() };
}

/** What a client with open connections meets until it is told to go, and nothing answers it elsewhere. */
async function askUntilTold(url: string): Promise<{ answered: number; failed: string[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let answered = 0;
  try {
    for (;;) {
      const reply = await send(request(`${url}/api/vehicles/dropdown/years`, { agent }).end());
      await text(reply);
      if (reply.statusCode !== 200) return { answered, failed: [String(reply.statusCode)] };
      answered += 1;
      if (reply.headers.connection === 'close') return { answered, failed: [] };
    }
  } catch (error) {
    return { answered, failed: [String(error)] };
  } finally {
    agent.destroy();
  }
}

async function send(call: ClientRequest): Promise<IncomingMessage> {
  const [reply] = await once(call, 'response');
  return reply;
}

// On one version: it is this program that is stopped.
for (const server of testServers().slice(0, 1)) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  test(title('stopped under load: no client with an open connection meets a failure'), async (t) => {
    const { service, url } = await start(t, server);
    const clients = Array.from({ length: CLIENTS }, () => askUntilTold(url));
    const stream = request(`${url}/api/vehicles/decode`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
    });
    stream.write('1HGCM82633A004352\n'.repeat(300));
    // Its head comes with the first lines.
    const streaming = text(await send(stream));
    const slow = connectRaw(t, Number(new URL(url).port));
    slow.socket.write('POST /api/vehicles/decode HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    slow.socket.write('Content-Length: 30\r\n\r\n{"vins":');

    service.child.kill('SIGTERM');
    const all = await Promise.all(clients);
    t.deepEqual(
      all.flatMap(({ failed }) => failed),
      [],
    );
    t.true(all.every(({ answered }) => answered > 0));
    slow.socket.write('["1HGCM82633A004352"]');
    slow.socket.write('}');
    stream.end('1HGCM82633A004352\n');
    const lines = (await streaming).trim().split('\n');
    t.is(lines.length, 301, 'the stream is answered to its end');
    const answer = await slow.closed;
    t.regex(answer, /^HTTP\/1\.1 200 /);
    t.regex(answer, /\r\nConnection: close\r\n/i);
    t.is(await service.ended(), 0);
  });

  test(title('stopped with SHUTDOWN_DELAY: not ready at once, and serving until it is over'), async (t) => {
    /** False where this machine stood still for all of the delay. */
    const stops = async (): Promise<boolean> => {
      const { service, url } = await start(t, server, { SHUTDOWN_DELAY: '1s' });
      await until(async () => (await fetch(`${url}/health/ready`)).status === 200);
      const begun = performance.now();
      service.child.kill('SIGTERM');
      /** Null when it is over. */
      const ask = (path: string): Promise<Response | null> =>
        fetch(url + path).catch((error: unknown) => {
          if (performance.now() - begun < 1_000) throw error;
          return null;
        });
      let ready = await ask('/health/ready');
      while (ready?.status === 200) ready = await ask('/health/ready');
      const served = await ask('/api/vehicles/dropdown/years');
      t.is(await service.ended(), 0);
      t.true(performance.now() - begun >= 1_000);
      if (ready === null || served === null) return false;
      t.is(ready.status, 503);
      t.regex(await ready.text(), /is being stopped/);
      t.is(served.status, 200);
      return true;
    };
    await until(stops);
  });

  test(title('stopped with a client that never ends: cut off after SHUTDOWN_TIMEOUT'), async (t) => {
    const { service, url } = await start(t, server, { SHUTDOWN_TIMEOUT: '1s' });
    const stream = request(`${url}/api/vehicles/decode`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
    });
    stream.on('error', () => undefined);
    stream.write('1HGCM82633A004352\n'.repeat(300));
    const reply = await send(stream);
    service.child.kill('SIGTERM');
    await t.throwsAsync(text(reply), undefined, 'its client learns that it has not the whole');
    t.is(await service.ended(), 0);
  });
}
