/** A standby dies and comes back. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Step, underLoad } from './step.ts';

/** Long enough for everything that goes by seconds to have noticed. */
const AWAY_MS = 6_000;

export const standby: Step = {
  name: 'standby',
  title: 'A standby killed (SIGKILL), started again after 6 s',
  run: (site) =>
    underLoad(site, {}, async () => {
      const node = site.nodes.standbys[0];
      if (node === undefined) throw new Error('there is no standby');
      const name = site.nameOf(node);
      const killed = performance.now();
      await node.cluster.kill();
      const noticed = await site.until(
        (all) =>
          all.every((one) =>
            one?.replicas.replicas.some((replica) => replica.name === name && replica.status === 'down'),
          ),
        killed,
      );
      await sleep(AWAY_MS);
      const started = performance.now();
      await node.cluster.start();
      const back = await site.untilWell(started);
      return {
        timings: [
          { what: 'left out by all servers', ms: noticed },
          { what: 'started again and asked by all servers', ms: back },
        ],
      };
    }),
};

export const away: Step = {
  name: 'away',
  title: 'The primary killed and a server restarted without it; the primary started again',
  run: (site) =>
    underLoad(site, {}, async () => {
      const { primary } = site.nodes;
      const program = site.servers[2];
      if (program === undefined) throw new Error('there are fewer than three servers');
      await primary.cluster.kill();
      await site.balancer.until(`primary/${primary.name}`, false);
      await program.service.stop();
      await site.balancer.until('servers/server3', false);
      const restarted = performance.now();
      await program.restart();
      await site.balancer.until('servers/server3', true);
      const served = performance.now() - restarted;
      await sleep(AWAY_MS);
      const started = performance.now();
      await primary.cluster.start();
      return {
        timings: [
          { what: 'the server asked again, without a primary', ms: served },
          { what: 'the primary started and used by all servers', ms: await site.untilWell(started) },
        ],
      };
    }),
};
