import test from 'ava';
import { startEmbedded18 } from '../test/harness/servers.ts';
import { KillScene, type Victim } from './testing/kills.ts';

/** Parts of the time that a run takes: while it loads, compiles, and checks. */
const moments: readonly [victim: Victim, part: number][] = [
  ['worker', 0.05],
  ['worker', 0.4],
  ['worker', 0.8],
  ['postgres', 0.05],
  ['postgres', 0.4],
  ['postgres', 0.8],
];

// On one version: where a run is cut off decides, and etl/rebuild.test.ts kills one on each.
test('kill -9 in the middle, the release stays and the next run succeeds', async (t) => {
  // Its own: nobody else's tests should meet a crash.
  const server = await startEmbedded18();
  t.teardown(() => server.stop());
  const scene = await KillScene.open(server);
  t.teardown(() => scene.close());
  for (const [victim, part] of moments) {
    const killed = await scene.kill(victim, part);
    t.log(killed);
    t.true(['published', 'running', 'compiled', 'checked', 'failed'].includes(killed.status));
  }
});
