import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createProgress } from '../../etl/progress.ts';
import { rebuild } from '../../etl/rebuild.ts';
import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { migrate } from '../../server/database/migrate.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { type Kind, pristine, type TestServer } from './databases.ts';
import { installPgtap } from './pgtap.ts';
import { type RunningServer, temporaryFolder } from './servers.ts';

export const fixtureList = 'sql/fixtures/load.sql';

export interface Needs {
  fixture: boolean;
  data: boolean;
}

/**
 * Makes the databases of one server: each kind once as a pristine template, and one shared copy of it. The real
 * data is loaded only when a selected test needs it: that takes half a minute.
 */
export async function prepare(
  server: RunningServer,
  needs: Needs,
  note: (line: string) => void,
  signal: AbortSignal,
): Promise<TestServer> {
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  const create = async (kind: Kind, from: string): Promise<string> => {
    await admin.query(`create database ${pristine[kind]} template ${from} encoding 'UTF8'`);
    return server.url(pristine[kind]);
  };
  const share = async (kind: Kind): Promise<string> => {
    await admin.query(`create database test_${kind} template ${pristine[kind]}`);
    return server.url(`test_${kind}`);
  };
  try {
    const empty = await create('empty', 'template0');
    await migrate({ url: empty, series: 'platform' });
    await withClient(empty, installPgtap);
    const app = await create('app', 'template0');
    await migrate({ url: app, series: 'app' });
    await withClient(app, installPgtap);
    signal.throwIfAborted();
    if (needs.fixture) await loadFixture(await create('fixture', pristine.empty));
    if (needs.data) {
      note(`PostgreSQL ${server.major}: loading the bundled data`);
      await loadData(await create('data', pristine.empty), signal);
    }
    const data = needs.data ? await share('data') : null;
    const shared = await share('empty');
    return {
      version: String(server.major),
      url: data ?? shared,
      admin: server.url('postgres'),
      empty: shared,
      fixture: needs.fixture ? await share('fixture') : null,
      data,
      app: await share('app'),
    };
  } finally {
    await admin.end();
  }
}

/** Loads the rows of sql/fixtures into a migrated database. */
export async function loadFixture(url: string): Promise<void> {
  if (!existsSync(join(projectRoot, fixtureList)))
    throw new Error(`a test needs fixture and there is no ${fixtureList}`);
  await withClient(url, async (client) => {
    await client.query('begin');
    for (const file of readLoadList(projectRoot, fixtureList)) await runSqlFile(client, file);
    await client.query('commit');
    await client.query('analyze');
  });
}

async function loadData(url: string, signal: AbortSignal): Promise<void> {
  const progress = createProgress(process.stderr);
  const dataDir = temporaryFolder();
  try {
    const { dataVersion } = await rebuild({ url, source: 'bundled', dataDir, progress, signal });
    progress.done(`data version ${dataVersion}`);
  } catch (error) {
    progress.fail('the bundled data was not loaded');
    throw error;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  await withClient(url, async (client) => {
    await client.query('vacuum analyze');
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
