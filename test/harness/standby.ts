import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asAccount } from '../../server/database/embedded/account.ts';
import { superuser } from '../../server/database/embedded/cluster.ts';
import type { Home } from '../../server/database/embedded/home.ts';
import { migrate } from '../../server/database/migrate.ts';
import { Cluster, type Postgres, startCluster, withClient } from './cluster.ts';
import { loadFixture } from './prepare.ts';
import { freePort } from './service.ts';

/** A primary with the fixture's data, and a standby that follows it. */
export interface Pair {
  readonly primary: Postgres;
  readonly standby: Postgres;
  close(): Promise<void>;
}

/** Of a standby: a query that is in the way of the log is cancelled at once, and what is written is asked for soon. */
const STANDBY_SETTINGS = ['max_standby_streaming_delay=50ms', 'wal_retrieve_retry_interval=100ms'];

/** Makes both with the programs that the service brings along, which lack pg_basebackup: the copy is made by the functions below it. */
export async function startPair(): Promise<Pair> {
  const { cluster: primary, home, folder, remove } = await startCluster('platform');
  await migrate({ url: primary.url, series: 'platform' });
  await loadFixture(primary.url);
  const files = join(folder, 'standby');
  await copy(primary, home, files);
  appendFileSync(
    join(files, 'postgresql.auto.conf'),
    `\nprimary_conninfo = 'host=127.0.0.1 port=${primary.port} user=${superuser} password=${primary.password}'\n`,
  );
  const standby = new Cluster({
    home,
    folder: files,
    database: 'platform',
    port: await freePort(),
    password: primary.password,
    settings: STANDBY_SETTINGS,
  });
  await standby.start();
  return {
    primary,
    standby,
    close: async () => {
      await standby.kill();
      await remove();
    },
  };
}

/** A base backup: https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP. */
async function copy(primary: Cluster, home: Home, cluster: string): Promise<void> {
  await withClient(primary.urlOf('postgres'), async (admin) => {
    await admin.query("select pg_backup_start('standby', fast => true)");
    const copied = spawnSync('cp', ['-a', home.cluster, cluster], { ...asAccount(null), encoding: 'utf8' });
    if (copied.status !== 0) throw new Error(`the cluster was not copied: ${copied.stderr}`);
    rmSync(join(cluster, 'postmaster.pid'));
    const { rows } = await admin.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    );
    for (const [name, text] of [
      ['backup_label', rows[0]?.labelfile ?? ''],
      ['standby.signal', ''],
    ] as const) {
      writeFileSync(join(cluster, name), text);
      if (home.account !== null) chownSync(join(cluster, name), home.account.uid, home.account.gid);
    }
  });
}
