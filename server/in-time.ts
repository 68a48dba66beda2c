import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the promise gives, or `late()` thrown when that takes longer than so many milliseconds. What was asked goes on: it ends by
 * limits of its own.
 */
export async function inTime<Value>(promise: Promise<Value>, ms: number, late: () => Error): Promise<Value> {
  const timer = new AbortController();
  const tooLate = async (): Promise<never> => {
    await sleep(ms, undefined, { signal: timer.signal });
    throw late();
  };
  try {
    return await Promise.race([promise, tooLate()]);
  } finally {
    timer.abort();
  }
}
