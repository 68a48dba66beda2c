/** Twenty minutes in which anything may fail at any moment. */

import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../bench/calibration/random.ts';
import { type Fault, faultsOf, workerOf } from './scene/faults.ts';
import { askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import { Tally } from './scene/tally.ts';
import type { Extent, Outcome, Section } from './section.ts';

const MINUTES = 20;

/** A load that leaves room for what is restarted: the machine is shared by all of it. */
const PER_SECOND = 120;
const OPEN = 600;

/** How long a fault lasts, and how long two wait for each other: often the next comes before the last is over. */
const LASTS_MS = { least: 200, most: 6_000 };
const PAUSES_MS = { least: 200, most: 4_000 };

/** Longer than any part takes to find out that another is there again. */
const BACK_MS = 60_000;
/** The worker waits longer before each start, the oftener it was killed. */
const WORKER_BACK_MS = 360_000;

export const chaos: Section = {
  name: 'chaos',
  title: 'Chaos',
  about:
    'Everything that the soak asks, while at random moments one or two of these fail, for up to six seconds: the platform database, the main database and Redis (killed, shut down, ' +
    'stopped, cut off, silent, slow, one backend killed), the server and its worker (killed, ended, stopped); whatever ends the server, a supervisor starts it again. Every ' +
    'answer is right, stale or a documented refusal; requests that broke did so because the server was being ended. At the end everything is as before, and every ' +
    'acknowledged write is there.',
  run: async (extent) => {
    const scene = await Scene.open({ name: 'chaos', extent, connections: OPEN });
    try {
      return await run(scene, extent);
    } finally {
      await scene.close();
    }
  },
};

async function run(scene: Scene, { share, seed, say }: Extent): Promise<Outcome> {
  const ms = MINUTES * 60_000 * share;
  const seen = new Map<string, number>();
  const taken = new Set<Fault['victim']>();
  let isOver = false;
  const asking = askPaced({ perSecond: PER_SECOND, ms, open: OPEN }, (due) => scene.mix.ask(due)).finally(
    () => {
      isOver = true;
    },
  );
  const failing = [0, 1].map((stream) =>
    fail(scene, { stream, seed, seen, taken, say, isOver: () => isOver }),
  );
  // A fault that could not be undone ends the section, and not while it is still asked.
  const { skipped } = await asking.finally(() => Promise.allSettled(failing));
  await Promise.all(failing);
  const after = scene.client.tally;
  scene.client.tally = new Tally();
  const objections = await back(scene, say);
  after.addAll(scene.client.tally);
  scene.client.tally = scene.tally;
  await scene.verify();
  const rows = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([fault, times]) => ({ fault, times }));
  const { tally, stage } = scene;
  return scene.outcome(
    rows,
    {
      faults: rows.reduce((sum, { times }) => sum + times, 0),
      'starts of the server': stage.service.starts,
      'unanswered while the server was away': tally.of('unconnected'),
      'not asked, 600 being open': skipped,
      'ms for 99 % of the answers': tally.percentile(99),
      'ms for the slowest answer': tally.slowestMs,
    },
    objections,
  );
}

interface Failing {
  /** One of several that fail things at the same time. */
  stream: number;
  seed: number;
  /** How often each happened. */
  seen: Map<string, number>;
  /** What fails now, of all streams. */
  taken: Set<Fault['victim']>;
  say: (line: string) => void;
  isOver: () => boolean;
}

async function fail(scene: Scene, { stream, seed, seen, taken, say, isOver }: Failing): Promise<void> {
  const random = createRandom(seed, `faults ${stream}`);
  const faults = faultsOf(scene.stage, random);
  const between = ({ least, most }: typeof LASTS_MS): number => least + random.below(most - least);
  while (!isOver()) {
    await sleep(between(PAUSES_MS));
    const fault = random.pick(faults);
    const lasts = between(LASTS_MS);
    if (isOver() || taken.has(fault.victim)) continue;
    taken.add(fault.victim);
    say(`${fault.name} for ${lasts} ms`);
    seen.set(fault.name, (seen.get(fault.name) ?? 0) + 1);
    try {
      await fault.take();
      await sleep(lasts);
    } finally {
      await fault.give();
      taken.delete(fault.victim);
    }
  }
}

/** Waits until everything is as before. @returns what is not */
async function back({ stage, client, owners }: Scene, say: (line: string) => void): Promise<string[]> {
  const begun = performance.now();
  await stage.service.serving();
  const isBack = async (): Promise<boolean> => {
    const { status } = await fetch(`${stage.service.url}/health/ready`);
    if (status !== 200) return false;
    client.tally = new Tally();
    for (let step = 0; step < 5; step += 1) await owners.step();
    return client.tally.of('right') === client.tally.requests;
  };
  while (!(await isBack())) {
    if (performance.now() - begun > BACK_MS) return [`nothing is as before after ${BACK_MS / 1_000} s`];
    await sleep(100);
  }
  say(`all answered again ${Math.round(performance.now() - begun)} ms after the last fault`);
  while (workerOf(stage) === null) {
    if (performance.now() - begun > WORKER_BACK_MS) return ['the worker did not come back'];
    await sleep(100);
  }
  return [];
}
