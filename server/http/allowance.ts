/** The rate limit as requests meet it: counted before their routes, and by VINs for lists of them. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { Problem } from '../problem.ts';
import type { ClientLimiter, Standing } from './rate-limit.ts';

/** What routes that take lists do about the limit; each VIN after the first counts like a request. */
export interface Allowance {
  /** Counts the VINs of a list. @throws Problem 429 when the client has to wait */
  take(req: Request, res: Response, vins: number): Promise<void>;
  /**
   * Counts VINs of a stream, and waits until the client may have them: a stream is slowed down to the limit instead of
   * being cut off. @throws Problem 429 when that takes longer than a minute
   */
  await(req: Request, res: Response, vins: number): Promise<void>;
}

/** Seconds that a stream is made to wait: well below the time after which a silent connection is closed. */
const LONGEST_WAIT = 60;

/** Without a limit. */
export const unlimited: Allowance = {
  take: async () => undefined,
  await: async () => undefined,
};

/** In front of routes: counts every request, and says in every answer where the client stands. */
export function rateLimit(limiter: ClientLimiter, clientOf: (req: Request) => string): RequestHandler {
  const tell = telling(limiter);
  return async (req, res, next) => {
    const standing = await limiter.take(clientOf(req));
    tell(res, standing);
    if (!standing.isWithin) throw tooMany(limiter, standing);
    next();
  };
}

/** For routes that take lists, behind {@link rateLimit}. */
export function allowanceOf(limiter: ClientLimiter, clientOf: (req: Request) => string): Allowance {
  const tell = telling(limiter);
  // A list that is longer than the limit would never be let through; it takes a whole window instead.
  const costOf = (vins: number): number => Math.min(vins, limiter.limit.requests);
  return {
    take: async (req, res, vins) => {
      // The request itself is counted already.
      if (vins <= 1) return;
      const standing = await limiter.take(clientOf(req), Math.min(vins - 1, limiter.limit.requests - 1));
      tell(res, standing);
      if (!standing.isWithin) throw tooMany(limiter, standing);
    },
    await: async (req, res, vins) => {
      const client = clientOf(req);
      while (vins > 0) {
        const standing = await limiter.take(client, costOf(vins));
        if (standing.isWithin) return;
        if (standing.resetSeconds > LONGEST_WAIT) throw tooMany(limiter, standing);
        await sleepOrGo(res, standing.resetSeconds * 1000);
      }
    },
  };
}

/** @throws AbortError when the client goes before the time is over */
async function sleepOrGo(res: Response, ms: number): Promise<void> {
  const gone = new AbortController();
  const go = (): void => gone.abort();
  res.once('close', go);
  try {
    await sleep(ms, undefined, { signal: gone.signal });
  } finally {
    res.off('close', go);
  }
}

const POLICY = 'client';

/** The headers of the IETF's draft (draft-ietf-httpapi-ratelimit-headers-10). */
function telling({ limit }: ClientLimiter): (res: Response, standing: Standing) => void {
  const policy = `"${POLICY}";q=${limit.requests};w=${limit.windowSeconds}`;
  return (res, { remaining, resetSeconds }) => {
    if (res.headersSent) return;
    res.setHeader('RateLimit-Policy', policy);
    res.setHeader('RateLimit', `"${POLICY}";r=${remaining};t=${resetSeconds}`);
  };
}

function tooMany({ limit }: ClientLimiter, { resetSeconds }: Standing): Problem {
  const window = limit.windowSeconds === 1 ? 'a second' : `${limit.windowSeconds} seconds`;
  return new Problem({
    status: 429,
    slug: 'too-many-requests',
    detail: `a client may make ${limit.requests} requests in ${window}, where each VIN of a list counts as one; try again in ${resetSeconds} s`,
    headers: { 'Retry-After': String(resetSeconds) },
  });
}
