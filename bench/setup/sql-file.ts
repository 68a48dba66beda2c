import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { runSqlFile } from '../../server/database/sql-file.ts';

/** Names of the databases that the bench makes and drops. */
export const databases = {
  /** Compiled once and kept; nobody works in it. */
  pristine: 'mvp-platform-bench',
  run: 'mvp-platform-bench-run',
  grown: 'mvp-platform-bench-grown',
  app: 'mvp-platform-bench-app',
} as const;

/** The text of a file below bench/. */
export function readBench(path: string): Promise<string> {
  return readFile(new URL(`../${path}`, import.meta.url), 'utf8');
}

/** The rows of a query file below bench/. */
export async function query<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  path: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(await readBench(path), [...values]);
  return rows;
}

/** Runs a file below bench/ that takes no parameters; an error names the file and the line. */
export async function runFile(client: pg.Client, path: string): Promise<void> {
  await runSqlFile(client, { path: `bench/${path}`, sql: await readBench(path) });
}

/** Works on a connection of its own that has no time limits; it is closed whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Connects without time limits: what is measured takes the time it takes. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mvp-platform-vehicles bench',
    statement_timeout: 0,
    connectionTimeoutMillis: 10_000,
  });
  // The query under way fails as well when a connection breaks; the event alone would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
