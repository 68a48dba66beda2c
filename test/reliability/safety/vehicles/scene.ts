/** The service on a PostgreSQL that writes to its disk, with users at work; both can be killed. */

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../../bench/calibration/random.ts';
import { findPostmaster } from '../../../../server/database/embedded/postmaster.ts';
import { migrate } from '../../../../server/database/migrate.ts';
import { SECRET } from '../../../e2e/garage.ts';
import { startCluster, withClient } from '../../../harness/cluster.ts';
import { loadFixture } from '../../../harness/prepare.ts';
import { freePort, Service } from '../../../harness/service.ts';
import type { StoredVehicle } from './ledger.ts';
import { type Counts, User, type World } from './user.ts';

export type Victim = 'PostgreSQL' | 'server' | 'both';

/** As an installation has it: a write is acknowledged when it is on the disk. */
const DURABLE = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on'];
const PLATFORM = 'mvp-platform-vehicles';
const MAIN = 'motovaultpro';

/** A user whom nobody answered tries again after this; no answer is waited for by it. */
const AGAIN_MS = 50;

export class VehicleScene {
  readonly counts: Counts = {
    writes: 0,
    reads: 0,
    trespasses: 0,
    unanswered: 0,
    refused: 0,
    hangs: 0,
    unexpected5xx: 0,
    wrong: 0,
    lost: 0,
  };
  readonly objections: string[] = [];
  crashes = 0;
  readonly #place: Awaited<ReturnType<typeof startCluster>>;
  readonly #port: number;
  readonly #users: readonly User[];
  #service: Service;
  #work: Promise<unknown> = Promise.resolve();
  #isAtWork = false;

  static async open(users: number, seed: number): Promise<VehicleScene> {
    const place = await startCluster(PLATFORM, DURABLE);
    await migrate({ url: place.cluster.url, series: 'platform' });
    await loadFixture(place.cluster.url);
    await withClient(place.cluster.urlOf('postgres'), async (admin) => {
      await admin.query(`create database ${MAIN} template template0 encoding 'UTF8'`);
    });
    const scene = new VehicleScene(place, await freePort(), users, seed);
    await scene.#service.listening();
    return scene;
  }

  private constructor(
    place: Awaited<ReturnType<typeof startCluster>>,
    port: number,
    users: number,
    seed: number,
  ) {
    this.#place = place;
    this.#port = port;
    const world: World = {
      url: `http://127.0.0.1:${port}`,
      counts: this.counts,
      objections: this.objections,
      others: new Map(),
    };
    this.#users = Array.from(
      { length: users },
      (_, index) => new User(`user${index}`, world, createRandom(seed, `user ${index}`)),
    );
    this.#service = this.#startServer();
  }

  get vehicles(): number {
    return this.#users.reduce((sum, { ledger }) => sum + ledger.size, 0);
  }

  /** Writes that nobody answered for, and that may have happened or not. */
  get doubtful(): number {
    return this.#users.reduce((sum, { ledger }) => sum + ledger.doubtful, 0);
  }

  /** Lets all users work at once. */
  begin(): void {
    this.#isAtWork = true;
    this.#work = Promise.all(
      this.#users.map(async (user) => {
        while (this.#isAtWork) {
          if (await user.act()) continue;
          // Writes are sent again when a read is answered: else nearly all would be sent to nobody.
          while (this.#isAtWork && !(await user.look())) await sleep(AGAIN_MS);
        }
      }),
    );
  }

  /** Until this many more writes are acknowledged. @throws when the server ends by itself */
  async acknowledged(writes: number): Promise<void> {
    const wanted = this.counts.writes + writes;
    await this.#service.until(() => this.counts.writes >= wanted);
  }

  /** Ends it, or both, in the middle of what they do, and starts them again. */
  async kill(victim: Victim): Promise<void> {
    if (this.#service.hasEnded || findPostmaster(this.#place.home.cluster) === null) {
      this.crashes += 1;
      this.objections.push(`ended by itself: ${this.#service.stderr.slice(-2_000)}`);
    }
    const { child } = this.#service;
    if (victim !== 'PostgreSQL' && child.kill('SIGKILL')) await once(child, 'exit');
    if (victim !== 'server') {
      await this.#place.cluster.kill();
      await this.#place.cluster.start();
    }
    if (victim === 'PostgreSQL') return;
    this.#service = this.#startServer();
    await this.#service.listening();
  }

  /** Lets users end what they are at, and holds what they were told against what the table has. */
  async verify(): Promise<void> {
    this.#isAtWork = false;
    await this.#work;
    await withClient(this.#place.cluster.urlOf(MAIN), async (client) => {
      const { rows } = await client.query<StoredVehicle>(
        `select v.user_id as "userId", v.license_plate as "licensePlate", v.nickname, v.color,
                v.odometer_reading as "odometerReading", v.is_active as "isActive"
         from garage.vehicles as v`,
      );
      const byUser = Map.groupBy(rows, ({ userId }) => userId);
      for (const { ledger } of this.#users) {
        const { lost, wrong, objections } = ledger.judge(byUser.get(ledger.user) ?? []);
        this.counts.lost += lost;
        this.counts.wrong += wrong;
        this.objections.push(...objections);
        byUser.delete(ledger.user);
      }
      this.counts.wrong += byUser.size;
    });
  }

  async close(): Promise<void> {
    this.#isAtWork = false;
    await this.#work;
    await this.#service.stop();
    await this.#place.remove();
  }

  #startServer(): Service {
    return new Service({
      PORT: String(this.#port),
      DATA_DIR: this.#place.folder,
      PLATFORM_DATABASE_URL: this.#place.cluster.url,
      DATABASE_URL: this.#place.cluster.urlOf(MAIN),
      JWT_SECRET: SECRET,
      WORKER: 'off',
      LOG_LEVEL: 'warn',
    });
  }
}
