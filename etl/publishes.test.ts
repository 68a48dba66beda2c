import test from 'ava';
import { hasDebian15, type RunningServer, startDebian15, startEmbedded18 } from '../test/harness/servers.ts';
import { PublishScene } from './testing/publishes.ts';

const servers: [version: number, start: () => Promise<RunningServer>][] = [
  [18, startEmbedded18],
  ...(hasDebian15() ? [[15, startDebian15] as [number, () => Promise<RunningServer>]] : []),
];

for (const [version, start] of servers) {
  test(`PostgreSQL ${version}: no request fails while releases are published and taken back`, async (t) => {
    const server = await start();
    t.teardown(() => server.stop());
    const scene = await PublishScene.open(server);
    t.teardown(() => scene.close());
    const served = await scene.serve({ publishes: 3, requests: 2_000 });
    t.log(served);
    t.like(served, { publishes: 3, rollbacks: 3 });
    t.true(served.requests >= 2_000 && served.hits > 0 && served.hits < served.requests);
  });
}
