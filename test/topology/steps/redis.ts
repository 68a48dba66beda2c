/** One master of the Redis Cluster dies and comes back, empty. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Step, underLoad } from './step.ts';

const AWAY_MS = 6_000;

export const redis: Step = {
  name: 'redis',
  title: 'One of three Redis masters killed (SIGKILL), started again, empty, after 6 s',
  run: (site) =>
    underLoad(site, {}, async () => {
      const [victim] = site.redis.servers;
      if (victim === undefined) throw new Error('there is no Redis');
      await victim.kill();
      await sleep(AWAY_MS);
      const started = performance.now();
      await victim.restart();
      return {
        timings: [{ what: 'started again and used by all servers', ms: await site.untilWell(started) }],
      };
    }),
};
