/** The response headers that mean something to a client. Which of them an answer has, its response says. */

import { z } from 'zod';

/** A header that is not always there. The document has it in place: a shared one says whether it is required. */
function sometimes(header: z.ZodType): z.ZodOptional {
  const { description, header: { id: _shared, ...shown } = {} } = header.meta() ?? {};
  return header.optional().meta({ ...(description && { description }), header: shown });
}

const requestId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{8,128}$/)
  .meta({
    description:
      "The request's id, in the log and in every problem document: the caller's own `X-Request-Id` where it is acceptable, else a UUID.",
    header: { id: 'X-Request-Id', example: '5fc8391e-3b1a-4683-8b1e-771a2b9bd730' },
  });

const cacheControl = z.string().meta({
  description: 'For how long the answer may be used again, in seconds.',
  header: { id: 'Cache-Control', example: 'public, max-age=300, stale-if-error=86400' },
});

const noStore = z.literal('no-store').meta({
  description: 'The answer is for this request alone.',
  header: { id: 'No-Store', example: 'no-store' },
});

const etag = z
  .string()
  .regex(/^"[!#-~]+"$/)
  .meta({
    description: 'A strong validator: sent back as `If-None-Match` it gets a 304 while nothing has changed.',
    header: { id: 'ETag', example: '"IuowG7NZQtphT8bfOXdmSzax1pLnndIEtK8xxSaJp4I"' },
  });

const cache = z.enum(['HIT', 'MISS', 'STALE']).meta({
  description:
    'HIT: from the cache. MISS: from the database. STALE: from the cache, while the database is away and may have changed since.',
  header: { id: 'X-Cache', example: 'HIT' },
});

const dataVersion = z
  .string()
  .min(1)
  .meta({
    description: 'The release of the vehicle data that the answer was made from.',
    header: { id: 'X-Data-Version', example: '2026-03-12-r1' },
  });

const vary = z.string().meta({
  description: 'Where the format was not asked for but negotiated.',
  header: { id: 'Vary', example: 'Accept' },
});

const retryAfter = z
  .string()
  .regex(/^[0-9]+$/)
  .meta({
    description: 'Seconds after which it is worth asking again.',
    header: { id: 'Retry-After', example: '5' },
  });

const challenge = z
  .string()
  .regex(/^Bearer realm="/)
  .meta({
    description: 'How to authenticate, and why the token was not accepted (RFC 6750).',
    header: { id: 'WWW-Authenticate', example: 'Bearer realm="mvp-platform-vehicles"' },
  });

const accept = z.string().meta({
  description: 'The media types that are taken here.',
  header: { id: 'Accept', example: 'application/json' },
});

const location = z.string().meta({
  description: 'Where the new vehicle is.',
  header: { id: 'Location', example: '/api/vehicles/0006ef15-777e-4906-9a86-cf0bef21bb33' },
});

const decode = z.literal('pending').meta({
  description:
    'The VIN could not be read yet, because the vehicle data is away: make, model and year are still to come.',
  header: { id: 'X-Decode', example: 'pending' },
});

const warning = z.string().meta({
  description: 'With `X-Cache: STALE`, for clients that look at this header.',
  header: { id: 'Warning', example: '110 - "Response is Stale"' },
});

const rateLimit = z.string().meta({
  description: 'What is left of the quota, and when it is renewed.',
  header: { id: 'RateLimit' },
});

const rateLimitPolicy = z.string().meta({
  description: 'The quota: how many requests in how many seconds.',
  header: { id: 'RateLimit-Policy' },
});

/** Of everything that is no public GET. */
export const uncached = z.object({ 'X-Request-Id': requestId, 'Cache-Control': noStore });

/** Of a public GET's 200 and 304. */
export const cached = z.object({
  'X-Request-Id': requestId,
  'Cache-Control': cacheControl,
  ETag: etag,
  'X-Cache': cache,
  'X-Data-Version': dataVersion,
  Warning: sometimes(warning),
});

/** Of what changes with a deploy only. */
export const deployed = cached.omit({ 'X-Cache': true, 'X-Data-Version': true, Warning: true });

/** Of a GET of the vPIC API, whose format may be negotiated. */
export const negotiated = cached.extend({ Vary: sometimes(vary) });

/** Of an answer to a POST that was made from vehicle data; an empty list was made from none. */
export const decoded = uncached.extend({ 'X-Data-Version': sometimes(dataVersion) });

export const list = uncached.extend({ 'X-Cache': cache, Warning: sometimes(warning) });
export const written = uncached.extend({ 'X-Decode': sometimes(decode) });
export const created = written.extend({ Location: location });

export const retry = uncached.extend({ 'Retry-After': retryAfter });
export const limited = retry.extend({
  RateLimit: sometimes(rateLimit),
  'RateLimit-Policy': sometimes(rateLimitPolicy),
});
export const unauthorized = uncached.extend({ 'WWW-Authenticate': challenge });
export const unsupported = uncached.extend({ Accept: sometimes(accept) });
