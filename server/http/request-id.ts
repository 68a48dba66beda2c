/** One id a request, in the log and in every problem document, so that a report can be found in the log. */

import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const HEADER = 'X-Request-Id';

/** What a caller's id may be: enough for UUIDs and trace ids, nothing that could forge or flood a log line. */
const ACCEPTABLE = /^[A-Za-z0-9._-]{8,128}$/;

/** Takes the caller's `X-Request-Id` when it is acceptable, else makes a UUID; either way it is in the response. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.headers['x-request-id'];
  res.setHeader(HEADER, typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID());
  next();
};

/** The id of the request that this is the response to. */
export function requestIdOf(res: Response): string {
  return String(res.getHeader(HEADER) ?? '');
}
