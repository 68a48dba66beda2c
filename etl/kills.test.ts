import test from 'ava';
import { hasDebian15, type RunningServer, startDebian15, startEmbedded18 } from '../test/harness/servers.ts';
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

const servers: [version: number, start: () => Promise<RunningServer>][] = [
  [18, startEmbedded18],
  ...(hasDebian15() ? [[15, startDebian15] as [number, () => Promise<RunningServer>]] : []),
];

for (const [version, start] of servers) {
  test(`PostgreSQL ${version}: kill -9 in the middle, the release stays and the next run succeeds`, async (t) => {
    // Its own: nobody else's tests should meet a crash.
    const server = await start();
    t.teardown(() => server.stop());
    const scene = await KillScene.open(server);
    t.teardown(() => scene.close());
    for (const [victim, part] of moments) {
      const killed = await scene.kill(victim, part);
      t.log(killed);
      t.true(['published', 'running', 'compiled', 'checked', 'failed'].includes(killed.status));
    }
  });
}
