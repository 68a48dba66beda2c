/** How every public GET is answered, and the seam where a cache stands. */

import { hash } from 'node:crypto';
import type { Response } from 'express';

/** A successful answer before it is sent. */
export interface Answer {
  /** JSON text. */
  body: string;
  /** The data version that the body was made from. */
  version: string;
}

/** An answer and where it came from: the cache, the database, or an older cache entry while the database is away. */
export interface Served extends Answer {
  cache: 'HIT' | 'MISS' | 'STALE';
}

/**
 * Where answers come from. A cache implements this: it looks the key up and calls `load` when it has nothing.
 * The key is the same for requests with the same answer, and holds no data version: `load` says which one it got.
 */
export type AnswerSource = (key: string, load: () => Promise<Answer>) => Promise<Served>;

/** Without a cache every answer is loaded. */
export const uncached: AnswerSource = async (_key, load) => ({ ...(await load()), cache: 'MISS' });

/** Sends the answer of a public GET: see {@link answering}. */
export type AnswerRequest = (res: Response, key: string, load: () => Promise<Answer>) => Promise<void>;

/**
 * Clients and proxies may reuse an answer for five minutes: a rebuild comes once a week, so nobody waits for it,
 * and after that the ETag makes asking again cheap. When the service is away they may go on for a day.
 */
const CACHE_CONTROL = 'public, max-age=300, stale-if-error=86400';

/**
 * The function that all public GETs go through: gets the answer from the source, sends it with its caching headers,
 * and answers 304 when the client has it already (Express compares `If-None-Match`).
 *
 * The ETag is a digest of the body, not of data version and address: a new deploy or the turn of a year changes
 * answers without a new data version, and an ETag that stays then would pin the old answer in every client. The
 * price is that a 304 saves the transfer but not the work, which is the cache's part; the digest takes about 10 µs.
 */
export function answering(source: AnswerSource): AnswerRequest {
  return async (res, key, load) => {
    const { body, version, cache } = await source(key, load);
    // fetch adds `Cache-Control: no-cache` to a caller's If-None-Match, upon which Express would send the whole body
    // again. The directive is for caches on the way (RFC 9111, 5.2.1.4); this is the origin, and the body is current.
    if (res.req.headers['if-none-match'] !== undefined) delete res.req.headers['cache-control'];
    res
      .set({
        'Cache-Control': CACHE_CONTROL,
        'X-Cache': cache,
        'X-Data-Version': version,
        ETag: `"${hash('sha256', body, 'base64url')}"`,
      })
      .type('json')
      .send(body);
  };
}

/** A cache key: the resource's name and its parameters, each escaped so that no value can pose as two. */
export function keyOf(resource: string, ...parameters: ReadonlyArray<string | number | undefined>): string {
  return [resource, ...parameters.map((value) => encodeURIComponent(value ?? ''))].join(':');
}
