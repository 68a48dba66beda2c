import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { Failure } from '../failure.ts';
import { checkPort, listen } from './port.ts';
import { Teardown } from './teardown.ts';

test('teardown closes in reverse order, once, in spite of failures', async (t) => {
  const closed: number[] = [];
  const teardown = new Teardown();
  for (const step of [1, 2, 3]) {
    teardown.add(async () => {
      closed.push(step);
      if (step === 2) throw new Error('two');
    });
  }
  const [errors] = await Promise.all([teardown.run(), teardown.run()]);
  t.deepEqual(closed, [3, 2, 1]);
  t.deepEqual(errors, [new Error('two')]);
});

test('a port that is taken, one that is free, an address of another machine', async (t) => {
  const server = createServer();
  const url = await listen(server, '127.0.0.1', 0);
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  t.is(url, `http://127.0.0.1:${port}`);
  await t.throwsAsync(checkPort('127.0.0.1', port), {
    instanceOf: Failure,
    message: /is in use: stop the program/,
  });
  await t.throwsAsync(listen(createServer(), '127.0.0.1', port), { instanceOf: Failure });
  await t.notThrowsAsync(checkPort('127.0.0.1', 0));
  await t.throwsAsync(checkPort('192.0.2.1', 0), { message: /is no address of this machine: set HOST/ });
});
