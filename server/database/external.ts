import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { codeOf, describe, Failure, hasCode } from '../failure.ts';
import { failureKindOf } from '../sqlstate.ts';

/** PostgreSQL versions that the migrations are tested with, and those known to be too old. */
const supported = { oldest: 15, newest: 18 } as const;
/** A server that is starting up says so; compose and systemd start things side by side. */
const startingTimeoutMs = 30_000;

/** Nobody answers at the place that a URL names, which may pass; whatever else is wrong with it will not. */
export class Unreachable extends Failure {}

export interface ExternalOptions {
  url: string;
  /** The environment variable that the URL came from, for messages. */
  variable: string;
  note: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Checks that the database behind a URL can be used, and creates it when its server has none of that name.
 * @throws {Failure} one line that names the variable: not reachable, wrong login, too old, not UTF-8
 */
export async function prepareExternal(options: ExternalOptions): Promise<void> {
  let client: pg.Client;
  try {
    client = await connect(options.url, options.signal);
  } catch (error) {
    if (!hasCode(error, '3D000')) throw explain(error, options);
    await create(options);
    client = await connect(options.url, options.signal).catch((again: unknown) => {
      throw explain(again, options);
    });
  }
  try {
    await check(client, options);
  } finally {
    await client.end();
  }
}

/** Connects; waits while the server says that it is starting up. */
async function connect(url: string, signal?: AbortSignal): Promise<pg.Client> {
  const deadline = Date.now() + startingTimeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const client = new pg.Client({
      connectionString: url,
      application_name: 'mvp-platform-vehicles start',
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!hasCode(error, '57P03') || Date.now() > deadline) throw error;
    }
    await sleep(500, undefined, signal === undefined ? {} : { signal });
  }
}

async function create(options: ExternalOptions): Promise<void> {
  const url = new URL(options.url);
  const name = decodeURIComponent(url.pathname.slice(1));
  const login = decodeURIComponent(url.username);
  url.pathname = '/postgres';
  const quoted = pg.escapeIdentifier(name);
  let client: pg.Client | undefined;
  try {
    client = await connect(url.href, options.signal);
    options.note(`creating the database ${quoted} on ${url.host}`);
    const statement = `create database ${quoted} template template0 encoding 'UTF8'`;
    await client.query(statement).catch(async (error: unknown) => {
      // 22023: the server's own locale is bound to another encoding. "C" goes with every encoding.
      if (!hasCode(error, '22023')) throw error;
      await client?.query(`${statement} lc_collate 'C' lc_ctype 'C'`);
    });
  } catch (error) {
    // 42P04, 23505: another process created it between the question and the answer.
    if (hasCode(error, '42P04', '23505')) return;
    throw new Failure(
      `${options.variable} names the database ${quoted}, which is missing on ${url.host}, and ${login || 'its login'} cannot create it (${describe(error)}): run create database ${quoted} encoding 'UTF8' owner ${pg.escapeIdentifier(login || 'login')} as its administrator`,
    );
  } finally {
    await client?.end();
  }
}

async function check(client: pg.Client, { variable, note }: ExternalOptions): Promise<void> {
  const { rows } = await client.query<{ number: string; encoding: string; standby: boolean }>(
    `select current_setting('server_version_num') as number, current_setting('server_encoding') as encoding,
            pg_is_in_recovery() as standby`,
  );
  const server = rows[0];
  const major = Math.floor(Number(server?.number) / 10_000);
  if (major < supported.oldest) {
    throw new Failure(
      `${variable} is PostgreSQL ${major}: at least ${supported.oldest} is needed (tested: ${supported.oldest} to ${supported.newest})`,
    );
  }
  if (major > supported.newest) {
    note(`${variable} is PostgreSQL ${major}, newer than the newest tested (${supported.newest})`);
  }
  if (server?.encoding !== 'UTF8') {
    throw new Failure(
      `${variable} has the encoding ${server?.encoding}: create the database with encoding 'UTF8'`,
    );
  }
  if (server.standby) {
    throw new Failure(
      `${variable} is a read-only standby: name the primary, and standbys in PLATFORM_REPLICA_URLS`,
    );
  }
}

function explain(error: unknown, { url, variable }: ExternalOptions): unknown {
  const { host, username } = new URL(url);
  const login = decodeURIComponent(username) || 'the login';
  const code = codeOf(error);
  const at = `${variable}: PostgreSQL at ${host || 'localhost'}`;
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return new Unreachable(`${at} does not answer (${code}): start it, or correct host and port`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Unreachable(`${variable}: there is no host ${new URL(url).hostname}: correct the name`);
    case '28P01':
    case '28000':
      return new Failure(`${at} refuses ${login} (${describe(error)}): correct login and password`);
    case '42501':
      return new Failure(`${at}: ${login} may not connect to the database: grant connect to it`);
  }
  if (error instanceof Failure || (error instanceof Error && error.name === 'AbortError')) return error;
  const line = `${at} cannot be used: ${describe(error)}`;
  return failureKindOf(error) === 'away' ? new Unreachable(line) : new Failure(line);
}
