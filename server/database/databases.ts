import type { Config } from '../config.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded.ts';
import { prepareExternal, Unreachable } from './external.ts';

/** The names of the two databases where nothing else is configured (CONTRACT, section 2). */
export const databaseNames = { app: 'motovaultpro', platform: 'mvp-platform-vehicles' } as const;
export type DatabaseName = keyof typeof databaseNames;

const variables = { app: 'DATABASE_URL', platform: 'PLATFORM_DATABASE_URL' } as const;

export interface Databases {
  url: Readonly<Record<DatabaseName, string>>;
  /** Those that nobody answers for; only where {@link OpenOptions.mayBeAway} allows it. */
  away: readonly { name: DatabaseName; reason: string }[];
  /** Checks a configured one again. @throws {Failure} as {@link openDatabases} does */
  check(name: DatabaseName): Promise<void>;
  /** Stops the embedded PostgreSQL if there is one and stopping it is ours to do. */
  stop(): Promise<void>;
}

export interface OpenOptions {
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'platformDatabaseUrl'>;
  use: 'server' | 'command';
  /** Which are needed; a URL of the others is not looked at. */
  needed: readonly DatabaseName[];
  note: (line: string) => void;
  /** Goes on without a configured database that cannot be reached, and says so. */
  mayBeAway?: boolean;
  signal?: AbortSignal;
}

/**
 * Makes both databases usable: those with a URL are checked, the others are embedded.
 * @throws {Failure} one line, with everything that was started stopped again
 */
export async function openDatabases(options: OpenOptions): Promise<Databases> {
  const { config, note, needed } = options;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const configured = { app: config.databaseUrl, platform: config.platformDatabaseUrl };
  // External ones first: when they cannot be used, nothing has been started yet.
  const check = async (name: DatabaseName): Promise<void> => {
    const url = configured[name];
    if (url !== null) await prepareExternal({ url, variable: variables[name], note, ...signal });
  };
  const away: { name: DatabaseName; reason: string }[] = [];
  for (const name of needed) {
    try {
      await check(name);
    } catch (error) {
      if (!(options.mayBeAway && error instanceof Unreachable)) throw error;
      away.push({ name, reason: error.message });
    }
  }
  let embedded: EmbeddedDatabase | null = null;
  const missing = needed.filter((name) => configured[name] === null);
  if (missing.length > 0) {
    embedded = await openEmbedded({
      dataDir: config.dataDir,
      use: options.use,
      databases: missing.map((name) => databaseNames[name]),
      note,
      ...signal,
    });
  }
  const url = (name: DatabaseName): string => configured[name] ?? embedded?.url(databaseNames[name]) ?? '';
  return {
    url: { app: url('app'), platform: url('platform') },
    away,
    check,
    stop: async () => embedded?.stop(),
  };
}
