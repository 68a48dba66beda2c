import { setTimeout as sleep } from 'node:timers/promises';

/** Far more than anything that a test waits for takes, also on a machine with ten times as much to do. */
const PATIENCE_MS = 60_000;

/** Between two looks. */
const EVERY_MS = 10;

/**
 * A look that takes longer counts as this much: in a process or on a machine that stood still nothing could have come about, and that is
 * no reason to give up.
 */
const STANDSTILL_MS = 2_000;

/**
 * Waits for a state. What a test assumes to be so after a while is not so on a machine that stood still for a moment.
 *
 * @param what stands in the error; by itself, the condition's source
 * @param patienceMs without the time in which this process stood still
 * @throws when it does not come about
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string) = String(condition),
  patienceMs = PATIENCE_MS,
): Promise<void> {
  let waited = 0;
  for (let last = performance.now(); !(await condition()); ) {
    await sleep(EVERY_MS);
    const now = performance.now();
    waited += Math.min(now - last, STANDSTILL_MS);
    last = now;
    if (waited > patienceMs) {
      throw new Error(
        `waited for ${patienceMs / 1_000} s in vain: ${typeof what === 'string' ? what : what()}`,
      );
    }
  }
}
