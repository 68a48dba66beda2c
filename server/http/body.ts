/** Request bodies, for the routes that take one: a route without a body must not read what it is sent. */

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

/** Milliseconds for a body to arrive as a whole; the largest takes two seconds over a line of 1 Mbit/s. */
const BODY_MS = 20_000;

/**
 * A parser of bodies with a time limit: 408 after it. Without one a client that sends a byte a minute would keep a
 * request under way for months.
 */
export function timely(parse: RequestHandler, ms = BODY_MS): RequestHandler {
  return (req, res, next) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      // The rest of the body is not waited for.
      res.setHeader('Connection', 'close');
      next(
        new Problem({
          status: 408,
          slug: 'request-timeout',
          detail: `the request body did not arrive within ${ms / 1000} s`,
        }),
      );
    }, ms);
    parse(req, res, (error?: unknown) => {
      clearTimeout(timer);
      if (!isLate) next(error);
    });
  };
}

/** Parses a JSON body of any type that is declared as such; 400 when it is no JSON, 413 when too large, 408 when too slow. */
export const parseJson: RequestHandler = timely(express.json({ limit: BODY_LIMIT }));

/** Parses the body into `req.body`, and refuses another type with 415. */
export const jsonBody: RequestHandler[] = [onlyJson, parseJson];
