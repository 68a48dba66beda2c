import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';

/*
 * What tests written in TypeScript see of the harness: the databases that test/run.ts prepared, and fresh copies
 * of them. test/run.ts hands them over in the variable TEST_PG_URLS.
 *
 *   empty    migrated, no data                 shared by tests that only read, or roll back
 *   fixture  plus the rows of sql/fixtures/    a file says `needs: fixture` in a remark to have it prepared
 *   data     plus the bundled real data        a file says `needs: data`
 *   app      the main database, migrated
 */

const testServer = z.object({
  /** Major version, as text. */
  version: z.string(),
  /** The shared database with the most in it: data when a selected test needs it, else empty. */
  url: z.string(),
  /** A superuser's URL of the database "postgres". */
  admin: z.string(),
  empty: z.string(),
  fixture: z.string().nullable(),
  data: z.string().nullable(),
  app: z.string(),
});

export type TestServer = z.infer<typeof testServer>;
export type Kind = 'empty' | 'fixture' | 'data' | 'app';

/** Nobody connects to these: PostgreSQL copies a database only while no one is in it. */
export const pristine: Readonly<Record<Kind, string>> = {
  empty: 'pristine_empty',
  fixture: 'pristine_fixture',
  data: 'pristine_data',
  app: 'pristine_app',
};

/** The prepared servers, newest version first. @throws when the tests were not started by test/run.ts */
export function testServers(): TestServer[] {
  const given = process.env.TEST_PG_URLS;
  if (given === undefined) throw new Error('no databases: start with npm test -- --ava <file>');
  return z.array(testServer).min(1).parse(JSON.parse(given));
}

/** A database of one's own. */
export interface OwnDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A copy of a prepared database (or an empty one), for tests that change it. Takes 30 ms, with data a second or two. */
export async function ownDatabase(server: TestServer, kind: Kind | 'blank'): Promise<OwnDatabase> {
  const name = `own_${randomBytes(6).toString('hex')}`;
  const source = kind === 'blank' ? 'template0' : pristine[kind];
  await run(server.admin, `create database ${name} template ${source}`);
  return {
    url: urlOf(server.admin, name),
    drop: () => run(server.admin, `drop database if exists ${name} with (force)`),
  };
}

/** The same server and login, another database. */
export function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
