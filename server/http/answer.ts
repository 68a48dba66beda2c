/** How every public GET is answered, and the seam where the cache stands. */

import type { Request, Response } from 'express';
import { AnswerCache, LIFETIME } from '../cache/answer-cache.ts';
import { unknownRelease } from '../cache/release.ts';
import { emptyStore } from '../cache/store.ts';
import { gzipped, LEAST_ENCODED, takesGzip } from './encoding.ts';

/** A successful answer of the database. */
export interface Answer {
  /** JSON text, or text of the media type that the answer is sent with. */
  body: string;
  /** The data version that the body was made from. */
  version: string;
}

/** An answer ready to send, and where it came from. */
export interface Served {
  /** The first part of the body, in ASCII: what is the asker's own of an answer that others share; often empty. */
  head: string;
  /** The rest of the body. */
  body: Buffer;
  /** A strong ETag, quotes included. */
  etag: string;
  version: string;
  /** STALE: from the cache, while the database is away and may have published since. */
  cache: 'HIT' | 'MISS' | 'STALE';
}

/**
 * Where answers come from: looks the question up and calls `load` when it has nothing, once for all who ask at the
 * same time. A question is the same for requests with the same answer, and holds no data version: `load` says which
 * one it got. An answer is kept for `lifetime` milliseconds at most.
 */
export type AnswerSource = (
  question: string,
  load: () => Promise<Answer>,
  lifetime: number,
) => Promise<Served>;

/** Without a cache every answer is loaded. Each app has its own: requests for one answer share its load, within the app. */
export const noCache = (): AnswerCache => new AnswerCache(emptyStore, unknownRelease);

/** Sends the answer of a public GET: see {@link answering}. */
export type AnswerRequest = (
  res: Response,
  question: string,
  load: () => Promise<Answer>,
  lifetime?: number,
  mediaType?: string,
) => Promise<void>;

/**
 * Clients and proxies may reuse an answer for five minutes: a rebuild comes once a week, so nobody waits for it,
 * and after that the ETag makes asking again cheap. When the service is away they may go on for a day.
 */
const CACHE_CONTROL = 'public, max-age=300, stale-if-error=86400';

/** Of whatever is served from the cache because the database is away. */
export const STALE_WARNING = '110 - "Response is Stale"';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The function that public GETs go through: gets the answer from the source and sends it. */
export function answering(source: AnswerSource): AnswerRequest {
  return async (res, question, load, lifetime = LIFETIME.dropdown, mediaType = JSON_TYPE) => {
    const served = await source(question, load, lifetime);
    if (served.body.length < LEAST_ENCODED) send(res, served, mediaType);
    else await sendEncoded(res, served, mediaType);
  };
}

/**
 * Sends a long answer, compressed to who takes it so. Each form has an ETag of its own (RFC 9110, 8.8.3): a strong one
 * promises the same bytes.
 */
async function sendEncoded(res: Response, served: Served, mediaType: string): Promise<void> {
  res.vary('Accept-Encoding');
  if (!takesGzip(res.req)) return send(res, served, mediaType);
  const etag = `${served.etag.slice(0, -1)}-gzip"`;
  // Who has it already is not sent it: it need not be made.
  if (isCurrent(res.req, etag)) return send(res, { ...served, etag }, mediaType);
  const body = await gzipped(served.body);
  res.setHeader('Content-Encoding', 'gzip');
  send(res, { ...served, body, etag }, mediaType);
}

/**
 * Sends an answer with its caching headers, or 304 when the client has it already.
 *
 * The ETag is a digest of the body, not of data version and address: a new deploy or the turn of a year changes
 * answers without a new data version, and an ETag that stays then would pin the old answer in every client.
 */
export function send(
  res: Response,
  { head, body, etag, version, cache }: Served,
  mediaType = JSON_TYPE,
): void {
  res.setHeader('Cache-Control', CACHE_CONTROL);
  res.setHeader('X-Cache', cache);
  // RFC 9111 made the header obsolete; the clients that look at it are why it is sent.
  if (cache === 'STALE') res.setHeader('Warning', STALE_WARNING);
  res.setHeader('X-Data-Version', version);
  res.setHeader('ETag', etag);
  if (isCurrent(res.req, etag)) {
    res.status(304).end();
    return;
  }
  res.setHeader('Content-Type', mediaType);
  res.setHeader('Content-Length', head.length + body.length);
  // The head goes out in one piece with the headers, and with the body in one system call.
  if (head !== '' && res.req.method !== 'HEAD') {
    res.cork();
    res.write(head, 'latin1');
  }
  res.end(body);
}

/** Whether the client has the answer with this ETag already. */
export function isCurrent(req: Request, etag: string): boolean {
  const condition = req.headers['if-none-match'];
  return condition !== undefined && isAmong(etag, condition);
}

/**
 * Whether an `If-None-Match` lists the ETag or is `*`; compared weakly, as RFC 9110 (13.1.2) wants for GET. Express
 * would do the same, but sends the whole body upon `Cache-Control: no-cache`, which fetch adds to a caller's condition;
 * the directive is for caches on the way (RFC 9111, 5.2.1.4), this is the origin, and what it has is current.
 */
function isAmong(etag: string, condition: string): boolean {
  if (condition === etag) return true;
  return condition.split(',').some((listed) => {
    const tag = listed.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/** A question: the resource's name and its parameters, each escaped so that no value can pose as two. */
export function keyOf(resource: string, ...parameters: ReadonlyArray<string | number | undefined>): string {
  return [resource, ...parameters.map((value) => encodeURIComponent(value ?? ''))].join(':');
}
