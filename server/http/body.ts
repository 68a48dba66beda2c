/** JSON request bodies, for the routes that take one: a route without a body must not read what it is sent. */

import express, { type RequestHandler } from 'express';
import { Problem } from '../problem.ts';

/** Largest body in bytes: a thousand VINs with their model years are about 60 kB. */
export const BODY_LIMIT = 256 * 1024;

const onlyJson: RequestHandler = (req, _res, next) => {
  // `is` answers null without a body; the route's own schema then says what is missing.
  if (req.is('application/json') !== false) return next();
  throw new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    detail: 'the request body must be application/json',
    headers: { Accept: 'application/json' },
  });
};

/** Parses the body into `req.body`; 400 when it is no JSON, 413 when too large, 415 when it is another type. */
export const jsonBody: RequestHandler[] = [onlyJson, express.json({ limit: BODY_LIMIT })];
