/** One read replica: what is known of it, and whether it may answer. */

import type pg from 'pg';
import type { Logger } from 'pino';
import { problemOfDatabaseError } from '../../sqlstate.ts';
import type { PoolOptions } from '../pool.ts';
import type { Queries } from '../queries.ts';
import { PATIENCE_MS, Upstream, type UpstreamOptions, type UpstreamStatus } from '../upstream.ts';
import type { LogHistory } from './log-history.ts';

/** How one server stands (api.replication). */
export interface Standing {
  is_standby: boolean;
  log_position: number;
  clock: number;
  data_version: string | null;
}

/** What is shown of a replica. */
export interface ReplicaStatus {
  /** Host, port and database. */
  readonly name: string;
  /** `left-out`: it answers, and nobody is sent to it. */
  readonly status: 'up' | 'left-out' | 'down';
  readonly latencyMs: number | null;
  readonly lagSeconds: number | null;
  readonly dataVersion: string | null;
  /** Why nobody is sent to it. */
  readonly reason?: string;
  /** Questions under way. */
  readonly underWay: number;
}

/** A replica that is further behind has a fault, or more to replay than it can; its answers come late as well. */
const MOST_LAG_MS = 10_000;

/** The year of a decode is the clock's: as near to it as the cache believes clocks (cache/release.ts). */
const MOST_CLOCK_MS = 1_500;

/**
 * Silence is noticed sooner than the primary's (upstream.ts): whoever is sent on to that after it still has an answer, or none,
 * within a second. A replica that is wrongly taken for silent costs nothing but its help, as long as there is a primary: while that is
 * away the replica gets the primary's time, since a busy machine would otherwise cost answers.
 */
const PATIENCE_BEFORE_PRIMARY_MS = 200;

export const replication = {
  name: 'replication',
  text: 'select is_standby, log_position, clock, data_version from api.replication()',
};

export interface ReplicaOptions extends Pick<UpstreamOptions, 'url' | 'role' | 'applicationName'> {
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Whether there is a primary to be asked instead. */
  hasPrimary: () => boolean;
  /** Pools by what is asked over them. */
  pools: Readonly<Record<'single' | 'bulk', Partial<PoolOptions>>>;
}

export class Replica {
  readonly name: string;
  readonly queries: Readonly<Record<'single' | 'bulk', Queries>>;
  readonly #upstream: Upstream;
  readonly #checks: Queries;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  #latencyMs: number | null = null;
  #lagMs: number | null = null;
  #version: string | null = null;
  #position = 0;
  #isReachable = false;
  #objection: string | null = 'it has not been looked at yet';

  constructor({ pools, logger, hasPrimary, ...login }: ReplicaOptions) {
    const { host, pathname } = new URL(login.url);
    this.name = host + decodeURIComponent(pathname);
    this.#logger = logger;
    const patienceMs = (): number => (hasPrimary() ? PATIENCE_BEFORE_PRIMARY_MS : PATIENCE_MS);
    this.#upstream = new Upstream({ ...login, sign: replication, patienceMs, logger });
    this.#checks = this.#upstream.pool({ max: 1, connectTimeoutMs: 1_000 });
    this.queries = { single: this.#upstream.pool(pools.single), bulk: this.#upstream.pool(pools.bulk) };
  }

  /** How far its log is, and what data it has; null where it may not answer, whatever is published. */
  get standing(): { readonly position: number; readonly version: string } | null {
    if (this.#objection !== null || this.#version === null || !this.#upstream.isUp) return null;
    return { position: this.#position, version: this.#version };
  }

  /** Whether it may answer for this version of the data. */
  serves(version: string): boolean {
    return this.#objection === null && this.#version === version && this.#upstream.isUp;
  }

  /** Questions under way. */
  get underWay(): number {
    return this.#upstream.underWay;
  }

  get upstream(): UpstreamStatus {
    return this.#upstream.status;
  }

  /** @param published the version that it has to have; null when nobody knows */
  status(published: string | null): ReplicaStatus {
    const objection =
      this.#objection ??
      (this.#upstream.isUp ? null : 'it is away; it is asked again now and then') ??
      (this.#version === published
        ? null
        : `it has the data ${this.#version ?? 'of no release'}, published is ${published ?? 'what nobody knows at the moment'}`);
    return {
      name: this.name,
      status: objection === null ? 'up' : this.#isReachable && this.#upstream.isUp ? 'left-out' : 'down',
      latencyMs: this.#latencyMs,
      lagSeconds: this.#lagMs === null ? null : Math.round(this.#lagMs / 100) / 10,
      dataVersion: this.#version,
      ...(objection !== null && { reason: objection }),
      underWay: this.#upstream.underWay,
    };
  }

  /** Asks how it stands. */
  async look(history: LogHistory): Promise<void> {
    const begun = performance.now();
    const asked = history.now;
    let objection: string | null;
    try {
      const { rows } = await this.#checks.query<Standing & pg.QueryResultRow>(replication);
      this.#latencyMs = Math.round((performance.now() - begun) * 100) / 100;
      this.#isReachable = true;
      objection = this.#judge(rows[0], history, asked);
    } catch (error) {
      this.#isReachable = false;
      this.#latencyMs = null;
      this.#lagMs = null;
      objection =
        problemOfDatabaseError(error)?.message ?? (error instanceof Error ? error.message : 'it failed');
    }
    if ((objection === null) !== (this.#objection === null)) {
      const about = { replica: this.name, reason: objection ?? undefined };
      if (objection === null) this.#logger.info(about, 'the replica is used');
      else this.#logger.warn(about, 'the replica is left out');
    }
    this.#objection = objection;
  }

  close(): Promise<void> {
    return this.#upstream.close();
  }

  /** Why it may not answer, whatever the version; null when it may. */
  #judge(standing: Standing | undefined, history: LogHistory, asked: number): string | null {
    if (standing === undefined) return 'it does not say how it stands';
    this.#version = standing.data_version;
    this.#position = standing.log_position;
    this.#lagMs = history.lagOf(standing.log_position);
    // A standby that was made a primary goes its own way from there.
    if (!standing.is_standby) return 'it is no standby';
    // Started while the primary is away: there is nobody to compare it with (see Replicas.version).
    if (this.#lagMs === null) return null;
    if (this.#lagMs > MOST_LAG_MS) return `it is ${Math.round(this.#lagMs / 1_000)} s behind the primary`;
    const off = history.clockDifference(standing.clock, asked);
    if (off > MOST_CLOCK_MS)
      return `its local time differs from the primary's by ${Math.round(off / 1_000)} s`;
    return null;
  }
}
