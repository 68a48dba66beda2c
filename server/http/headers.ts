/** Headers that tell browsers what an answer is not for. */

import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What any https answer may say of the next ones; nothing about the domains below, which are not this service's. */
const HSTS = 'max-age=31536000';

/**
 * For answers of an interface. Two constants, 0.2 µs each; helmet's handler sets thirteen headers, most of them about pages,
 * and takes 2.5 µs. Where nothing may be loaded nothing is referred to, so there is no policy for referrers; nor one for
 * resources: any page may have public data, which is what their absence says.
 */
export function setApiHeaders(res: Response): void {
  // JSON that holds a client's words is not to be taken for a page or a script.
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
}

/** Tells browsers to stay with https, where this is https: between a client and the proxies that are trusted. */
export const strictTransport: RequestHandler = (req, res, next) => {
  if (req.secure) res.setHeader('Strict-Transport-Security', HSTS);
  next();
};

/** Sources that a page needs beside its own, by directive of the Content-Security-Policy, such as `scriptSrc`. */
export type PageSources = Readonly<Record<string, readonly string[]>>;

/**
 * For pages: scripts, styles, pictures and requests of this server only, no frames. A handler in front of a page's own.
 *
 * @param more what a page cannot do without, such as `{ styleSrc: ["'unsafe-inline'"] }`
 */
export function pageHeaders(more: PageSources = {}): RequestHandler {
  const own: PageSources = {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  };
  const directives = Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(more)])].map((name) => [
      name,
      [...(own[name] ?? []), ...(more[name] ?? [])],
    ]),
  );
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Only where it is https: see strictTransport.
    strictTransportSecurity: false,
  });
}
