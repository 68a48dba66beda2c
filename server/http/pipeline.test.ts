/** Requests that do not wait for the answers to the ones before, on real connections. */

import test from 'ava';
import { connectRaw, emptyRow, serveApp } from './testing/app.ts';

const asking = (path: string, times: number, last = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(times - 1) +
  `GET ${path} HTTP/1.1\r\nHost: x\r\n${last}\r\n`;

test('a connection has one place, whatever is sent on it; all of it is answered', async (t) => {
  const released = Promise.withResolvers<void>();
  const { port, ask } = await serveApp(t, {
    http: { maxRequests: 2 },
    query: async ({ name }) => {
      if (name === 'makes') await released.promise;
      return { rows: [emptyRow] };
    },
  });
  const { socket, closed } = connectRaw(t, port);
  socket.write(asking('/api/vehicles/dropdown/makes', 30, 'Connection: close\r\n'));
  t.is((await ask('/api/vehicles/dropdown/years')).status, 200, 'others are served');
  released.resolve();
  t.is((await closed).match(/HTTP\/1\.1 200 /g)?.length, 30);
});

test('more than a client can mean close the connection, and cost nobody anything', async (t) => {
  const { port, ask } = await serveApp(t, { http: { maxRequests: 2 } });
  const { socket, closed } = connectRaw(t, port);
  socket.write(asking('/api/vehicles/dropdown/makes', 1_500));
  t.true(((await closed).match(/HTTP\/1\.1 /g)?.length ?? 0) <= 33);
  t.is((await ask('/api/vehicles/dropdown/makes')).status, 200);
});
