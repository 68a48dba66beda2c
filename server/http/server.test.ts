/** The server's limits, met by real connections that are slow, silent or too many. */

import { once } from 'node:events';
import test from 'ava';
import express, { type Request, type Response } from 'express';
import { pino } from 'pino';
import { until } from '../../test/harness/until.ts';
import { timely } from './body.ts';
import { errorHandler } from './error-handler.ts';
import { endRest } from './rest-of-body.ts';
import { connectRaw, serve } from './testing/app.ts';

const app = express();
app.get('/', (_req: Request, res: Response) => {
  res.send('here');
});
app.post('/', timely(express.json(), 300), (req: Request, res: Response) => {
  res.json(req.body);
});
app.post('/stream', (req: Request, res: Response) => {
  res.writeHead(200);
  req.pipe(res);
});
app.post('/refused', (req: Request, res: Response) => {
  res.once('close', () => endRest(req, 300));
  res.sendStatus(404);
});
app.use(errorHandler(pino({ level: 'silent' })));

const quick = { headersMs: 300, checkMs: 50, keepAliveMs: 200, idleMs: 5_000 };

test('headers that trickle in are not waited for, however steadily they do', async (t) => {
  const { port, ask } = await serve(t, app, quick);
  await until(async () => {
    const { socket, closed } = connectRaw(t, port);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    let sent = 0;
    const trickle = setInterval(() => {
      sent += 1;
      socket.write(`X-${sent}: a\r\n`);
    }, 20);
    const text = await closed;
    clearInterval(trickle);
    t.regex(text, /^HTTP\/1\.1 408 /);
    t.regex(text, /"error":"request-timeout"/);
    // Once more, where this machine stood still meanwhile.
    return sent > 5;
  });
  t.is((await ask('/')).status, 200, 'others are served meanwhile and after');
});

test('a connection that never says anything is closed', async (t) => {
  const { port } = await serve(t, app, { ...quick, idleMs: 200 });
  const { closed } = connectRaw(t, port);
  t.is(await closed, '');
});

test('a body that trickles in is a 408, and its connection ends', async (t) => {
  const { port } = await serve(t, app, quick);
  const { socket, closed } = connectRaw(t, port);
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[',
  );
  const trickle = setInterval(() => socket.write(' '), 20);
  const text = await closed;
  clearInterval(trickle);
  t.regex(text, /^HTTP\/1\.1 408 /);
  t.regex(text, /\r\nConnection: close\r\n/i);
  t.regex(text, /"error":"request-timeout"/);
});

test('who is refused may not go on sending', async (t) => {
  const { port } = await serve(t, app, quick);
  const { socket, closed } = connectRaw(t, port);
  socket.write('POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n');
  const trickle = setInterval(() => socket.write(' '), 20);
  const text = await closed;
  clearInterval(trickle);
  t.regex(text, /^HTTP\/1\.1 404 /);
});

test('who is refused and ends the body may ask again on the same connection', async (t) => {
  const { port } = await serve(t, app, { ...quick, keepAliveMs: 60_000 });
  const { socket, closed } = connectRaw(t, port);
  socket.write('POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n');
  await once(socket, 'data');
  socket.write('body');
  // Longer than what is waited for a body that does not end.
  await new Promise((resolve) => setTimeout(resolve, 600));
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  t.regex(await closed, /HTTP\/1\.1 200 /);
});

test('a stream may trickle as long as it likes, but not stand still', async (t) => {
  const { port } = await serve(t, app, { ...quick, idleMs: 400 });
  let text = '';
  await until(async () => {
    const { socket, closed } = connectRaw(t, port);
    const isCut = closed.then(() => true);
    socket.write('POST /stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let sent = 0; sent < 10; sent += 1) {
      socket.write('1\r\na\r\n');
      // Once more, where this machine stood still, which is standing still as well.
      if (await Promise.race([once(socket, 'data').then(() => false), isCut])) return false;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    text = await closed;
    return true;
  });
  t.is(text.match(/\r\na\r\n/g)?.length, 10);
  t.false(text.includes('\r\n0\r\n'), 'cut off, not ended');
});

test('a connection waits for the next request, and then goes', async (t) => {
  const { port } = await serve(t, app, quick);
  let [text, begun] = ['', 0];
  await until(async () => {
    const { socket, closed } = connectRaw(t, port);
    const isGone = closed.then(() => true);
    for (let asked = 0; asked < 3; asked += 1) {
      begun = performance.now();
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      // Once more, where this machine stood still for longer than it waits.
      if (await Promise.race([once(socket, 'data').then(() => false), isGone])) return false;
    }
    text = await closed;
    return true;
  });
  t.is(text.match(/HTTP\/1\.1 200 /g)?.length, 3);
  t.true(performance.now() - begun >= 190);
});

test('so many connections and no more', async (t) => {
  const { port, server } = await serve(t, app, { idleMs: 60_000, maxConnections: 2 });
  const first = connectRaw(t, port);
  const second = connectRaw(t, port);
  await Promise.all([once(first.socket, 'connect'), once(second.socket, 'connect')]);
  const dropped = once(server, 'drop');
  const third = connectRaw(t, port);
  t.is(await third.closed, '');
  await dropped;
  first.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await once(first.socket, 'data');
  t.regex(String(answer), /^HTTP\/1\.1 200 /, 'those that are there are served');
});

test('headers beyond the limit are refused', async (t) => {
  const { port } = await serve(t, app, quick);
  const { socket, closed } = connectRaw(t, port);
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(70_000)}\r\n\r\n`);
  const text = await closed;
  t.regex(text, /^HTTP\/1\.1 431 /);
  t.regex(text, /"error":"headers-too-large"/);
});

for (const [what, request] of [
  ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
] as const) {
  test(`what cannot be read is refused by a problem document, and the connection closed: ${what}`, async (t) => {
    const { port } = await serve(t, app, quick);
    const { socket, closed } = connectRaw(t, port);
    socket.write(request);
    const [head = '', body = ''] = (await closed).split('\r\n\r\n');
    t.regex(head, /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    t.regex(head, /\r\nConnection: close/);
    t.like(JSON.parse(body), { error: 'bad-request', detail: 'this cannot be read as an HTTP request' });
  });
}

test('an expectation that nobody knows is passed over', async (t) => {
  const { port } = await serve(t, app, quick);
  const { socket, closed } = connectRaw(t, port);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\nConnection: close\r\n\r\n');
  t.regex(await closed, /^HTTP\/1\.1 200 /);
});
