/** What the end-to-end tests of the HTTP side share: the service on real data, and what its replies are. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { z } from 'zod';
import { createApp } from '../../server/app.ts';
import { openCache } from '../../server/cache/open.ts';
import { Platform } from '../../server/database/platform.ts';
import { connectionOf } from '../../server/database/pool.ts';
import type { Queries } from '../../server/database/queries.ts';
import { Memo } from '../../server/decode/memo.ts';
import { createHttpServer } from '../../server/http/server.ts';
import type { OpenRedis } from '../../server/redis/open.ts';
import { watched } from '../contract/watch.ts';
import type { TestServer } from '../harness/databases.ts';

/** Asks for a path of the service under test; rejects where the answer is none that is documented (test/contract). */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * Asks again what the service had no time for. It refuses with 503 what waited for five seconds, as it should; where the
 * machine stood still for that long, that says nothing about what a test looks at.
 */
export function patient(ask: Ask): Ask {
  return async (path, init) => {
    for (;;) {
      const reply = await ask(path, init);
      if (reply.status !== 503) return reply;
      await reply.arrayBuffer();
    }
  };
}

/** The service on a server's database with the real data, without cache, until the tests of the file are over. */
export function serviceOn({ version, data }: TestServer): Ask {
  if (data === null) throw new Error('the file that asks for the service must say `needs: data`');
  const opening = openService(data, { maxBytes: 0 });
  test.after.always(`PostgreSQL ${version}: close the service`, async () => {
    await (await opening).close();
  });
  return async (path, init) => (await opening).ask(path, init);
}

export interface ServiceOptions {
  /** Memory of the cache. */
  maxBytes?: number;
  /** The service's clock. */
  now?: () => number;
  replicaUrls?: readonly string[];
  /** Whoever opens it closes it. */
  redis?: OpenRedis;
}

/** The service as main.ts puts it together. */
export interface OpenService {
  ask: Ask;
  url: string;
  platform: Queries;
  bulk: Queries;
  database: Platform;
  close(): Promise<void>;
}

/** The service on a platform database. */
export async function openService(
  url: string,
  { maxBytes = 64 * 1024 * 1024, replicaUrls = [], ...options }: ServiceOptions = {},
): Promise<OpenService> {
  const login = { url, role: 'mvp_platform_user', applicationName: 'http tests' };
  const logger = pino({ level: 'silent' });
  const answers = await openCache({
    connection: connectionOf(login),
    maxBytes,
    logger,
    ...options,
  });
  const { cache, release, close } = answers;
  const database = new Platform({
    url,
    replicaUrls,
    release,
    onAway: () => release.lost(),
    logger,
    lookEveryMs: 100,
  });
  await database.start();
  const { reads: platform, bulk, primary } = database;
  const memo = new Memo(primary, logger);
  const replicas = replicaUrls.length > 0 && { replicas: () => database.status.replicas };
  const redis = options.redis && { redis: options.redis.link };
  const databases = () => database.status;
  const cacheCounts = () => answers.counts;
  const server = createHttpServer(
    createApp({
      platform,
      bulk,
      primary,
      ...replicas,
      ...redis,
      databases,
      cacheCounts,
      logger,
      cache,
      memo,
    }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ask: watched((path, init) => fetch(base + path, init)),
    url: base,
    platform,
    bulk,
    database,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all([close(), memo.close()]);
      await database.close();
    },
  };
}

/** Counts how often somebody sends a statement; of a kind, where the name is given. */
export function counting(queries: Queries, name = /./): { count: number } {
  const calls = { count: 0 };
  const query = queries.query.bind(queries);
  const counted: Queries['query'] = (statement) => {
    if (name.test(statement.name ?? '')) calls.count += 1;
    return query(statement);
  };
  Object.assign(queries, { query: counted });
  return calls;
}

const problem = z.looseObject({
  type: z.string().regex(/^\/problems\/[a-z-]+$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  error: z.string().min(1),
  message: z.string().min(1),
  requestId: z.string().min(8),
});

/** The problem document of a reply, after checking that it is one, carries the status and betrays nothing. */
export async function problemOf(
  t: ExecutionContext,
  reply: Response,
  status: number,
): Promise<z.output<typeof problem>> {
  const body = await reply.text();
  t.is(reply.status, status, body);
  t.regex(reply.headers.get('content-type') ?? '', /^application\/problem\+json/);
  t.notRegex(body, /\n {4}at |node_modules|select |pg_|SQLSTATE/);
  const document = problem.parse(JSON.parse(body));
  t.is(document.status, status);
  t.is(document.message, document.detail);
  return document;
}

/** The JSON object of a reply. */
export async function jsonOf(reply: Response): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await reply.json());
}
