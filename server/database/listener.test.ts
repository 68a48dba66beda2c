import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import pg from 'pg';
import { layCable } from '../../test/harness/cable.ts';
import { testServers } from '../../test/harness/databases.ts';
import { Listener } from './listener.ts';

for (const { version, app } of testServers()) {
  test(`PostgreSQL ${version}: a listener whose other end is silent hangs up, and hears again afterwards`, async (t) => {
    const cable = await layCable(app);
    const admin = new pg.Client(app);
    await admin.connect();
    const channel = `listener_test_${version}`;
    const heard: string[] = [];
    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await sleep(5);
    };
    const tell = (payload: string): Promise<unknown> =>
      admin.query('select pg_notify($1, $2)', [channel, payload]);
    const listener = new Listener({
      connection: { connectionString: cable.url },
      channel,
      logger: { info: () => undefined, warn: () => undefined },
      onNotification: (payload) => heard.push(payload),
      onUp: () => heard.push('up'),
      onDown: () => heard.push('down'),
      checkMs: 50,
    });
    t.teardown(async () => {
      await listener.close();
      await admin.end();
      await cable.close();
    });
    await listener.start();
    await tell('one');
    await until(() => heard.includes('one'));
    cable.silence();
    await until(() => heard.includes('down'));
    // Its own socket is gone, and those of the attempts since: the cable has none that waits for a goodbye.
    await until(() => cable.attached === 0);
    cable.resume();
    await until(() => heard.filter((word) => word === 'up').length === 2);
    await tell('two');
    await until(() => heard.includes('two'));
    t.deepEqual(heard, ['up', 'one', 'down', 'up', 'two']);
  });
}
