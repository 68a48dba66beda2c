/** How much a client may ask, counted in this process or, where there is a Redis, over all servers (docs/adr/0029). */

import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '../config-http.ts';
import { inTime } from '../in-time.ts';

/** Before the client's key; the limiter adds a colon. */
const PREFIX = 'mvp-platform:vehicles:limit';

/** Redis takes less than a millisecond. */
const PATIENCE_MS = 50;

/** Milliseconds for which a Redis that failed is not asked. */
const REST_MS = 1_000;

export interface LimiterOptions {
  limit: RateLimit;
  /** Ready made, and closed by whoever made it. */
  redis?: Redis | Cluster | undefined;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds for Redis to answer. */
  patienceMs?: number;
}

/** Where a client stands. */
export interface Standing {
  readonly isWithin: boolean;
  /** Requests left in this window. */
  readonly remaining: number;
  /** Whole seconds until the next window, at least one. */
  readonly resetSeconds: number;
}

/**
 * Counts in fixed windows that begin with a client's first request. With a Redis the servers count together; while it is
 * away each counts for itself, so that a client may get as many times the limit as there are servers, and nobody waits.
 */
export class ClientLimiter {
  readonly limit: RateLimit;
  readonly #own: RateLimiterMemory;
  readonly #shared: RateLimiterRedis | null;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  readonly #patienceMs: number;
  /** Before this time the Redis is not asked; 0 while it answers. */
  #restsUntil = 0;

  constructor({ limit, redis, logger, patienceMs = PATIENCE_MS }: LimiterOptions) {
    const options = { points: limit.requests, duration: limit.windowSeconds, keyPrefix: PREFIX };
    this.limit = limit;
    this.#own = new RateLimiterMemory(options);
    this.#shared =
      redis === undefined
        ? null
        : new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true });
    this.#logger = logger;
    this.#patienceMs = patienceMs;
  }

  /** Counts so many requests of a client. What is refused is not counted where it is more than one. */
  async take(client: string, requests = 1): Promise<Standing> {
    try {
      return standingOf(await this.#count('consume', client, requests), true);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // Else a list that came too soon would take what is left for single requests.
      if (requests > 1) return standingOf(await this.#count('reward', client, requests), false);
      return standingOf(refusal, false);
    }
  }

  async #count(way: 'consume' | 'reward', client: string, requests: number): Promise<RateLimiterRes> {
    if (this.#shared === null || this.#rests()) return this.#own[way](client, requests);
    try {
      const standing = await inTime(this.#shared[way](client, requests), this.#patienceMs, late);
      this.#answered();
      return standing;
    } catch (error) {
      if (error instanceof RateLimiterRes) {
        this.#answered();
        throw error;
      }
      this.#failed(error);
      return this.#own[way](client, requests);
    }
  }

  /** While Redis fails, one request a second tries. */
  #rests(): boolean {
    if (this.#restsUntil === 0) return false;
    if (performance.now() < this.#restsUntil) return true;
    this.#restsUntil = performance.now() + REST_MS;
    return false;
  }

  #failed(error: unknown): void {
    if (this.#restsUntil === 0) {
      this.#logger.warn(
        { err: error },
        'Redis does not answer: clients are limited by each server for itself',
      );
    }
    this.#restsUntil = performance.now() + REST_MS;
  }

  #answered(): void {
    if (this.#restsUntil === 0) return;
    this.#restsUntil = 0;
    this.#logger.info('Redis answers again: clients are limited by all servers together');
  }
}

function standingOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isWithin: boolean): Standing {
  return { isWithin, remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}

const late = (): Error => new Error('it did not answer in time');
