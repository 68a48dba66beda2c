import test from 'ava';
import { startEmbedded18 } from '../test/harness/servers.ts';
import { PublishScene } from './testing/publishes.ts';

// On one version: test/e2e/cache.test.ts publishes on each.
test('no request fails while releases are published and taken back', async (t) => {
  const server = await startEmbedded18();
  t.teardown(() => server.stop());
  const scene = await PublishScene.open(server);
  t.teardown(() => scene.close());
  const served = await scene.serve({ publishes: 3, requests: 2_000 });
  t.log(served);
  t.like(served, { publishes: 3, rollbacks: 3 });
  t.true(served.requests >= 2_000 && served.hits > 0 && served.hits < served.requests);
});
