/** The service as it runs in production: both databases and a Redis at the ends of cables, a worker, a supervisor. */

import { rmSync } from 'node:fs';
import { migrate } from '../../../server/database/migrate.ts';
import { Teardown } from '../../../server/start/teardown.ts';
import { SECRET } from '../../e2e/garage.ts';
import { type Cable, layCable } from '../../harness/cable.ts';
import { type Cluster, startCluster } from '../../harness/cluster.ts';
import { loadFixture } from '../../harness/prepare.ts';
import { type RunningRedis, startRedis } from '../../harness/redis.ts';
import { temporaryFolder } from '../../harness/servers.ts';
import { Disk } from './disk.ts';
import { Supervisor } from './supervisor.ts';

export interface Place {
  readonly cluster: Cluster;
  readonly cable: Cable;
  readonly disk: Disk | null;
}

export interface StageOptions {
  /** What the service is configured by, beside its databases. */
  env?: Record<string, string>;
  /** Of both PostgreSQL servers. */
  settings?: readonly string[];
  redis?: boolean;
  /** Each database gets a disk of its own, so large; a folder when absent. */
  diskMegabytes?: number;
}

/** As in production: it forgets what was not asked for lately, long before it needs more memory than it was given. */
const REDIS_OPTIONS = { maxmemory: '64mb', 'maxmemory-policy': 'allkeys-lru' };

interface Parts extends Pick<Stage, 'platform' | 'main' | 'redis' | 'service'> {
  /** What every server is configured by. */
  readonly configuration: Record<string, string>;
  readonly teardown: Teardown;
}

export class Stage {
  readonly platform: Place;
  readonly main: Place;
  readonly redis: { server: RunningRedis; cable: Cable } | null;
  readonly service: Supervisor;
  readonly #configuration: Record<string, string>;
  readonly #teardown: Teardown;
  readonly #servers: Supervisor[] = [];

  /** Builds all of it; what was built goes again when a later part fails. */
  static async open({
    env = {},
    settings = [],
    redis = true,
    diskMegabytes,
  }: StageOptions = {}): Promise<Stage> {
    const teardown = new Teardown();
    try {
      const lay = (name: string): Promise<Place> => layPlace(teardown, name, settings, diskMegabytes);
      const platform = await lay('mvp-platform-vehicles');
      const main = await lay('motovaultpro');
      await migrate({ url: platform.cluster.url, series: 'platform' });
      await loadFixture(platform.cluster.url);
      const cache = redis ? await layRedis(teardown) : null;
      const folder = temporaryFolder();
      teardown.add(async () => rmSync(folder, { recursive: true, force: true }));
      const configuration = {
        DATA_DIR: folder,
        PLATFORM_DATABASE_URL: platform.cable.url,
        DATABASE_URL: main.cable.url,
        ...(cache && { REDIS_URL: cache.cable.url }),
        JWT_SECRET: SECRET,
        LOG_LEVEL: 'error',
        // No rebuild of its own accord: what is right would change.
        ETL_SCHEDULE: '0 0 1 1 *',
        ...env,
      };
      const service = await Supervisor.start(configuration);
      teardown.add(() => service.stop());
      return new Stage({ platform, main, redis: cache, service, configuration, teardown });
    } catch (error) {
      await teardown.run();
      throw error;
    }
  }

  private constructor(parts: Parts) {
    this.platform = parts.platform;
    this.main = parts.main;
    this.redis = parts.redis;
    this.service = parts.service;
    this.#configuration = parts.configuration;
    this.#teardown = parts.teardown;
    this.#servers.push(this.service);
    process.once('exit', this.#abandon);
  }

  /** Whoever is interrupted leaves nothing behind that runs. Not asynchronously: the process ends now. */
  readonly #abandon = (): void => {
    for (const { pid } of this.#servers) if (pid !== null) process.kill(pid, 'SIGKILL');
    for (const { cluster, disk } of [this.platform, this.main]) {
      // It ends its children itself, at once.
      if (cluster.isRunning && cluster.pid !== undefined) process.kill(cluster.pid, 'SIGQUIT');
      disk?.abandon();
    }
    void this.redis?.server.kill();
  };

  /** Starts another server beside the first, on the same databases and the same Redis. */
  async startAnother(): Promise<Supervisor> {
    const another = await Supervisor.start(this.#configuration);
    this.#servers.push(another);
    this.#teardown.add(() => another.stop());
    return another;
  }

  async close(): Promise<void> {
    process.off('exit', this.#abandon);
    for (const cable of [this.platform.cable, this.main.cable, this.redis?.cable]) cable?.resume();
    for (const error of await this.#teardown.run()) throw error;
  }
}

async function layPlace(
  teardown: Teardown,
  name: string,
  settings: readonly string[],
  diskMegabytes: number | undefined,
): Promise<Place> {
  const disk = diskMegabytes === undefined ? null : await Disk.mount(diskMegabytes);
  if (disk !== null) teardown.add(() => disk.remove());
  const { cluster, remove } = await startCluster(name, settings, disk?.folder);
  // A disk goes as a whole.
  teardown.add(disk === null ? remove : () => cluster.kill());
  const cable = await layCable(cluster.url);
  teardown.add(() => cable.close());
  return { cluster, cable, disk };
}

async function layRedis(teardown: Teardown): Promise<{ server: RunningRedis; cable: Cable }> {
  const server = await startRedis(REDIS_OPTIONS);
  teardown.add(() => server.stop());
  const cable = await layCable(server.url);
  teardown.add(() => cable.close());
  return { server, cable };
}
