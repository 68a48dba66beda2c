/** A server dies; a worker dies while it rebuilds; servers are restarted one after the other. */

import { setTimeout as sleep } from 'node:timers/promises';
import { newestRun, runAfter, untilPublished, workerOf } from './rebuild.ts';
import { type Step, type Timing, underLoad } from './step.ts';

/** As long as whoever runs processes takes to notice and to start another. */
const AWAY_MS = 3_000;

export const server: Step = {
  name: 'server',
  title: 'A server killed (SIGKILL), started again after 3 s',
  run: (site) =>
    underLoad(site, {}, async () => {
      const [program] = site.servers;
      if (program === undefined) throw new Error('there is no server');
      const killed = performance.now();
      await program.service.stop('SIGKILL');
      await site.balancer.until('servers/server1', false);
      const noticed = performance.now() - killed;
      await sleep(AWAY_MS);
      const started = performance.now();
      await program.restart();
      await site.balancer.until('servers/server1', true);
      return {
        timings: [
          { what: 'taken out by the balancer', ms: noticed },
          { what: 'started again and asked', ms: performance.now() - started },
        ],
      };
    }),
};

export const worker: Step = {
  name: 'worker',
  title: 'A worker killed (SIGKILL) while it rebuilds; the other one takes over',
  run: (site) =>
    underLoad(site, {}, async () => {
      const last = await newestRun(site);
      const before = await site.publishedVersion();
      const published = untilPublished(site, before);
      await site.requestRebuild();
      const run = await runAfter(site, last.id);
      const victim = workerOf(site, run);
      if (victim === undefined) throw new Error(`run by ${run.worker}, which is no worker of ours`);
      await sleep(AWAY_MS);
      const killed = performance.now();
      await victim.service.stop('SIGKILL');
      const next = await runAfter(site, run.id);
      const taken = performance.now() - killed;
      const other = workerOf(site, next);
      const timings = await published;
      const done = performance.now() - killed;
      await victim.restart();
      return {
        timings: [
          { what: 'the rebuild begun again by the other worker', ms: taken },
          { what: 'published', ms: done },
          ...timings.slice(0, 1),
        ],
        objections: other === undefined || other === victim ? [`taken over by ${next.worker}`] : [],
      };
    }),
};

export const rolling: Step = {
  name: 'rolling',
  title: 'All servers restarted one after the other (SIGTERM)',
  run: (site) =>
    underLoad(site, {}, async () => {
      const timings: Timing[] = [];
      const objections: string[] = [];
      for (const [index, program] of site.servers.entries()) {
        const name = `server${index + 1}`;
        const begun = performance.now();
        const code = await program.service.stop();
        if (code !== 0) objections.push(`${name} ended with ${code}`);
        await site.balancer.until(`servers/${name}`, false);
        await program.restart();
        await site.balancer.until(`servers/${name}`, true);
        timings.push({ what: name, ms: performance.now() - begun });
      }
      return { timings, objections };
    }),
};
