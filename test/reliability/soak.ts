/** Half an hour of everything at once. */

import { askAll, askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import { Tally } from './scene/tally.ts';
import { lookAt, trendsOf, type Vitals } from './scene/vitals.ts';
import type { Extent, Outcome, Section } from './section.ts';

const MINUTES = 30;
const LOOK_MS = 5_000;

/** At the most that it can; short of it, queues stay short. */
const SHARE_OF_MOST = 0.7;
const CLIENTS = 24;

/** Questions that may be open at once: more of them say that it does not keep up. */
const OPEN = 500;

/** The share that may not have been asked for that reason: a machine that stood still for a moment is no fault of the service. */
const SKIPPED = 0.001;

/** How much worse the slowest answers may be at the end than in the beginning. */
const WORSE = { times: 1.5, ms: 5 };

/** Less than this says nothing about a percentile. */
const JUDGED_MS = 60_000;

export const soak: Section = {
  name: 'soak',
  title: 'Half an hour of everything',
  about:
    'Known decodes, decodes that nobody has asked for, lists as JSON and NDJSON, dropdowns, the vPIC drop-in, users who add, change and remove vehicles, metrics, health and ' +
    'the page, at 70 % of what the same clients get out of it at most, which is measured first. Shown: nothing grows over the second half in the server, its worker or ' +
    'the databases (a cache of 16 MiB, full long before), and the slowest answers of the last third are no slower than those of the first.',
  run: async (extent) => {
    const env = { CACHE_MAX_MIB: '16' };
    // As in production: a soak without it would measure tables that nobody cleans.
    const settings = ['autovacuum=on'];
    const scene = await Scene.open({ name: 'soak', extent, connections: OPEN, env, settings });
    try {
      return await run(scene, extent);
    } finally {
      await scene.close();
    }
  },
};

async function run(scene: Scene, { share, say }: Extent): Promise<Outcome> {
  const ms = MINUTES * 60_000 * share;
  await askAll(CLIENTS, ms / 60, () => scene.mix.ask());
  const most = await mostPerSecond(scene, ms / 20);
  const perSecond = Math.max(1, Math.floor(most * SHARE_OF_MOST));
  say(
    `${Math.round(most)} requests a second at most, ${perSecond} from here on for ${Math.round(ms / 1_000)} s`,
  );

  const looks: { at: number; vitals: Vitals }[] = [];
  let isOver = false;
  const watching = (async () => {
    for (let next = performance.now(); !isOver; next += LOOK_MS) {
      const reply = await fetch(`${scene.stage.service.url}/metrics`);
      looks.push({
        at: performance.now(),
        vitals: lookAt(scene.stage, await reply.text(), scene.client.connected),
      });
      while (!isOver && performance.now() < next + LOOK_MS)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const thirds: Tally[] = [];
  let skipped = 0;
  try {
    for (const name of ['first', 'second', 'last']) {
      const third = new Tally();
      thirds.push(third);
      scene.client.tally = third;
      const paced = await askPaced({ perSecond, ms: ms / 3, open: OPEN }, (due) => scene.mix.ask(due));
      skipped += paced.skipped;
      say(
        `${name} third: ${third.requests} requests, p50 ${third.percentile(50)} ms, p99 ${third.percentile(99)} ms`,
      );
    }
  } finally {
    isOver = true;
    await watching;
  }
  scene.client.tally = scene.tally;
  for (const third of thirds) scene.tally.addAll(third);
  await scene.verify();
  const { rows, leaks } = trendsOf(looks);
  const [first, , last] = thirds.map((third) => third.percentile(99));
  const objections = [...leaks];
  if (ms / 3 >= JUDGED_MS && (last ?? 0) > (first ?? 0) * WORSE.times + WORSE.ms) {
    objections.push(`p99 went from ${first} ms in the first third to ${last} ms in the last`);
  }
  if (skipped > ((ms * perSecond) / 1_000) * SKIPPED)
    objections.push(`${skipped} questions were not asked: ${OPEN} were open already`);
  return scene.outcome(
    rows,
    {
      'requests a second at most': Math.round(most),
      'requests a second in the soak': perSecond,
      'ms for 99 % of the first third': first ?? 0,
      'ms for 99 % of the last third': last ?? 0,
    },
    objections,
  );
}

/** What clients get out of it that ask again as soon as they have an answer. */
async function mostPerSecond(scene: Scene, ms: number): Promise<number> {
  const before = scene.tally.requests;
  const begun = performance.now();
  await askAll(CLIENTS, ms, () => scene.mix.ask());
  return ((scene.tally.requests - before) / (performance.now() - begun)) * 1_000;
}
