import { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/** The Redis that servers count requests in together; undefined where there is none or no limit. */
export function openLimitRedis(
  { redisUrls, http }: Pick<Config, 'redisUrls' | 'http'>,
  logger: Pick<Logger, 'warn'>,
): Redis | Cluster | undefined {
  const [first] = redisUrls;
  if (first === undefined || http.rateLimit === null) return undefined;
  // A question that cannot be asked now is not kept for later: the limiter then counts by itself.
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0 };
  const redis =
    redisUrls.length > 1 ? new Cluster(redisUrls, { enableOfflineQueue: false }) : new Redis(first, options);
  // Without a listener the first error would end the process; the limiter tells what it means.
  redis.on('error', (error: Error) => logger.warn({ err: error }, 'the connection to Redis failed'));
  return redis;
}
