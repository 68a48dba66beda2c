import { join } from 'node:path';
import type { Config } from '../../server/config.ts';
import { openEmbedded } from '../../server/database/embedded.ts';
import { Failure } from '../../server/failure.ts';
import { urlOf } from '../../test/harness/databases.ts';
import { hasDebian15, startDebian15 } from '../../test/harness/servers.ts';
import type { Options } from './options.ts';

/** The PostgreSQL that is measured. */
export interface BenchServer {
  /** A URL of one of its databases, as a login that may create databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that is asked for, or takes the one of PLATFORM_DATABASE_URL, whose own database is left
 * alone: the bench makes databases beside it. The embedded one has a folder of its own, so that a running service is
 * not in the way; it stays there, because loading the data takes longer than most sections.
 */
export async function openServer(
  config: Pick<Config, 'dataDir' | 'platformDatabaseUrl'>,
  options: Pick<Options, 'postgres'>,
  note: (line: string) => void,
  signal: AbortSignal,
): Promise<BenchServer> {
  const given = config.platformDatabaseUrl;
  if (given !== null) return { url: (name) => urlOf(given, name), stop: async () => undefined };
  if (options.postgres === 'debian15') {
    if (!hasDebian15())
      throw new Failure('PostgreSQL 15 of Debian is not installed: apt-get install postgresql-15');
    return startDebian15(signal);
  }
  const dataDir = join(config.dataDir, 'bench');
  return openEmbedded({ dataDir, use: 'server', databases: [], note, signal });
}
