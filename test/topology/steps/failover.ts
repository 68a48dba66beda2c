/** The primary dies, a standby takes its place, and everything goes on. */

import { newestRun, runAfter, untilPublished } from './rebuild.ts';
import { type Step, type Timing, underLoad } from './step.ts';

export const failover: Step = {
  name: 'failover',
  title:
    'The primary killed, a standby promoted, the other following it, the old primary rewound and taken back; then a rebuild',
  run: (site) =>
    underLoad(site, {}, async () => {
      const timings: Timing[] = [];
      const old = site.nodes.primary;
      const killed = performance.now();
      await old.cluster.kill();
      // What an operator's software does when its checks have failed; ours waits for the balancer to have noticed.
      await site.balancer.until(`primary/${old.name}`, false);
      timings.push({ what: 'the balancer has noticed', ms: performance.now() - killed });
      const { name } = await site.nodes.promote();
      timings.push({ what: `${name} promoted`, ms: performance.now() - killed });
      await site.balancer.until(`primary/${name}`, true);
      const reached = await site.until(
        (all) => all.every((one) => one?.platformDatabase.status === 'up'),
        killed,
      );
      timings.push({ what: 'reached by all servers', ms: reached });
      const rewound = performance.now();
      await site.nodes.rejoin(old);
      timings.push({
        what: 'the old primary back as a standby that is asked',
        ms: await site.untilWell(rewound),
      });
      const last = await newestRun(site);
      const before = await site.publishedVersion();
      const published = untilPublished(site, before);
      const asked = performance.now();
      await site.requestRebuild();
      await runAfter(site, last.id);
      timings.push({ what: 'a rebuild begun after it was asked for', ms: performance.now() - asked });
      const seen = await published;
      return { timings: [...timings, ...seen.slice(0, 1)] };
    }),
};
