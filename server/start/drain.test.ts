/** How serving ends, with connections in every state. */

import { once } from 'node:events';
import { Agent, request } from 'node:http';
import test from 'ava';
import express, { type Request, type Response } from 'express';
import { until } from '../../test/harness/until.ts';
import { connectRaw, serve } from '../http/testing/app.ts';
import { Traffic } from '../http/traffic.ts';
import { drain } from './drain.ts';

/** An app whose answers wait to be let go, and the first words of whose streams do not. */
function waitingApp() {
  const traffic = new Traffic();
  const open = Promise.withResolvers<void>();
  const app = express();
  app.use((_req, res, next) => {
    traffic.begin(res);
    res.on('close', () => traffic.end(res));
    next();
  });
  app.get('/quick', (_req: Request, res: Response) => void res.send('quick'));
  app.get('/wait', async (_req: Request, res: Response) => {
    await open.promise;
    res.send('answered');
  });
  app.get('/stream', async (_req: Request, res: Response) => {
    res.write('begun ');
    await open.promise;
    res.end('ended');
  });
  return { app, traffic, open: open.resolve };
}

const TIMES = { delayMs: 0, timeoutMs: 10_000 };

test('requests under way are answered and told that their connection ends; new ones are refused', async (t) => {
  const { app, traffic, open } = waitingApp();
  const { base, server } = await serve(t, app);
  const waiting = fetch(`${base}/wait`);
  await once(server, 'request');
  const streaming = await fetch(`${base}/stream`);
  const drained = drain(server, { traffic, ...TIMES });
  t.true(traffic.isClosing);
  while (server.listening) await new Promise((resolve) => setImmediate(resolve));
  await t.throwsAsync(fetch(`${base}/quick`));
  open();
  const reply = await waiting;
  t.is(reply.headers.get('connection'), 'close');
  t.is(await reply.text(), 'answered');
  t.is(await streaming.text(), 'begun ended');
  await drained;
});

test('while load balancers look away everything is served, each answer being the last of its connection', async (t) => {
  const serveOn = async (): Promise<boolean> => {
    const { app, traffic } = waitingApp();
    const { base, port, server } = await serve(t, app);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.teardown(() => agent.destroy());
    const ask = async (): Promise<string | undefined> => {
      const call = request(`${base}/quick`, { agent }).end();
      const [reply] = await once(call, 'response');
      await once(reply.resume(), 'end');
      return reply.headers.connection;
    };
    t.is(await ask(), 'keep-alive');
    const idle = connectRaw(t, port);
    await once(idle.socket, 'connect');
    const begun = performance.now();
    const drained = drain(server, { traffic, delayMs: 600, timeoutMs: 10_000 });
    let served = 0;
    while (server.listening && performance.now() - begun < 500) {
      const connection = await ask().catch((error: unknown) => {
        if (server.listening) throw error;
        return null;
      });
      if (connection === null) break;
      t.is(connection, 'close');
      served += 1;
    }
    t.is(await idle.closed, '', 'who says nothing is closed at the end of it');
    await drained;
    t.true(performance.now() - begun >= 590);
    return served > 3;
  };
  // Another server, where this machine stood still for the time of the first.
  await until(serveOn);
});

test('what takes too long is cut off', async (t) => {
  const { app, traffic } = waitingApp();
  const { base, server } = await serve(t, app);
  const reply = await fetch(`${base}/stream`);
  await drain(server, { traffic, delayMs: 0, timeoutMs: 300 });
  await t.throwsAsync(reply.text());
});

test('a server that nobody is connected to is gone at once', async (t) => {
  const { app, traffic } = waitingApp();
  const { server } = await serve(t, app);
  // Whoever waited would do so for longer than this test may take.
  await drain(server, { traffic, delayMs: 0, timeoutMs: 3_600_000 });
  t.false(server.listening);
  await drain(server, { traffic, ...TIMES });
});
