/** What steps have in common that watch a rebuild: who runs it, when it is published, and who sees it when. */

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { request } from 'undici';
import { scalarOf } from '../nodes.ts';
import type { Program } from '../programs.ts';
import type { Site } from '../site.ts';
import type { Timing } from './step.ts';

/** The newest run, as the database has it. */
export interface Run {
  readonly id: number;
  /** Host and process. */
  readonly worker: string;
  readonly status: string;
}

/** Longest wait for a rebuild, attempts after a killed worker included. */
const PATIENCE_MS = 15 * 60_000;

export async function newestRun(site: Site): Promise<Run> {
  const statement = `select json_build_object('id', run_id, 'worker', worker, 'status', status)::text as value
    from etl.run order by run_id desc limit 1`;
  const run = await scalarOf(site.nodes.primary.cluster.url, statement);
  return JSON.parse(run ?? '{}');
}

/** The worker that runs it; undefined when it is none of ours. */
export function workerOf(site: Site, { worker }: Run): Program | undefined {
  return site.workers.find(({ service }) => worker.endsWith(`:${service.child.pid}`));
}

/** Waits until a run after this one has begun. */
export async function runAfter(site: Site, id: number): Promise<Run> {
  for (;;) {
    const run = await newestRun(site);
    if (run.id > id) return run;
    await sleep(100);
  }
}

/**
 * Waits for the next publish, and then until each server answers from it and each standby has it.
 * @returns how long that took from the notification on
 */
export async function untilPublished(site: Site, before: string | null): Promise<Timing[]> {
  const published = await publishedAfter(site, before);
  const ports = site.servers.length;
  const seen = await Promise.all([
    ...Array.from({ length: ports }, (_, index) => until(() => serverHas(site, index, published.version))),
    ...site.nodes.standbys.map(({ cluster }) =>
      until(
        async () => (await scalarOf(cluster.url, 'select api.data_version() as value')) === published.version,
      ),
    ),
  ]);
  const since = (times: number[]): number => Math.max(...times) - published.at;
  return [
    { what: 'answered from by all servers', ms: since(seen.slice(0, ports)) },
    { what: 'on all standbys', ms: since(seen.slice(ports)) },
    { what: 'standbys asked for it by all servers', ms: await site.untilWell(published.at) },
  ];
}

/** The version that is published next, and when, by its notification. */
async function publishedAfter(site: Site, before: string | null): Promise<{ version: string; at: number }> {
  const client = new pg.Client(site.nodes.primary.cluster.url);
  await client.connect();
  try {
    const { promise, resolve, reject } = Promise.withResolvers<{ version: string; at: number }>();
    client.on('error', reject);
    client.on('notification', ({ payload }) => {
      if (payload && payload !== before) resolve({ version: payload, at: performance.now() });
    });
    const deadline = setTimeout(
      () => reject(new Error(`nothing published in ${PATIENCE_MS} ms`)),
      PATIENCE_MS,
    );
    await client.query('listen mvp_platform_release');
    const { version, at } = await promise;
    clearTimeout(deadline);
    return { version, at };
  } finally {
    await client.end();
  }
}

async function serverHas(site: Site, index: number, version: string): Promise<boolean> {
  const { headers, body } = await request(`${site.urlOf(index)}/api/vehicles/dropdown/years`);
  await body.dump();
  return headers['x-data-version'] === version;
}

async function until(condition: () => Promise<boolean>): Promise<number> {
  while (!(await condition().catch(() => false))) await sleep(10);
  return performance.now();
}
