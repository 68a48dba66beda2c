/** How servers say that they stand. */

import { request } from 'undici';
import { z } from 'zod';

const entry = z.object({ status: z.string() });
const replica = z.object({ name: z.string(), status: z.string(), dataVersion: z.string().nullable() });

const health = z.object({
  dependencies: z.object({
    mainDatabase: entry,
    platformDatabase: entry,
    redis: entry,
    replicas: z.object({ replicas: z.array(replica) }),
  }),
});

/** The dependencies of a server. */
export type Health = z.infer<typeof health>['dependencies'];

/** What a server says; null when it says nothing. */
export async function healthOf(url: string): Promise<Health | null> {
  try {
    const { body } = await request(`${url}/health`, { headersTimeout: 5_000 });
    return health.parse(await body.json()).dependencies;
  } catch {
    return null;
  }
}

/** Whether all is up, and so many standbys answer for this version. */
export function isWell(
  { mainDatabase, platformDatabase, redis, replicas }: Health,
  version: string | null,
  standbys: number,
): boolean {
  const used = replicas.replicas.filter(
    ({ status, dataVersion }) => status === 'up' && dataVersion === version,
  );
  return (
    [mainDatabase, platformDatabase, redis].every(({ status }) => status === 'up') && used.length === standbys
  );
}
