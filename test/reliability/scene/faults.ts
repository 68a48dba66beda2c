/** What can happen to the processes and lines of a stage, and how it is undone. */

import type { Random } from '../../../bench/calibration/random.ts';
import type { Cable } from '../../harness/cable.ts';
import type { Cluster } from '../../harness/cluster.ts';
import type { Place, Stage } from './stage.ts';
import { childrenOf, commandOf } from './vitals.ts';

export interface Fault {
  /** For people. */
  readonly name: string;
  /** What it befalls: two faults of one thing do not happen at once. */
  readonly victim: 'platform database' | 'main database' | 'Redis' | 'server' | 'worker';
  /** Begins it. */
  take(): Promise<void>;
  /** Ends it; for what is over at once, nothing. */
  give(): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** All faults of a stage. @param random for lines of any length */
export function faultsOf(stage: Stage, random: Random): Fault[] {
  const { platform, main, redis, service } = stage;
  return [
    ...databaseFaults('platform database', platform, random),
    ...databaseFaults('main database', main, random),
    ...(redis === null
      ? []
      : [
          ...lineFaults('Redis', redis.cable, random),
          {
            name: 'Redis killed',
            victim: 'Redis' as const,
            take: () => redis.server.kill(),
            give: () => redis.server.restart(),
          },
          {
            name: 'Redis stopped (SIGSTOP)',
            victim: 'Redis' as const,
            take: async () => redis.server.freeze(),
            give: async () => redis.server.thaw(),
          },
        ]),
    {
      name: 'server killed',
      victim: 'server',
      take: () => service.end('SIGKILL'),
      give: () => service.serving(),
    },
    {
      name: 'server ended (SIGTERM)',
      victim: 'server',
      take: () => service.end('SIGTERM'),
      give: () => service.serving(),
    },
    {
      name: 'server stopped (SIGSTOP)',
      victim: 'server',
      take: async () => signal(service.pid, 'SIGSTOP'),
      give: async () => signal(service.pid, 'SIGCONT'),
    },
    {
      name: 'worker killed',
      victim: 'worker',
      take: async () => signal(workerOf(stage), 'SIGKILL'),
      give: nothing,
    },
  ];
}

/** The server's worker; null while there is none. */
export function workerOf({ service }: Stage): number | null {
  const { pid } = service;
  if (pid === null) return null;
  return childrenOf(pid).find((child) => commandOf(child).includes('server/worker.ts')) ?? null;
}

function databaseFaults(victim: Fault['victim'], { cluster, cable }: Place, random: Random): Fault[] {
  return [
    ...lineFaults(victim, cable, random),
    { name: `${victim} killed`, victim, take: () => cluster.kill(), give: () => cluster.start() },
    {
      name: `${victim} shut down`,
      victim,
      take: () => cluster.shutDown(),
      give: () => cluster.start(),
    },
    {
      name: `${victim} stopped (SIGSTOP)`,
      victim,
      take: async () => signalAll(cluster, 'SIGSTOP'),
      give: async () => signalAll(cluster, 'SIGCONT'),
    },
    {
      name: `${victim}: a backend killed`,
      victim,
      // PostgreSQL restarts all of them: what they share may be broken.
      take: async () => {
        const backends = childrenOf(cluster.pid ?? 0).filter((pid) => commandOf(pid).includes('127.0.0.1'));
        if (backends.length > 0) signal(random.pick(backends), 'SIGKILL');
      },
      give: nothing,
    },
  ];
}

function lineFaults(victim: Fault['victim'], cable: Cable, random: Random): Fault[] {
  return [
    { name: `${victim} cut off`, victim, take: () => cable.cut(), give: () => cable.mend() },
    {
      name: `${victim} silent`,
      victim,
      take: async () => cable.silence(),
      give: async () => cable.resume(),
    },
    {
      name: `${victim} slow`,
      victim,
      take: async () => cable.slow({ delayMs: 5 + random.below(200), bytesPerSecond: 100_000 }),
      give: async () => cable.slow(null),
    },
  ];
}

function signalAll(cluster: Cluster, name: NodeJS.Signals): void {
  const { pid } = cluster;
  if (pid === undefined) return;
  for (const each of [pid, ...childrenOf(pid)]) signal(each, name);
}

function signal(pid: number | null, name: NodeJS.Signals): void {
  if (pid === null) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
