import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../config.ts';
import { Failure, hasCode } from '../failure.ts';
import { readLoadList, readSql } from './load-list.ts';
import { runSqlFile, type SqlFile } from './sql-file.ts';

/** One database each. The files of `lists` are loaded anew whenever one of them changed. */
const seriesOf = {
  platform: { folder: 'migrations/platform', lists: ['functions/load.sql', 'sql/build.sql'] },
  app: { folder: 'migrations/app', lists: ['functions/load-garage.sql'] },
} as const;

export type Series = keyof typeof seriesOf;

export interface MigrateOptions {
  url: string;
  series: Series;
  /** The folder that holds migrations/, functions/ and sql/; this project's unless a test says otherwise. */
  root?: string;
  note?: (line: string) => void;
}

export interface Migrated {
  /** Names of the migrations applied by this call. */
  applied: string[];
  /** Whether functions and views were loaded by this call. */
  loadedCode: boolean;
}

interface Plan {
  pending: SqlFile[];
  /** Functions and views, when they differ from those loaded. */
  code: SqlFile[];
  codeSha256: string;
}

/** Waiting for another process's migrations; they take seconds. */
const lockTimeoutMs = 120_000;
/** "mvp" and "mig": the same lock for both series, which may share a server's database in a small set-up. */
const lockKey = [0x6d7670, 0x6d6967] as const;

/*
 * Bookkeeping. Readable by everyone, so that a login that may not migrate can see that it need not.
 */
const bookkeeping = `
create schema if not exists mvp_migration;
create table if not exists mvp_migration.applied_migration (
    series text not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (series, name)
);
create table if not exists mvp_migration.loaded_code (
    series text primary key,
    sha256 text not null,
    loaded_at timestamptz not null default clock_timestamp()
);
comment on schema mvp_migration is 'What the migrator has done to this database.';
comment on table mvp_migration.applied_migration is 'Migrations applied, each once and never again.';
comment on table mvp_migration.loaded_code is 'Checksum of the functions and views that were loaded last.';
grant usage on schema mvp_migration to public;
grant select on all tables in schema mvp_migration to public;`;

/**
 * Brings a database to the state of this program: applies pending migrations, each in a transaction of its
 * own, then loads functions and views, all in one. Does nothing, and needs no rights, when all is current.
 * @throws {Failure} a changed migration, a database newer than this program, missing rights, an error with
 * its file and line
 */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const root = options.root ?? projectRoot;
  const series = seriesOf[options.series];
  const migrations = readMigrations(root, series.folder);
  const code = series.lists.flatMap((list) => readLoadList(root, list));
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'mvp-platform-vehicles migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const before = await makePlan(client, options.series, migrations, code);
    if (isCurrent(before)) return { applied: [], loadedCode: false };
    await lock(client);
    await client.query(bookkeeping);
    // Asked again: another process may have migrated while this one waited.
    const plan = await makePlan(client, options.series, migrations, code);
    for (const file of plan.pending) {
      options.note?.(`applying ${file.path}`);
      await applyMigration(client, options.series, file);
    }
    if (plan.code.length > 0) await loadCode(client, options.series, plan);
    return { applied: plan.pending.map((file) => file.path), loadedCode: plan.code.length > 0 };
  } catch (error) {
    if (!hasCode(error, '42501')) throw error;
    throw lacksRights(options, error);
  } finally {
    await client.end();
  }
}

function readMigrations(root: string, folder: string): SqlFile[] {
  const names = listFolder(join(root, folder)).filter(
    (name) => name.endsWith('.sql') && !name.endsWith('.test.sql'),
  );
  const numbers = new Set<string>();
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (number === undefined)
      throw new Failure(`${folder}/${name}: a migration is named NNNN_what_it_does.sql`);
    if (numbers.has(number)) throw new Failure(`${folder}: two migrations have the number ${number}`);
    numbers.add(number);
  }
  return names.sort().map((name) => {
    const path = `${folder}/${name}`;
    return { path, sql: readSql(root, path, 'the migrator') };
  });
}

