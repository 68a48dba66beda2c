import { Service } from '../../test/harness/service.ts';
import type { Bench } from './section.ts';
import { databases } from './sql-file.ts';

/** The service on a database of the bench, as `npm start` starts it. */
export interface RunningService {
  url: string;
  pid: number;
}

/** Starts the service on a platform database; it ends with the section. */
export async function startService(bench: Bench, platformUrl: string): Promise<RunningService> {
  const service = new Service({
    PORT: '0',
    DATA_DIR: bench.folder,
    PLATFORM_DATABASE_URL: platformUrl,
    DATABASE_URL: bench.server.url(databases.app),
    // A line for each request costs as much as some of the requests; people who want the rate turn it off.
    LOG_LEVEL: 'warn',
  });
  bench.closing(() => service.stop());
  return { url: await service.listening(), pid: service.child.pid ?? 0 };
}
