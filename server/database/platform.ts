/** The platform database for this process: the primary, its replicas, and who asks which. */

import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Release } from '../cache/release.ts';
import type { Queries } from './queries.ts';
import { RetriedReads } from './reads.ts';
import { ReplicaReads } from './replicas/reads.ts';
import type { ReplicaStatus } from './replicas/replica.ts';
import { Replicas } from './replicas/replicas.ts';
import { Upstream, type UpstreamStatus } from './upstream.ts';

export interface PlatformOptions {
  url: string;
  replicaUrls: readonly string[];
  release: Pick<Release, 'edition' | 'isConfirmed'>;
  /** False refuses every question: the database is not prepared yet. Always true when absent. */
  isReady?: () => boolean;
  /** Nobody gets through to the primary any more. */
  onAway?: () => void;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds between looks at the replicas, for tests. */
  lookEveryMs?: number;
}

/** What can be told of the platform database, for /health and metrics. */
export interface PlatformStatus {
  /** The primary is called `platform`, replicas by host, port and database. */
  readonly servers: Readonly<Record<string, UpstreamStatus>>;
  /** Reads that were tried again. */
  readonly retries: number;
  readonly replicas: readonly ReplicaStatus[];
}

/** A question of one VIN or list is asked of a few rows; ten connections keep two cores busy. */
const SINGLE = { max: 10 } as const;

/**
 * A list waits as long as it takes, but one batch of it does not: then the database is stuck, or there is more to do than it can, and clients
 * that have waited for half a minute are often gone.
 */
const BULK = { max: availableParallelism(), statementTimeoutMs: 30_000, connectTimeoutMs: 20_000 } as const;

const PROGRAM = 'mvp-platform-vehicles server';

/** What the heartbeat asks: what every answer needs, so that a catalog that somebody has locked is no sign of life. */
const dataVersion = { name: 'data_version', text: 'select api.data_version()' };

export class Platform {
  /** Reads for one request each, by a replica or the primary. */
  readonly reads: Queries & { readonly retries: number };
  /** Reads for lists. */
  readonly bulk: Queries & { readonly retries: number };
  /** The primary alone, asked once: for writes, and for how it stands. */
  readonly primary: Queries;
  readonly #upstream: Upstream;
  readonly #replicas: Replicas | null;

  constructor({ url, replicaUrls, release, isReady, onAway, logger, lookEveryMs }: PlatformOptions) {
    const login = { role: 'mvp_platform_user', applicationName: PROGRAM, logger };
    this.#upstream = new Upstream({
      ...login,
      url,
      sign: dataVersion,
      ...(isReady && { isReady }),
      ...(onAway && { onAway }),
    });
    const pools = { single: SINGLE, bulk: { ...BULK, applicationName: `${PROGRAM}, lists` } };
    this.primary = this.#upstream.pool(pools.single);
    const bulk = this.#upstream.pool(pools.bulk);
    this.#replicas =
      replicaUrls.length === 0
        ? null
        : new Replicas({
            ...login,
            urls: replicaUrls,
            primary: this.primary,
            // The watch over releases hears at once that a connection broke; the circuit opens after some failures.
            hasPrimary: () => this.#upstream.isUp && release.isConfirmed,
            release,
            pools,
            ...(lookEveryMs !== undefined && { everyMs: lookEveryMs }),
          });
    const replicas = this.#replicas;
    const [reads, lists] =
      replicas === null
        ? [this.primary, bulk]
        : [new ReplicaReads(replicas, 'single', this.primary), new ReplicaReads(replicas, 'bulk', bulk)];
    this.reads = new RetriedReads(reads);
    this.bulk = new RetriedReads(lists);
  }

  /** Begins to look at the replicas. */
  async start(): Promise<void> {
    await this.#replicas?.start();
  }

  get status(): PlatformStatus {
    return {
      servers: { platform: this.#upstream.status, ...this.#replicas?.upstreams },
      retries: this.reads.retries + this.bulk.retries,
      replicas: this.#replicas?.statuses ?? [],
    };
  }

  async close(): Promise<void> {
    await this.#replicas?.close();
    await this.#upstream.close();
  }
}
