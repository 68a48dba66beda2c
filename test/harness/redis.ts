import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { temporaryFolder } from './servers.ts';
import { freePort } from './service.ts';
import { until } from './until.ts';

/** Whether the machine has a redis-server; without it the tests that need one are left out. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** A Redis that a test has to itself, and may do anything to. */
export interface RunningRedis {
  readonly port: number;
  readonly url: string;
  /** A connection that waits, for looking at it from the side. */
  look<Value>(question: (client: Redis) => Promise<Value>): Promise<Value>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and empty. */
  restart(): Promise<void>;
  /** SIGSTOP: it keeps its connections and says nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts a redis-server. @param options as on its command line, without the dashes */
export async function startRedis(options: Record<string, string> = {}): Promise<RunningRedis> {
  const folder = temporaryFolder();
  const port = Number(options.port ?? (await freePort()));
  const all = { bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', ...options, port };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...String(value).split(' ')]);
  const password = options.requirepass;
  const look = async <Value>(question: (client: Redis) => Promise<Value>): Promise<Value> => {
    const client = new Redis({
      port,
      ...(password !== undefined && { password }),
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
    });
    client.on('error', () => undefined);
    try {
      return await question(client);
    } finally {
      client.disconnect();
    }
  };
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn('redis-server', args, { stdio: 'ignore' });
    await look((client) => client.ping());
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  await start();
  return {
    port,
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    look,
    kill: () => end('SIGKILL'),
    restart: start,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Several servers that stand for one Redis. */
export interface RunningRedises {
  readonly url: string;
  readonly servers: readonly RunningRedis[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** A cluster of three masters without replicas. */
export async function startRedisCluster(): Promise<RunningRedises> {
  const servers = await Promise.all(
    Array.from({ length: 3 }, () =>
      startRedis({
        'cluster-enabled': 'yes',
        // Longer than a machine stands still: a node that is not heard of for so long is forgotten again before it is known.
        'cluster-node-timeout': '60000',
        'cluster-port': '0',
        'cluster-require-full-coverage': 'no',
      }),
    ),
  );
  const [first, ...others] = servers;
  for (const [index, server] of servers.entries()) {
    const from = Math.floor((index * SLOTS) / servers.length);
    const to = Math.floor(((index + 1) * SLOTS) / servers.length) - 1;
    await server.look((client) => client.call('cluster', 'addslotsrange', from, to));
    await server.look((client) => client.call('cluster', 'set-config-epoch', index + 1));
  }
  for (const { port } of others) await first?.look((client) => client.cluster('MEET', '127.0.0.1', port));
  for (const server of servers) {
    const isWhole = async (): Promise<boolean> => {
      const info = await server.look((client) => client.cluster('INFO'));
      return (
        /cluster_state:ok/.test(info) && /cluster_known_nodes:3/.test(info) && /cluster_size:3/.test(info)
      );
    };
    await until(isWhole, 'for the nodes of the cluster to know each other');
  }
  return {
    url: servers.map(({ url }) => url).join(','),
    servers,
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** A master, a replica and one Sentinel that makes the replica the master when the master is gone for a second. */
export async function startRedisSentinel(): Promise<RunningRedises> {
  // Without it a master waits five seconds for more replicas to come.
  const master = await startRedis({ 'repl-diskless-sync-delay': '0' });
  const replica = await startRedis({
    replicaof: `127.0.0.1 ${master.port}`,
    'repl-diskless-sync-delay': '0',
  });
  const isLinked = (info: string): boolean => /master_link_status:up/.test(info);
  await until(
    async () => isLinked(await replica.look((client) => client.info('replication'))),
    'for the replica',
  );
  const folder = temporaryFolder();
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  writeFileSync(
    file,
    [
      `port ${port}`,
      `dir ${folder}`,
      `sentinel monitor mymaster 127.0.0.1 ${master.port} 1`,
      'sentinel down-after-milliseconds mymaster 1000',
      'sentinel failover-timeout mymaster 3000',
    ].join('\n'),
  );
  const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  const asked = new Redis({ port, retryStrategy: () => 20, maxRetriesPerRequest: null });
  asked.on('error', () => undefined);
  // Where the clock jumps, as on a machine that stood still, it would look on for half a minute.
  await asked.call('sentinel', 'debug', 'tilt-trigger', '600000');
  // A failover needs a replica that Sentinel has talked to: as long as it has not, it calls it "slave,disconnected".
  const isKnown = async (): Promise<boolean> => {
    const replicas = JSON.stringify(await asked.call('sentinel', 'replicas', 'mymaster'));
    return /"flags","slave"/.test(replicas) && /"master-link-status","ok"/.test(replicas);
  };
  await until(isKnown, 'for Sentinel to know the replica');
  asked.disconnect();
  return {
    url: `redis+sentinel://127.0.0.1:${port}/mymaster`,
    servers: [master, replica],
    stop: async () => {
      sentinel.kill('SIGKILL');
      await Promise.all([master.stop(), replica.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
