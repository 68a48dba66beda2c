import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { SourceError } from '../../errors.ts';
import { Interrupted } from './failure.ts';
import type { DownloadLimits } from './limits.ts';

/**
 * Calls `attempt` until it succeeds, again after every Interrupted. Attempts count only when they made no progress.
 * @param progress Tells, right after a failed attempt, whether it brought the work further.
 * @throws SourceError when the attempts are used up; the reason of `signal`; any other error as it is, at once.
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  progress: () => boolean,
  limits: DownloadLimits,
  signal: AbortSignal,
): Promise<T> {
  let wait = 0;
  let attempts = 0;
  try {
    return await pRetry(
      async () => {
        // Here and not in p-retry, whose waits know neither Retry-After nor full jitter.
        if (wait > 0) await sleep(wait, undefined, { signal });
        attempts++;
        return attempt();
      },
      {
        retries: limits.retries,
        minTimeout: 0,
        signal,
        onFailedAttempt: ({ error, retriesConsumed }) => {
          const asked = error instanceof Interrupted ? error.retryAfterMs : 0;
          wait = Math.max(fullJitter(retriesConsumed, limits), asked);
        },
        shouldConsumeRetry: () => !progress(),
        shouldRetry: ({ error }) =>
          error instanceof Interrupted && error.retryAfterMs <= limits.maxRetryAfterMs,
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Interrupted)) throw error;
    const later = error.retryAfterMs > limits.maxRetryAfterMs;
    const advice = later
      ? `it asks to come back in ${Math.ceil(error.retryAfterMs / 60_000)} minutes`
      : `given up after ${attempts} attempts`;
    throw new SourceError(`${error.message}; ${advice}`, { cause: error });
  }
}

/**
 * A wait in milliseconds, drawn from the whole range up to the exponential bound: many clients of a server that comes
 * back spread out better than with any fixed part.
 */
export function fullJitter(
  failures: number,
  limits: Pick<DownloadLimits, 'backoffMs' | 'maxBackoffMs'>,
  random: () => number = Math.random,
): number {
  return random() * Math.min(limits.maxBackoffMs, limits.backoffMs * 2 ** failures);
}
