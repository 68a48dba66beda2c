/** Rebuilds that are killed at a given moment, and what has to be true afterwards. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../server/database/migrate.ts';
import type { RunningServer } from '../../test/harness/servers.ts';
import { RebuildError } from '../errors.ts';
import { rebuild } from '../rebuild.ts';
import { count, lastRun, leftovers, one, published, until, withClient } from './looks.ts';
import { smallDump } from './small-vpic.ts';

export type Victim = 'worker' | 'postgres';

/** What came of one kill, for a report. */
export interface Killed {
  readonly victim: Victim;
  readonly delayMs: number;
  /** How the killed run stands in the end, and what it was at. */
  readonly status: string;
  readonly step: string;
  /** From the kill until the next run has published. */
  readonly recoveredMs: number;
}

/** The next run may have to wait for the server to notice that the killed one's client is gone: four times a second. */
const LOCK_MS = 10_000;

/** A database with a published release, where one rebuild after the other is killed. */
export class KillScene {
  readonly #server: RunningServer;
  readonly #folder = mkdtempSync(join(tmpdir(), 'mvp-kills-'));
  readonly #database = 'kills';
  #month = 0;
  #runMs = 0;

  static async open(server: RunningServer): Promise<KillScene> {
    const scene = new KillScene(server);
    mkdirSync(scene.#dataDir);
    await withClient(server.url('postgres'), (client) => client.query(`create database ${scene.#database}`));
    await migrate({ url: scene.#url, series: 'platform' });
    await scene.#rebuild();
    return scene;
  }

  private constructor(server: RunningServer) {
    this.#server = server;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #url(): string {
    return this.#server.url(this.#database);
  }

  get #dataDir(): string {
    return join(this.#folder, 'data');
  }

  /**
   * Has a worker rebuild, kills it or PostgreSQL, and rebuilds again.
   * @param part When: 0 as soon as the run has begun, 1 when one like it would be over.
   * @throws Error when readers see another release than before, when the next run fails, or when something is left over
   */
  async kill(victim: Victim, part: number): Promise<Killed> {
    const delayMs = Math.round(part * this.#runMs);
    const before = await withClient(this.#url, (client) => published(client));
    const runs = await withClient(this.#url, (client) => count(client, 'select count(*) from etl.run'));
    const child = this.#startWorker();
    let killed = 0;
    try {
      await until(
        () =>
          withClient(
            this.#url,
            async (client) => (await count(client, 'select count(*) from etl.run')) > runs,
          ),
        'for the run to begin',
      );
      await sleep(delayMs);
      killed = performance.now();
      if (victim === 'postgres') await this.#server.crash();
    } finally {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }

    const { status, last_step: step } = await withClient(this.#url, async (client) => {
      const run = await lastRun(client);
      const now = await published(client);
      // It may have been faster than the kill; then its release is whole.
      const isDone = run.status === 'published';
      if (!isDone && now.release_id !== before.release_id) throw new Error('another release is published');
      const { rows } = await client.query("select api.decode_vin('1HGCM82633A004352') ->> 'make' as make");
      if (rows[0]?.make !== 'HONDA') throw new Error(`a decode gives ${rows[0]?.make}`);
      return run;
    });
    await this.#rebuild();
    const recoveredMs = Math.round(performance.now() - killed);
    await withClient(this.#url, async (client) => {
      const left = [...(await leftovers(client)), ...readdirSync(this.#dataDir)];
      if (left.length > 0) throw new Error(`left over: ${left.join(', ')}`);
    });
    return { victim, delayMs, status: String(status), step: String(step ?? ''), recoveredMs };
  }

  #startWorker(): ChildProcess {
    const script = join(import.meta.dirname, 'run-worker.ts');
    return spawn(process.execPath, [script, this.#url, this.#nextMonth(), this.#dataDir, 'now'], {
      stdio: 'ignore',
    });
  }

  /** A rebuild of our own, of another file, that has to succeed; and publish. */
  async #rebuild(): Promise<void> {
    const source = this.#nextMonth();
    const deadline = performance.now() + LOCK_MS;
    for (;;) {
      try {
        const { outcome } = await rebuild({ url: this.#url, source, dataDir: this.#dataDir });
        if (outcome !== 'published') throw new Error(`the next run is ${outcome}`);
        const { ms } = await withClient(this.#url, (client) =>
          one(
            client,
            'select extract(epoch from duration) * 1000 as ms from admin.run order by run_id desc limit 1',
          ),
        );
        this.#runMs = Number(ms);
        return;
      } catch (error) {
        const isBusy = error instanceof RebuildError && error.failure === 'busy';
        if (!isBusy || performance.now() > deadline) throw error;
      }
      await sleep(50);
    }
  }

  #nextMonth(): string {
    const path = join(this.#folder, `vPICList_lite_2026_${String(++this.#month).padStart(2, '0')}.sql`);
    writeFileSync(path, `-- ${this.#month}\n${smallDump()}`);
    return path;
  }
}
