import { Counter, Gauge, type Registry } from 'prom-client';
import type { ReplicaStatus } from '../database/replicas/replica.ts';
import type { UpstreamStatus } from '../database/upstream.ts';

/** How this process stands with its databases. */
export interface DatabasesStatus {
  /** By what they are called in metrics: `platform`, `main`, and replicas by host, port and database. */
  readonly servers: Readonly<Record<string, UpstreamStatus>>;
  readonly replicas: readonly ReplicaStatus[];
  /** Reads that were tried again, since the start. */
  readonly retries: number;
}

/** Where nothing is known of databases. */
export const noDatabases = (): DatabasesStatus => ({ servers: {}, replicas: [], retries: 0 });

/** Registers circuits, pools and replicas: what is waited for first when a database is slow, and what is refused when it is away. */
export function registerDatabases(registry: Registry, statusOf: () => DatabasesStatus): void {
  registerPools(registry, statusOf);
  const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void): Gauge =>
    new Gauge({
      name: `mvp_platform_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        collect(this);
      },
    });
  gauge(
    'db_up',
    '1 while questions are asked of a database; 0 while its circuit is open.',
    ['server'],
    (up) => {
      for (const [server, { state }] of Object.entries(statusOf().servers)) {
        up.set({ server }, Number(state === 'closed'));
      }
    },
  );
  gauge('db_questions', 'Questions under way, by database.', ['server'], (questions) => {
    for (const [server, { underWay }] of Object.entries(statusOf().servers))
      questions.set({ server }, underWay);
  });
  gauge('replica_used', '1 while a replica answers questions.', ['replica'], (used) => {
    for (const { name, status } of statusOf().replicas) used.set({ replica: name }, Number(status === 'up'));
  });
  gauge('replica_lag_seconds', 'How far a replica is behind the primary.', ['replica'], (lag) => {
    for (const { name, lagSeconds } of statusOf().replicas) {
      if (lagSeconds !== null) lag.set({ replica: name }, lagSeconds);
    }
  });
  const counter = (name: string, help: string, count: (status: UpstreamStatus) => number): Counter =>
    new Counter({
      name: `mvp_platform_${name}_total`,
      help,
      labelNames: ['server'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [server, status] of Object.entries(statusOf().servers))
          this.inc({ server }, count(status));
      },
    });
  counter('db_failures', 'Attempts that failed because the database was away.', ({ failures }) => failures);
  counter('db_openings', 'How often a circuit was opened.', ({ openings }) => openings);
  counter('db_refusals', 'Questions refused because a circuit was open.', ({ refusals }) => refusals);
  new Counter({
    name: 'mvp_platform_db_retries_total',
    help: 'Reads that were tried again.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(statusOf().retries);
    },
  });
}

/** Pools are labelled with their connections' application_name, by which pg_stat_activity knows them. */
function registerPools(registry: Registry, statusOf: () => DatabasesStatus): void {
  const pools = function* () {
    for (const [server, { pools }] of Object.entries(statusOf().servers)) {
      for (const { name, ...pool } of pools) yield { labels: { server, pool: name }, ...pool };
    }
  };
  const registers = [registry];
  const labelNames = ['server', 'pool'];
  new Gauge({
    name: 'mvp_platform_db_pool_connections',
    help: 'Open connections to a database, by pool and whether they are in use or idle.',
    labelNames: [...labelNames, 'state'],
    registers,
    collect() {
      for (const { labels, total, idle } of pools()) {
        this.set({ ...labels, state: 'in_use' }, total - idle);
        this.set({ ...labels, state: 'idle' }, idle);
      }
    },
  });
  new Gauge({
    name: 'mvp_platform_db_pool_max_connections',
    help: 'Connections that a pool opens at most.',
    labelNames,
    registers,
    collect() {
      for (const { labels, max } of pools()) this.set(labels, max);
    },
  });
  new Gauge({
    name: 'mvp_platform_db_pool_waiting',
    help: 'Questions that wait for a connection of the pool.',
    labelNames,
    registers,
    collect() {
      for (const { labels, waiting } of pools()) this.set(labels, waiting);
    },
  });
}
