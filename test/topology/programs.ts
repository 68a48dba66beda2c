/** The programs of the topology: how each is configured, and how it is started again where it was. */

import { Service } from '../harness/service.ts';

/** A program of ours that may be killed, and is started again where it was. */
export class Program {
  readonly #start: () => Service;
  #service: Service;

  constructor(start: () => Service) {
    this.#start = start;
    this.#service = start();
  }

  get service(): Service {
    return this.#service;
  }

  /** Waits until it takes requests, or jobs. */
  async ready(): Promise<void> {
    await this.#service.until(() => this.#service.stdout.includes('\n'));
  }

  async restart(): Promise<void> {
    this.#service = this.#start();
    await this.ready();
  }

  async kill(): Promise<void> {
    if (!this.#service.hasEnded) await this.#service.stop('SIGKILL');
  }
}

/** Where everything is that programs need. */
export interface Places {
  /** For downloads and temporary files. */
  folder: string;
  /** By the address that leads to whichever node is the primary. */
  platformUrl: string;
  mainUrl: string;
  /** Every node's own address. */
  nodeUrls: readonly string[];
  redisUrl: string;
  /** What workers load. */
  source: string;
}

/** One of the servers that stand behind the balancer. */
export function serverOf(places: Places, port: number): Program {
  return new Program(
    () =>
      new Service({
        ...databasesOf(places),
        PORT: String(port),
        // All nodes: the primary is left out by itself, whichever it is.
        PLATFORM_REPLICA_URLS: places.nodeUrls.join(','),
        REDIS_URL: places.redisUrl,
        TRUST_PROXY: 'loopback',
        // The balancer looks away after two checks, half a second apart.
        SHUTDOWN_DELAY: '2s',
        WORKER: 'off',
        LOG_LEVEL: 'warn',
      }),
  );
}

/** A server that nobody else asks, and that asks the primary for everything: what it says is right. */
export function referenceOf(places: Places): Program {
  return new Program(
    () =>
      new Service({
        ...databasesOf(places),
        PORT: '0',
        CACHE_MAX_MIB: '0',
        WORKER: 'off',
        LOG_LEVEL: 'warn',
      }),
  );
}

export function workerOf(places: Places): Program {
  const { folder, platformUrl, source } = places;
  const settings = {
    DATA_DIR: folder,
    PLATFORM_DATABASE_URL: platformUrl,
    ETL_SOURCE: source,
    LOG_LEVEL: 'warn',
  };
  return new Program(() => new Service(settings, 'server/worker.ts'));
}

function databasesOf({ folder, platformUrl, mainUrl }: Places): Record<string, string> {
  return { DATA_DIR: folder, PLATFORM_DATABASE_URL: platformUrl, DATABASE_URL: mainUrl };
}
