import type pg from 'pg';
import { type Config, readConfig } from '../config.ts';
import { type DatabaseName, type Databases, openDatabases } from '../database/databases.ts';
import { type ConnectionOptions, connectionOf, createPool } from '../database/pool.ts';
import type { Teardown } from '../start/teardown.ts';

/** What a command works with. Whatever it opens is closed when it ends, however it ends. */
export interface Context {
  readonly config: Config;
  readonly signal: AbortSignal;
  /** A line for people, on standard error. */
  note(line: string): void;
  /** The configured databases, or the embedded ones of DATA_DIR: the running ones, else started for this command. */
  open(needed: readonly DatabaseName[]): Promise<Databases>;
  /** A pool of two connections, or `max`, on the platform database as one role. */
  platform(role: string, max?: number): Promise<pg.Pool>;
  /** What a connection of one's own on the platform database takes. */
  connection(role: string): Promise<pg.ClientConfig>;
  /** Has something closed when the command ends. */
  atEnd(step: () => Promise<unknown>): void;
}

/** One command of mvp-vehicles. */
export interface Command {
  /** Shown by --help, `mvp-vehicles` left out. */
  usage: string;
  /** One line of what it does. */
  summary: string;
  /** Explanations of the options, a line each. */
  details?: readonly string[];
  run(args: string[], context: Context): Promise<void>;
}

export function createContext(
  signal: AbortSignal,
  teardown: Teardown,
  note: (line: string) => void,
): Context {
  const config = readConfig();
  let databases: Promise<Databases> | null = null;
  const open = (needed: readonly DatabaseName[]): Promise<Databases> => {
    databases ??= openDatabases({ config, use: 'command', needed, note, signal }).then((opened) => {
      teardown.add(() => opened.stop());
      return opened;
    });
    return databases;
  };
  const options = async (role: string): Promise<ConnectionOptions> => {
    const { url } = await open(['platform']);
    // A command may take as long as the person who called it waits; Ctrl-C ends it.
    return {
      url: url.platform,
      role,
      applicationName: 'mvp-platform-vehicles command',
      statementTimeoutMs: 0,
    };
  };
  return {
    config,
    signal,
    note,
    open,
    platform: async (role, max = 2) => {
      const pool = createPool({ ...(await options(role)), max });
      teardown.add(() => pool.end());
      return pool;
    },
    connection: async (role) => connectionOf(await options(role)),
    atEnd: (step) => teardown.add(step),
  };
}
