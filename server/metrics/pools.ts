import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';

/** Pools of database connections by what they are called in metrics. */
export type NamedPools = Readonly<Record<string, pg.Pool>>;

/** Registers how full the pools are: what is waited for first when a database is slow. */
export function registerPools(registry: Registry, pools: NamedPools): void {
  const registers = [registry];
  const labelNames = ['pool'];
  const all = Object.entries(pools);
  new Gauge({
    name: 'mvp_platform_db_pool_connections',
    help: 'Open connections to a database, by pool and whether they are in use or idle.',
    labelNames: [...labelNames, 'state'],
    registers,
    collect() {
      for (const [name, { totalCount, idleCount }] of all) {
        this.set({ pool: name, state: 'in_use' }, totalCount - idleCount);
        this.set({ pool: name, state: 'idle' }, idleCount);
      }
    },
  });
  new Gauge({
    name: 'mvp_platform_db_pool_max_connections',
    help: 'Connections that a pool opens at most.',
    labelNames,
    registers,
    collect() {
      for (const [name, { options }] of all) this.set({ pool: name }, options.max ?? 10);
    },
  });
  new Gauge({
    name: 'mvp_platform_db_pool_waiting',
    help: 'Questions that wait for a connection of the pool.',
    labelNames,
    registers,
    collect() {
      for (const [name, { waitingCount }] of all) this.set({ pool: name }, waitingCount);
    },
  });
}
