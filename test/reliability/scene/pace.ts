/** How fast is asked. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks at what is due. */
const TICK_MS = 2;

/** Later than that the schedule begins anew: a machine that stood still is not made up for. */
const LATE_MS = 250;

export interface Paced {
  /** What was asked. */
  asked: number;
  /** What was due while as many questions as are allowed were open. */
  skipped: number;
}

/** Clients that each ask again as soon as they have an answer, until the time is over or it is enough. */
export async function askAll(clients: number, ms: number, ask: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + ms;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) await ask();
    }),
  );
}

/** Asks so many questions a second, for a time or until it is told to stop, whether or not the others were answered, as the world does. */
export async function askPaced(
  options: { perSecond: number; open: number; ms?: number; signal?: AbortSignal },
  ask: (due: number) => Promise<unknown>,
): Promise<Paced> {
  const { perSecond, open, ms = Number.POSITIVE_INFINITY, signal } = options;
  const paced: Paced = { asked: 0, skipped: 0 };
  const underWay = new Set<Promise<unknown>>();
  const end = performance.now() + ms;
  let next = performance.now();
  for (let now = next; now < end && signal?.aborted !== true; now = performance.now()) {
    if (now - next > LATE_MS) next = now;
    for (; next <= now; next += 1_000 / perSecond) {
      if (underWay.size >= open) {
        paced.skipped += 1;
        continue;
      }
      paced.asked += 1;
      const asking = ask(next).finally(() => underWay.delete(asking));
      underWay.add(asking);
    }
    await sleep(TICK_MS);
  }
  await Promise.all(underWay);
  return paced;
}
