/** A rebuild that is asked for once, run by one worker, and seen by all. */

import { newestRun, runAfter, untilPublished, workerOf } from './rebuild.ts';
import { type Step, underLoad } from './step.ts';

export const publish: Step = {
  name: 'publish',
  title: 'A rebuild asked for once, with two workers, and published',
  run: (site) =>
    underLoad(site, {}, async () => {
      const before = await site.publishedVersion();
      const last = await newestRun(site);
      const published = untilPublished(site, before);
      await site.requestRebuild();
      const run = await runAfter(site, last.id);
      const timings = await published;
      const after = await newestRun(site);
      const objections: string[] = [];
      if (after.id !== run.id) objections.push(`${after.id - last.id} runs for one request`);
      if (workerOf(site, run) === undefined)
        objections.push(`run by ${run.worker}, which is no worker of ours`);
      return { timings, objections };
    }),
};
