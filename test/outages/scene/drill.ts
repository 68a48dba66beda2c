/** Takes databases away from the service while clients ask, gives them back, and says what the clients noticed. */

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../../server/database/migrate.ts';
import { SECRET } from '../../e2e/garage.ts';
import { type Cable, layCable } from '../../harness/cable.ts';
import { type Cluster, startCluster } from '../../harness/cluster.ts';
import { loadFixture } from '../../harness/prepare.ts';
import { temporaryFolder } from '../../harness/servers.ts';
import { Service } from '../../harness/service.ts';
import { until } from '../../harness/until.ts';
import { Load, type Told } from './load.ts';

export type Database = 'platform' | 'main';

export interface Drill {
  readonly away: readonly Database[];
  /** `kill`: SIGKILL to PostgreSQL and all its children. `silence`: the line to it lets nothing through, and says nothing. */
  readonly how: 'kill' | 'silence';
}

/** What the clients noticed of one outage. */
export interface Outcome {
  requests: number;
  /** Answers while it was away, by what they were. */
  hits: number;
  stale: number;
  made: number;
  refused: number;
  /** Milliseconds of the refusals. */
  p99Ms: number;
  slowestMs: number;
  /** Milliseconds from the moment in which the last database took connections again. */
  backMs: number;
  /** What should not have happened. */
  objections: string[];
}

interface Place {
  cluster: Cluster;
  cable: Cable;
  remove(): Promise<void>;
}

/** The service as its users start it, each of its databases at the end of a cable. */
export class OutageScene {
  readonly #places: Readonly<Record<Database, Place>>;
  readonly #folder: string;
  readonly #service: Service;

  static async open(): Promise<OutageScene> {
    const lay = async (name: string): Promise<Place> => {
      const { cluster, remove } = await startCluster(name);
      return { cluster, cable: await layCable(cluster.url), remove };
    };
    const places = { platform: await lay('mvp-platform-vehicles'), main: await lay('motovaultpro') };
    await migrate({ url: places.platform.cluster.url, series: 'platform' });
    await loadFixture(places.platform.cluster.url);
    const scene = new OutageScene(places);
    await scene.#service.listening();
    return scene;
  }

  private constructor(places: Readonly<Record<Database, Place>>) {
    this.#places = places;
    this.#folder = temporaryFolder();
    this.#service = new Service({
      PORT: '0',
      DATA_DIR: this.#folder,
      PLATFORM_DATABASE_URL: places.platform.cable.url,
      DATABASE_URL: places.main.cable.url,
      JWT_SECRET: SECRET,
      WORKER: 'off',
      LOG_LEVEL: 'warn',
    });
  }

  async close(): Promise<void> {
    for (const { cable } of Object.values(this.#places)) cable.resume();
    await this.#service.stop();
    for (const { cable, remove } of Object.values(this.#places)) {
      await cable.close();
      await remove();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One outage of so many milliseconds. */
  async run({ away, how }: Drill, awayMs: number): Promise<Outcome> {
    const load = new Load(await this.#service.listening());
    await load.warm();
    const heard: Told[] = [];
    let requests = 0;
    let isAway = false;
    const objections: string[] = [];
    load.start((told) => {
      requests += 1;
      if (told.objection !== null) objections.push(told.objection);
      if (isAway) heard.push(told);
      // What has not to do with the database that is away goes on.
      const isConcerned = away.includes(told.kind === 'known' || told.kind === 'new' ? 'platform' : 'main');
      if (told.status === 503 && !isConcerned && !load.isDisturbed)
        objections.push(`${told.kind}: 503 while ${away} is away`);
    });
    let backMs = 0;
    try {
      await sleep(500);
      isAway = true;
      await Promise.all(away.map((name) => this.#take(name, how)));
      await sleep(awayMs);
      await until(
        () => heard.some(({ status }) => status === 503) && heard.some(({ cache }) => cache === 'STALE'),
        'for a refusal and for a stale answer',
      );
      await Promise.all(away.map((name) => this.#give(name, how)));
      backMs = await load.normal();
      isAway = false;
    } finally {
      await load.stop();
    }
    if (this.#service.hasEnded) objections.push(`the service ended: ${this.#service.stderr.slice(-2_000)}`);
    const late = heard.filter(({ status }) => status === 503).map(({ ms }) => ms);
    late.sort((a, b) => a - b);
    const count = (condition: (told: Told) => boolean): number => heard.filter(condition).length;
    return {
      requests,
      hits: count(({ cache }) => cache === 'HIT'),
      stale: count(({ cache }) => cache === 'STALE'),
      made: count(
        ({ status, cache }) => (status === 200 || status === 201) && cache !== 'HIT' && cache !== 'STALE',
      ),
      refused: late.length,
      p99Ms: Math.round(late[Math.floor(late.length * 0.99)] ?? 0),
      slowestMs: Math.round(late.at(-1) ?? 0),
      backMs: Math.round(backMs),
      objections,
    };
  }

  async #take(name: Database, how: Drill['how']): Promise<void> {
    const { cluster, cable } = this.#places[name];
    if (how === 'silence') return cable.silence();
    await cluster.kill();
    await cable.cut();
  }

  async #give(name: Database, how: Drill['how']): Promise<void> {
    const { cluster, cable } = this.#places[name];
    if (how === 'silence') return cable.resume();
    await cluster.start();
    await cable.mend();
  }
}
