/** An installation as docs/SCALING.md has it: logins of deploy/postgresql, a published release, vehicles, a history. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebuild } from '../../../../etl/rebuild.ts';
import { smallDump } from '../../../../etl/testing/small-vpic.ts';
import { projectRoot } from '../../../../server/config.ts';
import { migrate, type Series } from '../../../../server/database/migrate.ts';
import { type Cluster, withClient } from '../../../harness/cluster.ts';
import { loadFixture } from '../../../harness/prepare.ts';

export type Urls = Readonly<Record<Series, string>>;

export const DATABASES = { platform: 'mvp-platform-vehicles', app: 'motovaultpro' } as const;
/** deploy/postgresql calls the two sides so. */
const SIDES = { platform: 'platform', app: 'main' } as const;
const SERIES = ['platform', 'app'] as const;
const PASSWORD = 'of-a-test';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** The URLs of a kind of login of deploy/postgresql. */
export function urlsAs(cluster: Cluster, login: 'migrator' | 'server' | 'superuser'): Urls {
  const of = (series: Series): string => {
    const url = new URL(cluster.urlOf(DATABASES[series]));
    if (login !== 'superuser') {
      url.username = `mvp_${SIDES[series]}_${login}`;
      url.password = PASSWORD;
    }
    return url.href;
  };
  return { platform: of('platform'), app: of('app') };
}

/** Dumps hold no passwords: this is what an operator does after a restore. */
export async function setPasswords(cluster: Cluster): Promise<void> {
  await withClient(cluster.urlOf('postgres'), async (admin) => {
    for (const side of Object.values(SIDES))
      for (const login of ['migrator', 'server'])
        await admin.query(`alter role mvp_${side}_${login} password '${PASSWORD}'`);
  });
}

/** Two months of vehicle data, made by the login that may. @returns the path of the newer file */
export async function install(cluster: Cluster, folder: string): Promise<string> {
  const roles = {
    platform: 'mvp_platform_user, mvp_platform_graphql, mvp_platform_jobs',
    app: 'mvp_main_user, mvp_main_worker',
  };
  for (const series of SERIES) {
    await withClient(cluster.urlOf('postgres'), async (admin) => {
      await admin.query(`create database "${DATABASES[series]}" template template0 encoding 'UTF8'`);
    });
    await withClient(cluster.urlOf(DATABASES[series]), async (admin) => {
      await admin.query(read(`deploy/postgresql/${SIDES[series]}-roles.sql`));
      await admin.query(`create role mvp_${SIDES[series]}_server login in role ${roles[series]}`);
    });
  }
  await setPasswords(cluster);
  const [superuser, migrator] = [urlsAs(cluster, 'superuser'), urlsAs(cluster, 'migrator')];
  for (const series of SERIES) await migrate({ url: migrator[series], series });
  await loadFixture(superuser.platform);
  const source = monthOf(folder, 3);
  await rebuild({ url: migrator.platform, source, dataDir: folder, forcedReason: 'another country' });
  for (const [url, path] of [
    [superuser.platform, 'rows.sql'],
    [superuser.app, 'garage-rows.sql'],
  ] as const) {
    await withClient(url, async (admin) => {
      await admin.query(read(`test/reliability/safety/upgrades/${path}`));
    });
  }
  return source;
}

/** A file of another month: as small, and not the same. */
export function monthOf(folder: string, month: number): string {
  const path = join(folder, `vPICList_lite_2026_0${month}.sql`);
  writeFileSync(path, `-- ${month}\n${smallDump()}`);
  return path;
}
