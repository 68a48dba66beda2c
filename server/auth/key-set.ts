/**
 * The keys that a login service publishes (RFC 7517). jose fetches and chooses among them; here are the limits: how long
 * keys are believed, and what a slow, huge or missing answer may cost.
 */

import { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors } from 'jose';
import type { JwtHeader } from 'jsonwebtoken';
import type { Logger } from 'pino';
import { Problem, unavailable } from '../problem.ts';
import { badToken } from './bearer.ts';

/** How tokens may be signed where the keys are published. */
export const PUBLISHED_ALGORITHMS = ['RS256', 'ES256'] as const;

export interface KeySetOptions {
  uri: string;
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds after which keys are asked for anew, while those known go on to serve. */
  refreshMs?: number;
  /** Milliseconds that an answer may take. */
  timeoutMs?: number;
  /** Milliseconds between two fetches because of unknown keys: else every made-up key id would cause one. */
  coolDownMs?: number;
}

/** Finds the key that a token names. @throws Problem 401 when there is none, 503 when the keys cannot be had */
export type FindKey = (header: JwtHeader) => Promise<KeyObject>;

const REFRESH_MS = 10 * 60_000;

/** A login service that is away for a day takes its users along; until then known keys are better than none. */
const BELIEVED_MS = 24 * 3_600_000;

const TIMEOUT_MS = 3_000;

/** A new key is used by its owner at once, so this is as long as its tokens may be refused. */
const COOL_DOWN_MS = 10_000;

/** After a failure, so that requests do not queue up behind a login service that is away. */
const REST_MS = 2_000;

/** Login services publish a handful of keys of about 2 kB. */
const LONGEST_ANSWER = 256 * 1024;

/** RFC 7518, section 3.3. */
const SMALLEST_RSA = 2048;

/** Keys by URL. Nothing is fetched before the first token. */
export function publishedKeys(options: KeySetOptions): FindKey {
  const { uri, logger, refreshMs = REFRESH_MS } = options;
  let fetchedAt = 0;
  let triedAt = 0;
  let restUntil = 0;

  const keys = createRemoteJWKSet(new URL(uri), {
    timeoutDuration: options.timeoutMs ?? TIMEOUT_MS,
    cooldownDuration: options.coolDownMs ?? COOL_DOWN_MS,
    cacheMaxAge: BELIEVED_MS,
    [customFetch]: async (url, init) => {
      if (performance.now() < restUntil) throw new Error('the keys could not be fetched a moment ago');
      triedAt = performance.now();
      const reply = await fetchShort(url, init);
      fetchedAt = performance.now();
      return reply;
    },
  });

  const noted = (error: unknown): void => {
    // A request that came while it rests must not prolong that: under load it would never end.
    if (isAboutToken(error) || performance.now() < restUntil) return;
    logger.warn({ err: error }, 'the keys of tokens cannot be fetched');
    restUntil = performance.now() + REST_MS;
  };

  const refreshIfOld = (): void => {
    const now = performance.now();
    if (keys.jwks() === undefined || now - fetchedAt < refreshMs || now - triedAt < REST_MS) return;
    keys.reload().catch(noted);
  };

  return async ({ alg, kid }) => {
    refreshIfOld();
    try {
      const key = KeyObject.from(await keys(kid === undefined ? { alg } : { alg, kid }));
      const size = key.asymmetricKeyDetails?.modulusLength ?? SMALLEST_RSA;
      if (size < SMALLEST_RSA) throw badToken(`is signed with a key of ${size} bits, which is too short`);
      return key;
    } catch (error) {
      noted(error);
      if (error instanceof errors.JWKSNoMatchingKey) throw badToken('is signed with an unknown key', error);
      if (error instanceof errors.JWKSMultipleMatchingKeys)
        throw badToken('does not say which of several keys it is signed with (kid)', error);
      if (isAboutToken(error)) throw error;
      throw unavailable('tokens cannot be verified at the moment; try again shortly', 5, error);
    }
  };
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof Problem
  );
}

/** As fetch; an answer that is too long is an error before it is in memory. jose sets the time limit and follows nowhere. */
async function fetchShort(url: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(url, init);
  if (reply.status !== 200 || reply.body === null) {
    await reply.body?.cancel();
    return reply;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of reply.body) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error(`the key set is longer than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: 200 });
}
