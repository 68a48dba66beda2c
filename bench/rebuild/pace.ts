import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { Failure } from '../../server/failure.ts';

/** Latencies in milliseconds, counted from when a request was due: a server that stands still makes all of them wait. */
export interface Latencies {
  requests: number;
  failures: number;
  p50: number;
  p99: number;
  slowest: number;
  /** How often this process itself stood still; what it asked around then is left out. */
  stalls: number;
}

export interface PaceOptions {
  /** Of the service. */
  url: string;
  /** Requests a second, at even distances, whether the one before is answered or not. */
  rate: number;
  /** The path of the next request; null ends it. */
  next: () => string | null;
  /** Ends it. */
  until: AbortSignal;
}

/** When a request was due, when its answer was there. */
interface Asked {
  readonly due: number;
  readonly over: number;
  readonly isGood: boolean;
}

/** A time in which this process did not run, in the clock of performance.now(). */
export interface Stall {
  readonly from: number;
  readonly to: number;
}

/** Enough that no request waits for another one's connection at a few hundred a second. */
const CONNECTIONS = 64;
/** Somebody has stopped us, or the machine slept: no scheduler keeps a process waiting for so long. */
const STALL_MS = 400;
/** Whatever stopped us has stopped the service as well, and it has to catch up first. */
const RECOVERY_MS = 1_000;

/**
 * Asks at a fixed pace. A client that waits for each answer before it asks again would leave out just those requests
 * that a slow moment delays.
 * @throws {Failure} when nothing was asked
 */
export async function keepPace({ url, rate, next, until }: PaceOptions): Promise<Latencies> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const asked: Asked[] = [];
  const underWay = new Set<Promise<void>>();
  const watch = watchStalls();
  const ask = async (path: string, due: number): Promise<void> => {
    const isGood = await isAnswered(pool, path);
    asked.push({ due, over: performance.now(), isGood });
  };
  try {
    let due = performance.now();
    while (!until.aborted) {
      await sleep(Math.max(due - performance.now(), 0));
      // What was due while we stood still is not sent all at once.
      if (performance.now() - due > STALL_MS) due = performance.now();
      const path = next();
      if (path === null) break;
      const request = ask(path, due);
      underWay.add(request);
      void request.finally(() => underWay.delete(request));
      due += 1000 / rate;
    }
    await Promise.all(underWay);
  } finally {
    watch.stop();
    await pool.close();
  }
  return summarize(asked, watch.stalls);
}

async function isAnswered(pool: Pool, path: string): Promise<boolean> {
  try {
    const { statusCode, body } = await pool.request({ path, method: 'GET' });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

function watchStalls(): { readonly stalls: readonly Stall[]; stop(): void } {
  const stalls: Stall[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last > STALL_MS) stalls.push({ from: last, to: now });
    last = now;
  }, 50);
  return { stalls, stop: () => clearInterval(timer) };
}

/** Exported for its test. @throws {Failure} when nothing is left to count */
export function summarize(asked: readonly Asked[], stalls: readonly Stall[]): Latencies {
  const counted = asked.filter(
    ({ due, over }) => !stalls.some(({ from, to }) => due <= to + RECOVERY_MS && over >= from),
  );
  if (counted.length === 0) throw new Failure('nothing was asked: no VINs, or no time');
  const times = counted.map(({ due, over }) => over - due).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  return {
    requests: counted.length,
    failures: counted.filter(({ isGood }) => !isGood).length,
    p50: at(0.5),
    p99: at(0.99),
    slowest: at(1),
    stalls: stalls.length,
  };
}
