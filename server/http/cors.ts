/** Which web pages may read answers (https://fetch.spec.whatwg.org/#http-cors-protocol). */

import cors from 'cors';
import type { RequestHandler } from 'express';

/** What a page may read beside the few headers that it always may. */
const EXPOSED = [
  'ETag',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Cache',
  'X-Data-Version',
  'X-Decode',
  'X-Request-Id',
];

/** What a page may send beside the few headers that it always may. */
const ALLOWED = ['Authorization', 'Content-Type', 'If-None-Match', 'X-Request-Id'];

/** Seconds that a browser need not ask again; more than two hours Chromium does not believe. */
const MAX_AGE = 7200;

/**
 * Lets pages of these origins read answers, and answers their preflights. There are no cookies here, so pages never ask
 * with credentials of the browser's; a token is a header that the page sets itself.
 *
 * @param origins not empty
 */
export function crossOrigin(origins: '*' | string[]): RequestHandler {
  const options: cors.CorsOptions = {
    origin: origins,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: EXPOSED,
    allowedHeaders: ALLOWED,
    maxAge: MAX_AGE,
  };
  const preflight = cors(options);
  const actual = cors({ ...options, preflightContinue: true });
  return (req, res, next) => {
    // An OPTIONS without it is no browser's question about a page, but a client's about the resource.
    const isPreflight = req.method === 'OPTIONS' && 'access-control-request-method' in req.headers;
    (isPreflight ? preflight : actual)(req, res, next);
  };
}
