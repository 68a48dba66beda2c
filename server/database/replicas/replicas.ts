/** The read replicas: looked at every second, and chosen from for each question (docs/adr/0027). */

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Release } from '../../cache/release.ts';
import type { Queries } from '../queries.ts';
import type { UpstreamStatus } from '../upstream.ts';
import { LogHistory } from './log-history.ts';
import { Replica, type ReplicaOptions, type ReplicaStatus, replication, type Standing } from './replica.ts';

export interface ReplicasOptions extends Omit<ReplicaOptions, 'url'> {
  urls: readonly string[];
  /** Of the primary, for looks. */
  primary: Queries;
  /** What the primary has published. */
  release: Pick<Release, 'edition'>;
  /** Milliseconds between looks. */
  everyMs?: number;
}

/** A replica that falls behind or comes back is known a second later; a look takes each server a fraction of a millisecond. */
const EVERY_MS = 1_000;

export class Replicas {
  readonly #replicas: readonly Replica[];
  readonly #primary: Queries;
  readonly #release: Pick<Release, 'edition'>;
  readonly #everyMs: number;
  readonly #history = new LogHistory();
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor({ urls, primary, release, everyMs = EVERY_MS, ...options }: ReplicasOptions) {
    this.#replicas = urls.map((url) => new Replica({ ...options, url }));
    this.#primary = primary;
    this.#release = release;
    this.#everyMs = everyMs;
  }

  /** Looks at them once, and then again and again. */
  async start(): Promise<void> {
    await this.#look();
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }

  /**
   * The version that is published, and that an answer has to be of; null when nobody knows. Who was started while the primary was away
   * goes by the replica with most of the log: nobody it can ask knows of anything newer. Nothing is cached under it.
   */
  get version(): string | null {
    return this.#release.edition?.version ?? (this.#history.isEmpty ? this.#newest() : null);
  }

  /** The least busy one that has the published data, in turn where several are; null when there is none. */
  choose(except: readonly Replica[] = []): Replica | null {
    const version = this.version;
    if (version === null) return null;
    let best: Replica | null = null;
    this.#turn += 1;
    for (let offset = 0; offset < this.#replicas.length; offset += 1) {
      const replica = this.#replicas[(this.#turn + offset) % this.#replicas.length];
      if (replica === undefined || !replica.serves(version) || except.includes(replica)) continue;
      if (best === null || replica.underWay < best.underWay) best = replica;
    }
    return best;
  }

  get statuses(): ReplicaStatus[] {
    const { version } = this;
    return this.#replicas.map((replica) => replica.status(version));
  }

  /** Their circuits and pools, by name. */
  get upstreams(): Record<string, UpstreamStatus> {
    return Object.fromEntries(this.#replicas.map(({ name, upstream }) => [name, upstream]));
  }

  #newest(): string | null {
    let newest: Replica['standing'] = null;
    for (const { standing } of this.#replicas) {
      if (standing !== null && (newest === null || standing.position > newest.position)) newest = standing;
    }
    return newest?.version ?? null;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await sleep(this.#everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.#look();
    }
  }

  async #look(): Promise<void> {
    // The primary first: a replica must not be ahead of what is known of it. While it is away, what was known last holds.
    const asked = this.#history.now;
    await this.#primary.query<Standing & pg.QueryResultRow>(replication).then(
      ({ rows: [standing] }) => standing && this.#history.add(standing.log_position, standing.clock, asked),
      () => undefined,
    );
    await Promise.all(this.#replicas.map((replica) => replica.look(this.#history)));
  }
}
