import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { migrate } from '../../server/database/migrate.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { hasCode } from '../../server/failure.ts';
import { type LoadOptions, load } from '../../server/start/first-load.ts';
import type { BenchServer } from './server.ts';
import { databases, query, runFile, withClient } from './sql-file.ts';

export interface PrepareOptions {
  /** As ETL_SOURCE names it. */
  source: string;
  config: LoadOptions['config'];
  isFresh: boolean;
  signal: AbortSignal;
  say: (line: string) => void;
}

/**
 * Makes the database that all sections get copies of: migrated, loaded and compiled by the real rebuild, vacuumed as
 * autovacuum would do within minutes. One that an earlier run left is kept while nothing that made it has changed.
 */
export async function preparePristine(server: BenchServer, options: PrepareOptions): Promise<void> {
  const wanted = fingerprint(options.source);
  const url = server.url(databases.pristine);
  if (!options.isFresh && (await fingerprintOf(url)) === wanted) return;
  options.say('loading and compiling the data');
  await withClient(server.url('postgres'), async (admin) => {
    await runFile(admin, 'setup/drop_pristine.sql');
    await runFile(admin, 'setup/create_pristine.sql');
  });
  await migrate({ url, series: 'platform' });
  await load({ url, source: options.source, config: options.config, signal: options.signal });
  await withClient(url, async (client) => {
    await runFile(client, 'setup/vacuum.sql');
    // Last: without it the database counts as not made.
    await runFile(client, 'setup/create_fingerprint.sql');
    await query(client, 'setup/write_fingerprint.sql', [wanted]);
  });
}

/** A fresh copy of the compiled database, with the functions of schema bench; nothing is remembered in it. */
export async function freshDatabase(server: BenchServer): Promise<string> {
  await withClient(server.url('postgres'), async (admin) => {
    await runFile(admin, 'setup/drop_run.sql');
    await runFile(admin, 'setup/create_run.sql');
  });
  const url = server.url(databases.run);
  await addFunctions(url);
  return url;
}

/** Loads the functions of schema bench. */
export async function addFunctions(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const file of readLoadList(projectRoot, 'bench/sql/load.sql')) await runSqlFile(client, file);
  });
}

/** Drops the copies; the compiled database stays for the next run. */
export async function dropCopies(server: BenchServer): Promise<void> {
  await withClient(server.url('postgres'), async (admin) => {
    for (const name of ['run', 'grown', 'app']) await runFile(admin, `setup/drop_${name}.sql`);
  });
}

async function fingerprintOf(url: string): Promise<string | null> {
  try {
    return await withClient(url, async (client) => {
      const [row] = await query<{ fingerprint: string }>(client, 'setup/read_fingerprint.sql');
      return row?.fingerprint ?? null;
    });
  } catch (error) {
    // No such database, or one whose making was interrupted.
    if (hasCode(error, '3D000', '42P01', '3F000')) return null;
    throw error;
  }
}

/** Of everything that the compiled database is made from. */
function fingerprint(source: string): string {
  const hash = createHash('sha256');
  for (const path of globSync('{migrations/platform,functions,sql,etl}/**/*.{sql,ts}', {
    cwd: projectRoot,
  }).sort()) {
    if (path.includes('.test.')) continue;
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(projectRoot, path)));
  }
  const { size, mtimeMs } = source === 'bundled' ? { size: 0, mtimeMs: 0 } : statSync(source);
  return hash.update(`${source} ${size} ${mtimeMs}`).digest('hex');
}
