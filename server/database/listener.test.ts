import test from 'ava';
import pg from 'pg';
import { layCable } from '../../test/harness/cable.ts';
import { testServers } from '../../test/harness/databases.ts';
import { until } from '../../test/harness/until.ts';
import { Listener } from './listener.ts';

for (const { version, app } of testServers()) {
  test(`PostgreSQL ${version}: a listener whose other end is silent hangs up, and hears again afterwards`, async (t) => {
    const cable = await layCable(app);
    const admin = new pg.Client(app);
    await admin.connect();
    const channel = `listener_test_${version}`;
    const heard: string[] = [];
    /** Says it again where nobody listened: a machine that stands still looks like a line that is silent. */
    const tell = (payload: string): Promise<void> =>
      until(async () => {
        await admin.query('select pg_notify($1, $2)', [channel, payload]);
        return heard.includes(payload);
      });
    /** How it ended, once both ends were there. */
    const last = (): string | undefined => heard.findLast((word) => word === 'up' || word === 'down');
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
    cable.silence();
    await until(() => last() === 'down');
    // Its own socket is gone, and those of the attempts since: the cable has none that waits for a goodbye.
    await until(() => cable.attached === 0);
    cable.resume();
    await tell('two');
    const states = heard.filter((word) => word === 'up' || word === 'down');
    t.deepEqual(
      states,
      states.map((_, index) => (index % 2 === 0 ? 'up' : 'down')),
      'each once, in turn',
    );
    const [one, two] = [heard.indexOf('one'), heard.indexOf('two')];
    t.true(heard.slice(one, two).includes('down') && last() === 'up', heard.join());
  });
}
