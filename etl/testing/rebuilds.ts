/** What the tests of rebuilds share: a database of their own on each server, dumps, and a look at what a run left. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type pg from 'pg';
import { migrate } from '../../server/database/migrate.ts';
import type { RebuildFailure } from '../errors.ts';
import { leftovers, published, withClient } from './looks.ts';
import { testServers } from './servers.ts';
import { smallDump } from './small-vpic.ts';

export interface Folder {
  readonly path: string;
  /** Where rebuilds put their temporary files; empty between two of them. */
  readonly dataDir: string;
  /** Writes a dump and returns its path. */
  dump(name: string, sql: string): string;
  /** The small vPIC as a file of that name, unlike any other by a remark. */
  month(name: string): string;
}

/** A folder for the test file, gone after it. */
export function testFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'mvp-rebuild-'));
  test.after.always('remove the folder', () => rmSync(path, { recursive: true }));
  const dump = (name: string, sql: string): string => {
    writeFileSync(join(path, name), sql);
    return join(path, name);
  };
  return {
    path,
    dataDir: mkdtempSync(join(path, 'data-')),
    dump,
    month: (name) => dump(`vPICList_lite_${name}.sql`, `-- ${name}\n${smallDump()}`),
  };
}

export interface RebuildServer {
  readonly version: string;
  /** A migrated database of the test file's own. */
  readonly url: string;
  /** Names a test after its server. */
  title(text: string): string;
}

/** A database for the test file on each server, dropped after it. */
export function rebuildServers(file: string): RebuildServer[] {
  return testServers.map(({ version, url: serverUrl }) => {
    const name = `etl_${file}_${process.pid}_${version.replace(/\W/g, '_')}`;
    const url = serverUrl.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
    const title = (text: string): string => `PostgreSQL ${version}: ${text}`;
    test.before(title('make a database'), async () => {
      await withClient(serverUrl, (client) => client.query(`create database ${name}`));
      await migrate({ url, series: 'platform' });
    });
    test.after.always(title('drop it'), async () => {
      await withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    });
    return { version, url, title };
  });
}

/** The published release is the given one, and nothing half made is left in the database or the data directory. */
export async function isClean(
  t: ExecutionContext,
  client: pg.Client,
  releaseId: number,
  dataDir: string,
): Promise<void> {
  t.is((await published(client)).release_id, releaseId);
  t.deepEqual(await leftovers(client), []);
  t.deepEqual(readdirSync(dataDir), []);
}

export async function refused(
  t: ExecutionContext,
  run: Promise<unknown>,
  failure: RebuildFailure,
  message: RegExp,
): Promise<void> {
  const error = await t.throwsAsync(run, { name: 'RebuildError', message });
  t.like(error, { failure });
  t.false(error?.message.includes('\n'));
}
