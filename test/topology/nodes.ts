/** PostgreSQL as an operator runs it: a primary and standbys by pg_basebackup, promoted and taken back by hand. */

import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { asAccount } from '../../server/database/embedded/account.ts';
import type { Home } from '../../server/database/embedded/home.ts';
import { Cluster, withClient } from '../harness/cluster.ts';
import { initDebian15, temporaryFolder } from '../harness/servers.ts';
import { freePort } from '../harness/service.ts';

const run = promisify(execFile);

/**
 * Apart from what tests have: what pg_rewind needs, and connections for all. A query that is in the way of the log waits as long as
 * PostgreSQL has it by default, so that conflicts are what they are elsewhere.
 */
const SETTINGS = [
  'max_connections=200',
  'full_page_writes=on',
  'wal_log_hints=on',
  'wal_keep_size=2GB',
  'max_wal_size=4GB',
  'max_wal_senders=8',
  'hot_standby=on',
  'hot_standby_feedback=on',
  'wal_retrieve_retry_interval=500ms',
];

/** One PostgreSQL of several that hold the same. */
export interface Node {
  readonly name: string;
  readonly folder: string;
  readonly cluster: Cluster;
}

export class Nodes {
  readonly all: readonly Node[];
  readonly #folder: string;
  readonly #home: Home;
  #primary: Node;

  /** A primary with empty databases, and places for so many standbys. */
  static async open(standbys: number, databases: readonly string[]): Promise<Nodes> {
    const folder = temporaryFolder();
    const { home, password } = initDebian15(folder);
    const all: Node[] = [];
    for (let number = 1; number <= standbys + 1; number += 1) {
      const own = number === 1 ? home.cluster : join(folder, `node${number}`);
      const cluster = new Cluster({
        home,
        folder: own,
        database: databases[0] ?? 'postgres',
        port: await freePort(),
        password,
        settings: SETTINGS,
      });
      all.push({ name: `node${number}`, folder: own, cluster });
    }
    const [primary] = all;
    if (primary === undefined) throw new Error('there is always a primary');
    // In the file as well: pg_rewind starts a cluster that died by itself, with the file alone.
    appendFileSync(join(home.cluster, 'postgresql.conf'), `\n${SETTINGS.map(assignment).join('\n')}\n`);
    const nodes = new Nodes(folder, home, all, primary);
    await primary.cluster.start();
    await withClient(primary.cluster.urlOf('postgres'), async (admin) => {
      for (const name of databases) {
        await admin.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`);
      }
    });
    return nodes;
  }

  private constructor(folder: string, home: Home, all: readonly Node[], primary: Node) {
    this.#folder = folder;
    this.#home = home;
    this.all = all;
    this.#primary = primary;
  }

  get primary(): Node {
    return this.#primary;
  }

  get standbys(): Node[] {
    return this.all.filter((node) => node !== this.#primary);
  }

  async close(): Promise<void> {
    for (const { cluster } of this.all) await cluster.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Copies the primary to a standby's place, and starts it. */
  async join({ folder, cluster }: Node): Promise<void> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    await run('chown', ['--reference', this.#home.cluster, folder]);
    await this.#program('pg_basebackup', [
      ...['--pgdata', folder, '--dbname', this.#conninfo, '--wal-method', 'stream'],
      ...['--checkpoint', 'fast', '--write-recovery-conf', '--no-sync'],
    ]);
    await cluster.start();
  }

  /** Of the standbys the one that has received most becomes the primary, and the others follow it. */
  async promote(): Promise<Node> {
    const received = await Promise.all(
      this.standbys.map(async (node) => ({
        node,
        bytes: Number(
          await scalarOf(
            node.cluster.urlOf('postgres'),
            "select pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0') as value",
          ),
        ),
      })),
    );
    const [best] = received.sort((a, b) => b.bytes - a.bytes);
    if (best === undefined) throw new Error('there is no standby to promote');
    const others = this.standbys.filter((node) => node !== best.node && node.cluster.isRunning);
    await this.#program('pg_ctl', ['promote', '--wait', '--pgdata', best.node.folder]);
    this.#primary = best.node;
    for (const { cluster } of others) {
      await withClient(cluster.urlOf('postgres'), async (admin) => {
        await admin.query(`alter system set primary_conninfo = ${pg.escapeLiteral(this.#conninfo)}`);
        await admin.query('select pg_reload_conf()');
      });
    }
    return best.node;
  }

  /** Takes back a primary that died: what it wrote and nobody received is undone, and it follows the new one. */
  async rejoin({ folder, cluster }: Node): Promise<void> {
    // Until the first checkpoint of the new primary its control file names the timeline from before: pg_rewind would find nothing to
    // undo, and the old primary would wait for ever on a timeline of its own (PostgreSQL 15; 16 looks at the log instead).
    await withClient(this.#primary.cluster.urlOf('postgres'), async (admin) => {
      await admin.query('checkpoint');
    });
    const dbname = `${this.#conninfo} dbname=postgres`;
    await this.#program('pg_rewind', [
      ...['--target-pgdata', folder, '--source-server', dbname],
      ...['--write-recovery-conf', '--no-sync'],
    ]);
    // A setting of the copied file would send it to a primary of before.
    appendFileSync(join(folder, 'postgresql.auto.conf'), `\nprimary_conninfo = '${this.#conninfo}'\n`);
    await cluster.start();
  }

  /** Waits until every standby that runs has replayed what the primary has written until now. */
  async inStep(): Promise<void> {
    const target = await scalarOf(
      this.#primary.cluster.urlOf('postgres'),
      'select pg_current_wal_lsn()::text as value',
    );
    for (const { cluster } of this.standbys.filter((node) => node.cluster.isRunning)) {
      const statement = `select pg_last_wal_replay_lsn() >= '${target}' as value`;
      while ((await scalarOf(cluster.urlOf('postgres'), statement)) !== 'true') await sleep(50);
    }
  }

  get #conninfo(): string {
    const { port, password } = this.#primary.cluster;
    return `host=127.0.0.1 port=${port} user=postgres password=${password}`;
  }

  async #program(name: string, args: string[]): Promise<void> {
    const { stderr } = await run(
      join(this.#home.binaries.root, name),
      args,
      asAccount(this.#home.account),
    ).catch((error: unknown) => {
      throw new Error(`${name} failed: ${error instanceof Error ? error.message : error}`);
    });
    if (/error|fatal/i.test(stderr)) throw new Error(`${name} said: ${stderr}`);
  }
}

function assignment(setting: string): string {
  const [name, value] = setting.split('=');
  return `${name} = '${value}'`;
}

/** The column `value` of a statement's only row, as text; null where it is null. */
export async function scalarOf(
  url: string,
  statement: string,
  parameters: unknown[] = [],
): Promise<string | null> {
  let value: unknown = null;
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ value: unknown }>(statement, parameters);
    value = rows[0]?.value;
  });
  return value === null ? null : String(value);
}
