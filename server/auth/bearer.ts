/** The bearer token of a request (RFC 6750), and how one is refused. */

import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

/** Several times the longest token that login services make; what is longer only costs work. */
const LONGEST_TOKEN = 8192;

/** Three parts in the alphabet of base64url. The scheme's case does not matter (RFC 9110, 11.1). */
const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;

/** A challenge names its protection space (RFC 9110, 11.5). */
const REALM = 'Bearer realm="mvp-platform-vehicles"';

/** 401 for a request without a token. */
export function noToken(detail: string): Problem {
  return new Problem({
    status: 401,
    slug: 'unauthorized',
    title: 'A token is needed',
    detail,
    headers: { 'WWW-Authenticate': REALM },
  });
}

/**
 * 401 for a token that is not accepted.
 *
 * @param reason a clause whose subject is the token, in ASCII without quotes: it stands in a header too
 */
export function badToken(reason: string, cause?: unknown): Problem {
  return new Problem({
    status: 401,
    slug: 'invalid-token',
    title: 'The token is not accepted',
    detail: `the token ${reason}`,
    headers: {
      'WWW-Authenticate': `${REALM}, error="invalid_token", error_description="the token ${reason}"`,
    },
    cause,
  });
}

/**
 * The token that a request carries, in form a JSON Web Signature.
 *
 * @throws Problem 401: none, several, or something else
 */
export function tokenOf({
  headersDistinct: { authorization = [] },
}: Pick<IncomingMessage, 'headersDistinct'>): string {
  const [header, ...others] = authorization;
  if (header === undefined || header.trim() === '') {
    throw noToken('send a token in the header "Authorization: Bearer …"');
  }
  // Whoever is in between may have looked at another one of them.
  if (others.length > 0) throw badToken('is not the only one: there are several Authorization headers');
  if (header.length > LONGEST_TOKEN) throw badToken(`is longer than ${LONGEST_TOKEN} characters`);
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw badToken('is no JSON Web Token after the word Bearer');
  // The last character of a part may carry bits that decoders ignore: one token, one spelling.
  const isCanonical = token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
  if (!isCanonical) throw badToken('is no JSON Web Token: its base64url is not canonical');
  return token;
}