/** A series without migrations has no folder: git keeps none that is empty. */
function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Compares files and database. @throws {Failure} when they contradict each other */
async function makePlan(
  client: pg.Client,
  series: Series,
  migrations: SqlFile[],
  code: SqlFile[],
): Promise<Plan> {
  const codeSha256 = sha256(code.map((file) => `${file.path} ${sha256(file.sql)}`).join('\n'));
  const { rows: known } = await client.query<{ exists: boolean }>(
    `select to_regclass('mvp_migration.loaded_code') is not null as exists`,
  );
  if (known[0]?.exists !== true) return { pending: migrations, code, codeSha256 };
  const { rows: applied } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from mvp_migration.applied_migration where series = $1 order by name',
    [series],
  );
  const { rows: loaded } = await client.query<{ sha256: string }>(
    'select sha256 from mvp_migration.loaded_code where series = $1',
    [series],
  );
  for (const { name, sha256: recorded } of applied) {
    const file = migrations.find((candidate) => candidate.path.endsWith(`/${name}`));
    if (file === undefined) {
      throw new Failure(
        `the database is newer than this program: it has the ${series} migration ${name}; install the newer version`,
      );
    }
    if (sha256(file.sql) !== recorded) {
      throw new Failure(
        `${file.path} was changed after it was applied: restore it, and put the change into a new migration`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  const pending = migrations.filter((file) => !done.has(nameOf(file)));
  const last = applied.at(-1)?.name ?? '';
  const late = pending.find((file) => nameOf(file) < last);
  if (late !== undefined)
    throw new Failure(`${late.path} comes before ${last}, which is applied: give it a new number`);
  // Migrations may change what functions rest on: functions and views follow every migration.
  const isLoaded = loaded[0]?.sha256 === codeSha256 && pending.length === 0;
  return { pending, code: isLoaded ? [] : code, codeSha256 };
}

function isCurrent(plan: Plan): boolean {
  return plan.pending.length === 0 && plan.code.length === 0;
}

async function lock(client: pg.Client): Promise<void> {
  // The login's own limits are for requests; a migration takes the time it takes.
  await client.query(`set statement_timeout = 0; set lock_timeout = ${lockTimeoutMs}`);
  try {
    await client.query('select pg_advisory_lock($1, $2)', [...lockKey]);
  } catch (error) {
    if (!hasCode(error, '55P03')) throw error;
    throw new Failure(
      'another process has been migrating this database for two minutes: see what it waits for, then try again',
    );
  }
}

async function applyMigration(client: pg.Client, series: Series, file: SqlFile): Promise<void> {
  await inTransaction(client, [file], async () => {
    await client.query(
      'insert into mvp_migration.applied_migration (series, name, sha256) values ($1, $2, $3)',
      [series, nameOf(file), sha256(file.sql)],
    );
  });
}

async function loadCode(client: pg.Client, series: Series, plan: Plan): Promise<void> {
  await inTransaction(client, plan.code, async () => {
    await client.query(
      `insert into mvp_migration.loaded_code (series, sha256) values ($1, $2)
       on conflict (series) do update set sha256 = excluded.sha256, loaded_at = clock_timestamp()`,
      [series, plan.codeSha256],
    );
  });
}

/**
 * Runs files and then `record` in one transaction. A role that a file takes holds for the files after it (the
 * first of the functions takes the owner's), not for `record`.
 */
async function inTransaction(
  client: pg.Client,
  files: SqlFile[],
  record: () => Promise<void>,
): Promise<void> {
  await client.query('begin');
  try {
    const { rows: begun } = await client.query<{ xid: string }>('select pg_current_xact_id() as xid');
    for (const file of files) {
      await runSqlFile(client, file);
      const { rows: now } = await client.query<{ xid: string }>('select pg_current_xact_id() as xid');
      if (now[0]?.xid !== begun[0]?.xid) {
        throw new Failure(`${file.path} ends its transaction: take out its commit or rollback`);
      }
    }
    await client.query('reset role; reset search_path');
    await record();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function lacksRights(options: MigrateOptions, error: unknown): Failure {
  const login = decodeURIComponent(new URL(options.url).username);
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure(
    `the ${options.series} database is not current and ${login} may not migrate it (${reason}): run mvp-vehicles migrate once as its owner`,
  );
}

function nameOf(file: SqlFile): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
