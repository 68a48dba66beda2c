/** Backups by the commands of docs/SCALING.md, restored and used. */

import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, startCluster } from '../../harness/cluster.ts';
import { hasDebian15, initDebian15, temporaryFolder } from '../../harness/servers.ts';
import { freePort } from '../../harness/service.ts';
import { type Extent, NO_HARM, type Outcome, type Section } from '../section.ts';
import { baseBackupCommand, commandsOf, runCommands } from './backups/commands.ts';
import { install, setPasswords, urlsAs } from './backups/installation.ts';
import { differences, type Held, heldBy, tryOut } from './backups/restored.ts';
import { type Answers, answersOf } from './upgrades/answers.ts';

/** What replication and base backups need, and a cluster of tests has. */
const SETTINGS = { database: 'postgres', settings: [] } as const;

interface Place {
  cluster: Cluster;
  remove(): Promise<void>;
}

async function startDebianCluster(): Promise<Place & { initial: ReturnType<typeof initDebian15> }> {
  const initial = initDebian15();
  const { home, password, folder } = initial;
  const cluster = new Cluster({ ...SETTINGS, home, folder: home.cluster, port: await freePort(), password });
  await cluster.start();
  const remove = async (): Promise<void> => {
    await cluster.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { cluster, initial, remove };
}

/** The superuser's URL without a database, for the commands. */
const serverOf = (cluster: Cluster): string => cluster.urlOf('').replace(/\/$/, '');

/** Where two texts begin to differ. */
function firstDifference(is: string, was: string): string {
  const at = [...was].findIndex((character, index) => character !== is[index]);
  const from = Math.max(0, at - 60);
  return `${is.slice(from, at + 120)}, not ${was.slice(from, at + 120)}`;
}

class Drill {
  readonly rows: Record<string, string | number>[] = [];
  readonly objections: string[] = [];
  lost = 0;
  wrong = 0;
  readonly #folder: string;
  readonly #held: Held;
  readonly #wanted: Answers;
  readonly #source: string;
  #month = 3;

  constructor(folder: string, before: { held: Held; wanted: Answers; source: string }) {
    this.#folder = folder;
    this.#held = before.held;
    this.#wanted = before.wanted;
    this.#source = before.source;
  }

  /** Holds a restored installation against the one it was a backup of. */
  async judge(what: string, cluster: Cluster, how: Parameters<typeof differences>[2]): Promise<void> {
    await setPasswords(cluster);
    const faults = differences(this.#held, await heldBy(cluster), how);
    this.lost += faults.length;
    const answers = await answersOf(urlsAs(cluster, 'migrator'), {
      source: this.#source,
      dataDir: this.#folder,
    });
    const others = Object.entries(this.#wanted.said).filter(([path, text]) => answers.said[path] !== text);
    this.wrong += others.length;
    this.#month += 1;
    const failures = await tryOut(cluster, this.#folder, this.#month);
    this.objections.push(
      ...[
        ...faults,
        ...others.map(([path, text]) => `${path}: ${firstDifference(answers.said[path] ?? '', text)}`),
        ...failures,
      ].map((fault) => `${what}: ${fault.slice(0, 500)}`),
    );
    this.rows.push({
      restored: what,
      tables: this.#held.rows.size,
      'other rows or rights': faults.length,
      'answers compared': Object.keys(answers.said).length,
      'other answers': others.length,
      'what a restored one could not do': failures.length,
    });
  }
}

async function run({ say }: Extent): Promise<Outcome> {
  if (!hasDebian15()) {
    const objections = [
      'The programs of PostgreSQL 15 are not installed: pg_dump and its like are from there.',
    ];
    return { counts: {}, harm: NO_HARM, rows: [], objections };
  }
  const folder = temporaryFolder();
  const places: Place[] = [];
  try {
    const before = await startDebianCluster();
    places.push(before);
    const source = await install(before.cluster, folder);
    const place = { source, dataDir: folder };
    const wanted = await answersOf(urlsAs(before.cluster, 'server'), place);
    const drill = new Drill(folder, { held: await heldBy(before.cluster), wanted, source });
    const old = serverOf(before.cluster);
    await runCommands(commandsOf('Back up'), folder, { MAIN: old, PLATFORM: old });
    say('backups: dumped');
    for (const [what, start, how] of [
      ['dumps, 15 to 15', startDebianCluster, 'dumped'],
      ['dumps, 15 to 18', () => startCluster('empty'), 'upgraded'],
    ] as const) {
      const after = await start();
      places.push(after);
      const fresh = serverOf(after.cluster);
      const said = await runCommands(commandsOf('Restore'), folder, { NEW_MAIN: fresh, NEW_PLATFORM: fresh });
      const complaints = said.stderr
        .split('\n')
        .filter((line) => /ERROR/.test(line) && !/already exists/.test(line));
      drill.objections.push(...complaints.map((line) => `${what}: ${line}`));
      await drill.judge(what, after.cluster, how);
      say(`backups: ${what}`);
    }
    const copy = await baseBackup(before.initial, before.cluster, folder);
    places.push(copy);
    await drill.judge('base backup, 15', copy.cluster, 'copied');
    const { rows, objections, lost, wrong } = drill;
    return { counts: { restores: rows.length }, harm: { ...NO_HARM, lost, wrong }, rows, objections };
  } finally {
    for (const { remove } of places) await remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another server on a copy that pg_basebackup made. */
async function baseBackup(
  { home, password }: ReturnType<typeof initDebian15>,
  primary: Cluster,
  folder: string,
): Promise<Place> {
  const files = join(folder, 'backup');
  const command = baseBackupCommand().replace('/backup/$(date +%F)', files);
  await runCommands(command, folder, { MAIN: serverOf(primary) });
  mkdirSync(files, { recursive: true });
  chmodSync(files, 0o700);
  if (home.account !== null) await own(files, home.account);
  const cluster = new Cluster({ ...SETTINGS, home, folder: files, port: await freePort(), password });
  await cluster.start();
  return { cluster, remove: () => cluster.kill() };
}

/** Root made the copy; PostgreSQL runs as somebody else. */
async function own(files: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  chownSync(files, uid, gid);
  await runCommands(`chown -R ${uid}:${gid} "$FILES"`, '/', { FILES: files });
}

/** `npm run test:reliability -- --only backups` */
export const backups: Section = {
  name: 'backups',
  title: 'Backup and restore',
  about:
    'The commands of docs/SCALING.md, taken from the page, back up an installation with the logins of deploy/postgresql on PostgreSQL 15 and restore it into ' +
    'empty servers of PostgreSQL 15 and 18; a base backup is started as it is. Each has the same rows, roles, rights and answers as before, refuses what it ' +
    'should, rebuilds, and could be migrated further.',
  run,
};
