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
import { Supervisor } from './supervisor.ts';

export interface Place {
  readonly cluster: Cluster;
  readonly cable: Cable;
}

export interface StageOptions {
  /** What the service is configured by, beside its databases. */
  env?: Record<string, string>;
  /** Of both PostgreSQL servers. */
  settings?: readonly string[];
  redis?: boolean;
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

  /** Builds all of it; what was built goes again when a later part fails. */
  static async open({ env = {}, settings = [], redis = true }: StageOptions = {}): Promise<Stage> {
    const teardown = new Teardown();
    try {
      const lay = async (name: string): Promise<Place> => {
        const { cluster, remove } = await startCluster(name, settings);
        teardown.add(remove);
        const cable = await layCable(cluster.url);
        teardown.add(() => cable.close());
        return { cluster, cable };
      };
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
  }

  /** Starts another server beside the first, on the same databases and the same Redis. */
  async startAnother(): Promise<Supervisor> {
    const another = await Supervisor.start(this.#configuration);
    this.#teardown.add(() => another.stop());
    return another;
  }

  async close(): Promise<void> {
    for (const cable of [this.platform.cable, this.main.cable, this.redis?.cable]) cable?.resume();
    for (const error of await this.#teardown.run()) throw error;
  }
}

async function layRedis(teardown: Teardown): Promise<{ server: RunningRedis; cable: Cable }> {
  const server = await startRedis(REDIS_OPTIONS);
  teardown.add(() => server.stop());
  const cable = await layCable(server.url);
  teardown.add(() => cable.close());
  return { server, cable };
}
