/** Databases of every earlier version are upgraded. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallDump } from '../../../etl/testing/small-vpic.ts';
import type { Series } from '../../../server/database/migrate.ts';
import { type Cluster, startCluster, withClient } from '../../harness/cluster.ts';
import { type Extent, NO_HARM, type Outcome, type Section } from '../section.ts';
import { type Answers, answersOf } from './upgrades/answers.ts';
import { killAtLock, startMigrator } from './upgrades/interrupt.ts';
import type { Table } from './upgrades/tables.ts';
import { compare, contentOf, makeNow, schemaOf } from './upgrades/upgrade.ts';
import { makeVersion, migrationsOf } from './upgrades/version.ts';

type Urls = Readonly<Record<Series, string>>;

/** Before it there is nothing to be held up at. */
const VIEWS_SINCE = 'migrations/platform/0002_create_releases_and_runs.sql';
/** From here on a release can be decoded by. */
const DECODES_SINCE = 'migrations/platform/0004_create_catalog.sql';

/** The first and the last, and of those between as many as the share allows. */
function pick(versions: readonly string[], share: number): string[] {
  const wanted = Math.max(3, Math.round(versions.length * share));
  const step = (versions.length - 1) / (Math.min(wanted, versions.length) - 1);
  return versions.filter((_, at) => Math.round(Math.round(at / step) * step) === at);
}

/** What is there after a crash too: raw rows are not logged, the next rebuild loads them anew. */
function logged(content: ReadonlyMap<Table, string>): Map<Table, string> {
  return new Map([...content].filter(([{ isLogged }]) => isLogged));
}

class Scene {
  readonly rows: Record<string, string | number>[] = [];
  readonly objections: string[] = [];
  lost = 0;
  wrong = 0;
  kills = 0;
  readonly #cluster: Cluster;
  readonly #folder: string;
  readonly #source: string;

  constructor(cluster: Cluster, folder: string) {
    this.#cluster = cluster;
    this.#folder = folder;
    this.#source = join(folder, 'vPICList_lite_2026_03.sql');
    writeFileSync(this.#source, smallDump());
  }

  get #place(): { source: string; dataDir: string } {
    return { source: this.#source, dataDir: this.#folder };
  }

  async #create(name: string): Promise<string> {
    await withClient(this.#cluster.urlOf('postgres'), async (admin) => {
      await admin.query(`create database ${name} template template0 encoding 'UTF8'`);
    });
    return this.#cluster.urlOf(name);
  }

  async run(share: number, say: (line: string) => void): Promise<void> {
    const now: Urls = { platform: await this.#create('now_platform'), app: await this.#create('now_app') };
    await makeNow(now, this.#place);
    const fresh = { platform: await schemaOf(now.platform), app: await schemaOf(now.app) };
    const wanted = await answersOf(now, this.#place);
    const apps = migrationsOf('app');
    for (const [at, newest] of pick(migrationsOf('platform'), share).entries()) {
      const newestApp = apps.at(-1 - (at % apps.length)) ?? '';
      const urls = { platform: await this.#create(`platform_${at}`), app: await this.#create(`app_${at}`) };
      await makeVersion(urls.platform, { series: 'platform', newest, now: now.platform });
      await makeVersion(urls.app, { series: 'app', newest: newestApp, now: now.app });
      const before = { platform: await contentOf(urls.platform), app: await contentOf(urls.app) };
      const killed = await this.#interrupt(urls, newest);
      const name = newest.replace(/^.*\/|\.sql$/g, '');
      await this.#migrate(urls, name);
      const vehicles = await compare(urls.app, logged(before.app), fresh.app);
      const { tables, rows, faults } = await compare(urls.platform, logged(before.platform), fresh.platform);
      this.#object(name, [...faults, ...vehicles.faults]);
      this.lost += faults.length + vehicles.faults.length;
      const answers = await answersOf(urls, this.#place);
      this.#hold(name, newest >= DECODES_SINCE, { answers, wanted, hasVehicles: before.app.size > 0 });
      this.rows.push({
        'upgraded from': name,
        'tables with rows': tables + vehicles.tables,
        rows: rows + vehicles.rows,
        'killed on the way': killed,
        'data version after the rebuild': answers.dataVersion,
        differences: faults.length + vehicles.faults.length,
      });
      say(`upgrades: from ${name}`);
    }
  }

  /** Where it waits, and once more as a whole: PostgreSQL with it. */
  async #interrupt(urls: Urls, newest: string): Promise<number> {
    if (newest < VIEWS_SINCE) return 0;
    await killAtLock(urls, this.#folder);
    const migrator = startMigrator(urls, this.#folder);
    // At some moment between its first line and its last.
    await migrator.until(() => migrator.hasEnded || migrator.stdout + migrator.stderr !== '').catch(() => {});
    await this.#cluster.kill();
    await this.#cluster.start();
    await migrator.ended();
    this.kills += 2;
    return 2;
  }

  async #migrate(urls: Urls, name: string): Promise<void> {
    const migrator = startMigrator(urls, this.#folder);
    const code = await migrator.ended();
    if (code !== 0) this.#object(name, [`migrate ends with ${code}: ${migrator.stderr}`]);
  }

  #hold(
    name: string,
    decodes: boolean,
    { answers, wanted, hasVehicles }: { answers: Answers; wanted: Answers; hasVehicles: boolean },
  ): void {
    const faults: string[] = [];
    if (decodes && !/^200 .*"make":\s*"HONDA"/s.test(answers.before))
      faults.push(`before the rebuild: ${answers.before}`);
    for (const [what, text] of Object.entries(wanted.said)) {
      const isUser = !what.startsWith('/');
      const right = isUser && !hasVehicles ? '200 []' : text;
      if (answers.said[what] !== right) faults.push(`${what}: ${answers.said[what]}, not ${right}`);
    }
    this.wrong += faults.length;
    this.#object(name, faults);
  }

  #object(name: string, faults: readonly string[]): void {
    this.objections.push(...faults.slice(0, 5).map((fault) => `from ${name}: ${fault.slice(0, 500)}`));
  }
}

async function run({ share, say }: Extent): Promise<Outcome> {
  const { cluster, folder, remove } = await startCluster('upgrades');
  const scene = new Scene(cluster, folder);
  try {
    await scene.run(share, say);
  } finally {
    await remove();
  }
  const { rows, objections, lost, wrong, kills } = scene;
  return { counts: { upgrades: rows.length, kills }, harm: { ...NO_HARM, lost, wrong }, rows, objections };
}

/** `npm run test:reliability -- --only upgrades` */
export const upgrades: Section = {
  name: 'upgrades',
  title: 'Upgrades from every earlier version',
  about:
    'For each migration of both databases a database as it was when that migration was the newest, with rows in every table of then, is upgraded by ' +
    '`mvp-vehicles migrate`, which is killed on the way, alone and with PostgreSQL, and started again. Afterwards every row is there, the schema with its ' +
    'roles, grants and policies is that of a fresh database, and the service, started on it, decodes at once, makes the data anew by itself and then answers ' +
    'as a fresh one does.',
  run,
};
