/** haproxy before the servers and before the primary, as it stands before both in production. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../harness/servers.ts';
import { freePort } from '../harness/service.ts';

/** Debian's place; not on the path of everybody. */
const PROGRAM = '/usr/sbin/haproxy';

/** Whether the machine has haproxy. */
export function hasHaproxy(): boolean {
  return spawnSync(PROGRAM, ['-v']).status === 0;
}

export interface BalancerOptions {
  /** Ports of the servers. */
  servers: readonly number[];
  /** Ports of the PostgreSQL nodes, and of the agents that say which of them is the primary. */
  nodes: readonly { port: number; agent: number }[];
}

/** Seconds between checks are few, and failures until one counts, so that times to recover are those of the service. */
const HTTP_CHECK = 'check inter 500ms fastinter 250ms fall 2 rise 1';
const PRIMARY_CHECK = 'check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions';

export class Balancer {
  /** All servers. */
  readonly url: string;
  /** The first server alone, by the same way. */
  readonly singleUrl: string;
  /** Whichever PostgreSQL is the primary. */
  readonly primaryPort: number;
  readonly #folder: string;
  readonly #child: ChildProcess;

  static async open(options: BalancerOptions): Promise<Balancer> {
    const folder = temporaryFolder();
    const [http, single, primary] = [await freePort(), await freePort(), await freePort()];
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configurationOf(folder, { http, single, primary }, options));
    const child = spawn(PROGRAM, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    const balancer = new Balancer(folder, child, { http, single, primary });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-2_000);
    });
    while (!(await balancer.states().catch(() => null))) {
      if (child.exitCode !== null) throw new Error(`haproxy ended: ${said}`);
      await sleep(20);
    }
    return balancer;
  }

  private constructor(
    folder: string,
    child: ChildProcess,
    ports: { http: number; single: number; primary: number },
  ) {
    this.#folder = folder;
    this.#child = child;
    this.url = `http://127.0.0.1:${ports.http}`;
    this.singleUrl = `http://127.0.0.1:${ports.single}`;
    this.primaryPort = ports.primary;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Whether each server or node behind it is taken for up, by backend and name: `servers/server1`. */
  async states(): Promise<Record<string, boolean>> {
    const socket = connect(join(this.#folder, 'stats'));
    socket.write('show stat\n');
    const lines = (await text(socket)).split('\n').map((line) => line.split(','));
    const at = (lines[0] ?? []).indexOf('status');
    const rows = lines.filter(
      ([backend, name]) => backend && name && !/^#|FRONTEND|BACKEND/.test(backend + name),
    );
    return Object.fromEntries(rows.map((row) => [`${row[0]}/${row[1]}`, row[at]?.startsWith('UP') ?? false]));
  }

  /** Waits until it takes a server or node for up, or for down. */
  async until(name: string, isUp: boolean): Promise<void> {
    while ((await this.states())[name] !== isUp) await sleep(50);
  }
}

/**
 * A request that a server did not answer because its connection broke is asked of another, as ingress controllers do for GET by default; ours
 * only read, lists included. No server at all is a 503 of haproxy's own.
 */
function configurationOf(
  folder: string,
  ports: { http: number; single: number; primary: number },
  { servers, nodes }: BalancerOptions,
): string {
  const line = (name: string, port: number, check: string): string =>
    `    server ${name} 127.0.0.1:${port} ${check}`;
  return `${[
    'global',
    '    maxconn 4000',
    '    nbthread 1',
    `    stats socket ${join(folder, 'stats')} mode 600`,
    'defaults',
    '    timeout connect 2s',
    '    timeout client 1h',
    '    timeout server 1h',
    'listen servers',
    `    bind 127.0.0.1:${ports.http}`,
    '    mode http',
    '    balance roundrobin',
    '    option httpchk GET /health/ready',
    '    timeout server 30s',
    '    timeout check 2s',
    '    retries 3',
    '    option redispatch 1',
    '    retry-on conn-failure empty-response',
    ...servers.map((port, index) => line(`server${index + 1}`, port, HTTP_CHECK)),
    'listen single',
    `    bind 127.0.0.1:${ports.single}`,
    '    mode http',
    line('server1', servers[0] ?? 0, ''),
    'listen primary',
    `    bind 127.0.0.1:${ports.primary}`,
    '    mode tcp',
    '    option httpchk GET /primary',
    '    timeout check 3s',
    ...nodes.map(({ port, agent }, index) =>
      line(`node${index + 1}`, port, `${PRIMARY_CHECK} addr 127.0.0.1 port ${agent}`),
    ),
  ].join('\n')}\n`;
}
