import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { silentProgress } from '../../etl/progress.ts';
import { rebuild } from '../../etl/rebuild.ts';
import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { migrate } from '../../server/database/migrate.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { describe } from '../../server/failure.ts';
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
      note(`PostgreSQL ${server.major}: loading the bundled data, which takes a minute`);
      const dataVersion = await loadData(await create('data', pristine.empty), signal);
      note(`PostgreSQL ${server.major}: data version ${dataVersion}`);
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

/** In silence: another server is prepared at the same time. @returns the data version */
async function loadData(url: string, signal: AbortSignal): Promise<string> {
  const dataDir = temporaryFolder();
  try {
    const { dataVersion } = await rebuild({
      url,
      source: 'bundled',
      dataDir,
      progress: silentProgress,
      signal,
    });
    await withClient(url, async (client) => {
      await client.query('vacuum analyze');
    });
    return dataVersion;
  } catch (error) {
    throw new Error(`the bundled data was not loaded: ${describe(error)}`, { cause: error });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
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
