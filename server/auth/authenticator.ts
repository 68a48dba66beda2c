/** Who is asking: the bearer token of a request, verified. */

import { createSecretKey, type KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import jwt from 'jsonwebtoken';
import type { Logger } from 'pino';
import type { JwtConfig } from '../config.ts';
import type { Problem } from '../problem.ts';
import { badToken, noToken, tokenOf } from './bearer.ts';
import { type KeySetOptions, PUBLISHED_ALGORITHMS, publishedKeys } from './key-set.ts';
import { claimsOfToken, type Principal, principalOf } from './principal.ts';

/** The bearer of a request. @throws Problem 401 without an acceptable token, 503 when none can be verified now */
export type Authenticator = (request: Pick<IncomingMessage, 'headersDistinct'>) => Promise<Principal>;

/** Seconds by which clocks may differ. */
const LEEWAY = 30;

/** How to open what needs a token, for the one who starts the service. */
export const howToOpen =
  "the users' vehicles and the admin pages are closed (401): set JWT_SECRET, or JWT_JWKS_URI with JWT_ISSUER and JWT_AUDIENCE, to open them";

/** The authenticator that the configuration asks for; without one, nobody is let in. */
export function createAuthenticator(
  config: JwtConfig | null,
  logger: Pick<Logger, 'warn'>,
  limits: Omit<KeySetOptions, 'uri' | 'logger'> = {},
): Authenticator {
  if (config === null) {
    return async () => {
      throw noToken('this server takes no tokens: it was started without JWT_SECRET and JWT_JWKS_URI');
    };
  }
  const { issuer, audience } = config;
  const rules: jwt.VerifyOptions = {
    clockTolerance: LEEWAY,
    ...(issuer !== null && { issuer }),
    ...(audience !== null && { audience }),
  };
  if (config.kind === 'secret') {
    // A key object: a text would be tried as a public key first.
    const secret = createSecretKey(Buffer.from(config.secret));
    return async (request) => verified(tokenOf(request), secret, { ...rules, algorithms: ['HS256'] });
  }
  const findKey = publishedKeys({ uri: config.jwksUri, logger, ...limits });
  return async (request) => {
    const token = tokenOf(request);
    const header = headerOf(token);
    if (!PUBLISHED_ALGORITHMS.some((algorithm) => algorithm === header.alg)) throw otherSignature();
    const key = await findKey(header);
    return verified(token, key, { ...rules, algorithms: [...PUBLISHED_ALGORITHMS] });
  };
}

function verified(token: string, key: KeyObject, rules: jwt.VerifyOptions): Principal {
  // Extensions that must be understood (RFC 7515, 4.1.11); jsonwebtoken understands none and does not look.
  if ('crit' in headerOf(token)) throw badToken('demands extensions (crit) that this server does not have');
  let payload: unknown;
  try {
    payload = jwt.verify(token, key, rules);
  } catch (error) {
    throw refusalOf(error);
  }
  const claims = claimsOfToken.safeParse(payload);
  if (!claims.success) throw badToken(claims.error.issues[0]?.message ?? 'has claims that are not valid');
  const { iat = 0 } = claims.data;
  if (iat > Date.now() / 1000 + LEEWAY) throw badToken('was issued in the future (iat)');
  return principalOf(claims.data);
}

/** The token's own header, believed for nothing but the choice among the keys that are trusted anyway. */
function headerOf(token: string): jwt.JwtHeader {
  let header: unknown;
  try {
    header = jwt.decode(token, { complete: true })?.header;
  } catch {
    header = undefined;
  }
  if (!isHeader(header)) throw badToken('has a header that is not valid');
  return header;
}

function isHeader(header: unknown): header is jwt.JwtHeader {
  return (
    typeof header === 'object' &&
    header !== null &&
    'alg' in header &&
    typeof header.alg === 'string' &&
    (!('kid' in header) || typeof header.kid === 'string')
  );
}

/** What jsonwebtoken found, in our words: its own name what is configured here. */
function refusalOf(error: unknown): Problem {
  if (error instanceof jwt.TokenExpiredError) return badToken('has expired (exp)', error);
  if (error instanceof jwt.NotBeforeError) return badToken('is not valid yet (nbf)', error);
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('jwt audience')) return badToken('is for another audience (aud)', error);
  if (message.startsWith('jwt issuer')) return badToken('is from another issuer (iss)', error);
  if (/^invalid (exp|nbf) value/.test(message)) return badToken('has times that are no numbers', error);
  return otherSignature(error);
}

function otherSignature(cause?: unknown): Problem {
  return badToken('is not signed as this server expects', cause);
}
