/** `GET /health`, `/health/live` and `/health/ready`, for whoever starts, stops and routes to this process. */

import express, { type Router } from 'express';
import type { Queries } from '../database/queries.ts';
import type { ReplicaStatus } from '../database/replicas/replica.ts';
import { ask, askAll } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import type { Traffic } from '../http/traffic.ts';
import { inTime } from '../in-time.ts';
import { Problem, unavailable } from '../problem.ts';
import type { RedisLink } from '../redis/link.ts';
import { problemOfDatabaseError } from '../sqlstate.ts';

/** Milliseconds for a database to answer: below the one second that probes commonly wait. */
const PATIENCE = 800;

const dataVersion = {
  name: 'data_version',
  text: 'select api.data_version() as body, api.data_version() as version',
};

const health = { name: 'health', text: 'select api.health() as reasons' };

const isStandby = { name: 'is_standby', text: 'select pg_is_in_recovery() as answer' };

/** Whether something that the service depends on answers; rejects with the reason when it does not. */
type Check = () => Promise<unknown>;

/** A dependency as it is shown. */
interface Dependency {
  status: 'up' | 'down';
  latencyMs: number;
  /** Why it is down. */
  reason?: string;
  /** Of the entry `replicas`: each of them. */
  replicas?: readonly ReplicaStatus[];
}

/** What is looked at. */
export interface HealthSources {
  /** The platform database itself. */
  platform: Queries;
  /** Who answers decodes: replicas where there are any. */
  reads: Queries;
  /** The main database; absent where the users' vehicles are not served. */
  main?: Queries | undefined;
  /** How the replicas stand; absent where there are none. */
  replicas?: (() => readonly ReplicaStatus[]) | undefined;
  /** Absent where each server keeps answers in its own memory alone. */
  redis?: RedisLink | undefined;
  /** Knows when the process is about to end. */
  traffic: Pick<Traffic, 'isClosing'>;
}

/** The routes below `/health`. */
export function healthRoutes({ platform, reads, main, replicas, redis, traffic }: HealthSources): Router {
  const router = express.Router();
  const answers = (queries: Queries): ReturnType<typeof ask> =>
    inTime(ask(queries, dataVersion, []), PATIENCE, () => late('vehicle'));
  const checksNow = (): Record<string, Check> => {
    // One question for both entries.
    const reasons = inTime(reasonsOf(platform), PATIENCE, () => late('vehicle'));
    return {
      ...(main && { mainDatabase: () => inTime(takesWrites(main), PATIENCE, () => late('main')) }),
      platformDatabase: () => answers(platform),
      ...(redis && { redis: () => redis.check() }),
      jobQueue: async () => objection((await reasons).jobQueue),
      dataFreshness: async () => objection((await reasons).dataFreshness),
    };
  };

  readOnly(router, '/live', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'live' });
  });

  // Ready is who can answer a decode: a release is published and the database says so in time. The main database does not
  // count: without it all that is public goes on, and another server would not have it either.
  readOnly(router, '/ready', async (_req, res) => {
    if (traffic.isClosing) throw unavailable('this server is being stopped; ask another', 1);
    const { version } = await answers(reads);
    res.set('Cache-Control', 'no-store').json({ status: 'ready', dataVersion: version });
  });

  // A report, so 200 whatever it says: /ready is what decides.
  readOnly(router, '/', async (_req, res) => {
    const entries = Object.entries(checksNow()).map(
      async ([name, check]) => [name, await tried(check)] as const,
    );
    const dependencies = {
      ...Object.fromEntries(await Promise.all(entries)),
      ...(replicas && { replicas: entryOf(replicas()) }),
    };
    const isUp = Object.values(dependencies).every(({ status }) => status === 'up');
    res.set('Cache-Control', 'no-store').json({ status: isUp ? 'up' : 'degraded', dependencies });
  });

  return router;
}

/** Looked at every second anyway (database/replicas): nobody is asked for this. */
function entryOf(replicas: readonly ReplicaStatus[]): Dependency {
  const out = replicas.filter(({ status }) => status !== 'up');
  return {
    status: out.length === 0 ? 'up' : 'down',
    latencyMs: Math.max(0, ...replicas.map(({ latencyMs }) => latencyMs ?? 0)),
    ...(out.length > 0 && { reason: out.map(({ name, reason }) => `${name}: ${reason}`).join('; ') }),
    replicas,
  };
}

async function tried(check: Check): Promise<Dependency> {
  const begun = performance.now();
  const latency = (): number => Math.round((performance.now() - begun) * 100) / 100;
  try {
    await check();
    return { status: 'up', latencyMs: latency() };
  } catch (error) {
    const problem = error instanceof Problem ? error : problemOfDatabaseError(error);
    return {
      status: 'down',
      latencyMs: latency(),
      reason: problem?.message ?? 'it failed; the log says how',
    };
  }
}

/** What speaks against a part of the service, in words for people; null where nothing does. */
type Reasons = Record<'jobQueue' | 'dataFreshness', string | null>;

async function reasonsOf(platform: Queries): Promise<Reasons> {
  const [row] = await askAll<{ reasons: Reasons }>(platform, health, []);
  if (row === undefined) throw new Error('api.health gave no row');
  return row.reasons;
}

function objection(reason: string | null): void {
  if (reason !== null) throw unavailable(reason, 60);
}

async function takesWrites(main: Queries): Promise<void> {
  const { rows } = await main.query<{ answer: boolean }>(isStandby);
  if (rows[0]?.answer !== false) throw unavailable('the main database is a read-only standby', 5);
}

function late(name: string): Problem {
  return unavailable(`the ${name} database did not answer within ${PATIENCE} ms`, 2);
}
