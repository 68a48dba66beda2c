/**
 * `/admin/jobs`: pg-boss's own dashboard, to look at. It carries a pg-boss of its own, an older one than ours, so it is not let change
 * anything: asking for a rebuild and cancelling one are actions of /admin/graphql, which want a reason and record it.
 */

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import { z } from 'zod';

export interface AdminJobs {
  readonly handler: RequestHandler;
  close(): Promise<void>;
}

/** @param url the platform database as role mvp_platform_jobs: the dashboard connects by itself */
export async function openJobs(url: string): Promise<AdminJobs> {
  // Its own switch: it draws no buttons, and refuses what is not GET. The role could not write anyhow.
  process.env.PGBOSS_DASHBOARD_READ_ONLY = '1';
  letItLook();
  const { createDashboardHandler } = await import('@pg-boss/dashboard/handler');
  const dashboard = createDashboardHandler({
    databases: [{ url, name: 'mvp-platform-vehicles', schema: 'pgboss' }],
    basePath: '/admin/jobs',
  });
  return {
    handler: async (req, res) => answer(await dashboard(webRequest(req)), res),
    close: () => dashboard.close(),
  };
}

/** The number of pg-boss's schema, in its package and in what the dashboard was built of. */
const packageOfBoss = z.object({ pgboss: z.object({ schema: z.int() }) });
const SCHEMA_IN_BUILD = /pgboss: \{ "schema": (\d+) \}/;

/**
 * The page of a job asks the dashboard's own pg-boss, which refuses a database of any other version than its own, newer ones
 * included. Newer versions have added columns, and reading is all that happens here: it is told our number.
 *
 * @throws while the dashboard is loaded, when its build is another one than this is written for
 */
function letItLook(): void {
  const { pgboss } = packageOfBoss.parse(
    JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('pg-boss/package.json')), 'utf8')),
  );
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      if (!url.endsWith('/@pg-boss/dashboard/build/server/index.js')) return loaded;
      const source = String(loaded.source);
      if (!SCHEMA_IN_BUILD.test(source)) {
        throw new Error('@pg-boss/dashboard has changed: see server/admin/jobs.ts');
      }
      return { ...loaded, source: source.replace(SCHEMA_IN_BUILD, `pgboss: { "schema": ${pgboss.schema} }`) };
    },
  });
}

function webRequest(req: ExpressRequest): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(req.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return new Request(`http://${req.headers.host ?? 'localhost'}${req.originalUrl}`, {
    method: req.method,
    headers,
  });
}

async function answer(reply: Response, res: ExpressResponse): Promise<void> {
  res.status(reply.status);
  reply.headers.forEach((value, name) => {
    res.appendHeader(name, value);
  });
  if (reply.body === null) res.end();
  else await pipeline(Readable.fromWeb(reply.body as ReadableStream<Uint8Array>), res);
}
