/** Compressed answers: made once, kept as long as the answer they were made from (docs/adr/0030). */

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request } from 'express';

/**
 * Bytes from which compressing pays. What is shorter comes in the ten packets that a connection sends before it waits for
 * the first confirmation, so it is not there any sooner; and a decode would take many times as long to answer.
 */
export const LEAST_ENCODED = 8 * 1024;

const compress = promisify<Buffer, Buffer>(gzip);

/** By the body itself: when the cache drops it, what was made of it goes too. */
const kept = new WeakMap<Buffer, Promise<Buffer>>();

/** Whether a client takes gzip. */
export function takesGzip(req: Request): boolean {
  return req.headers['accept-encoding'] !== undefined && req.acceptsEncodings('gzip') === 'gzip';
}

/** The body compressed, by the thread pool and once for all who ask. */
export function gzipped(body: Buffer): Promise<Buffer> {
  const known = kept.get(body);
  if (known !== undefined) return known;
  const making = compress(body);
  kept.set(body, making);
  return making;
}
