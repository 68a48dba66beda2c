/** How much is under way at most: whoever comes after is told so at once instead of waiting for his turn without end. */

import type { RequestHandler } from 'express';
import { Problem } from '../problem.ts';
import type { Traffic } from './traffic.ts';

/** Seconds. What is under way takes less; who asks again at once would only be turned away again. */
const RETRY_AFTER = 1;

/** Streams take at most this part of the places: they may last for hours, and the others need room beside them. */
const STREAMS = 1 / 4;

export interface LoadOptions {
  traffic: Traffic;
  /** Requests under way at most. */
  maxRequests: number;
}

/**
 * Turns requests away while as many are under way as may be. What is under way waits for the database or for the client;
 * an answer from memory is never under way when the next request is looked at.
 */
export function shedLoad({ traffic, maxRequests }: LoadOptions): RequestHandler {
  return (_req, _res, next) => {
    // This one is under way itself.
    if (traffic.size > maxRequests) throw overloaded(traffic, 'requests', maxRequests);
    next();
  };
}

/** Places for streams. */
export class StreamPlaces {
  readonly #traffic: Traffic;
  readonly #most: number;
  #taken = 0;

  constructor({ traffic, maxRequests }: LoadOptions) {
    this.#traffic = traffic;
    this.#most = Math.max(1, Math.floor(maxRequests * STREAMS));
  }

  /** Takes a place while the work lasts. @throws Problem 503 when there is none */
  async during(work: () => Promise<void>): Promise<void> {
    if (this.#taken >= this.#most) throw overloaded(this.#traffic, 'streams', this.#most);
    this.#taken += 1;
    try {
      await work();
    } finally {
      this.#taken -= 1;
    }
  }
}

function overloaded(traffic: Traffic, what: string, most: number): Problem {
  traffic.shed += 1;
  return new Problem({
    status: 503,
    slug: 'overloaded',
    title: 'Too much to do',
    detail: `${most} ${what} are under way, and no more can be taken on; try again shortly`,
    headers: { 'Retry-After': String(RETRY_AFTER) },
  });
}
