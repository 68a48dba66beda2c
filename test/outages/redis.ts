/** Takes Redis away from the service while clients ask, gives it back, and says what the clients noticed. */

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';
import { checkDigit } from '../../server/vin.ts';
import { type RunningRedis, startRedis } from '../harness/redis.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { Service } from '../harness/service.ts';
import { until } from '../harness/until.ts';
import { Standstill } from './scene/standstill.ts';

/** `kill`: SIGKILL, and started again. `freeze`: SIGSTOP, and SIGCONT. */
export type How = 'kill' | 'freeze';

/** What the clients noticed while Redis was there, away, or there again. */
export interface Phase {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
}

export interface RedisOutcome {
  readonly before: Phase;
  readonly away: Phase;
  readonly after: Phase;
  /** Milliseconds from the moment in which Redis was there again until the service used it. */
  readonly backMs: number;
  /** What should not have happened. */
  readonly objections: readonly string[];
}

const CLIENTS = 16;

/** A client that has heard nothing for so long has been left hanging. */
const HANGS_MS = 60_000;

/** Questions that Redis knows, and that do not fit into the memory of the service. */
const WIDE = 3_000;

const health = z.object({ dependencies: z.object({ redis: z.object({ status: z.enum(['up', 'down']) }) }) });

/** Nobody else's answer: each such VIN is a question of its own. */
function loneVin(serial: number): string {
  const vin = `1AAA1BC20LF${String(serial % 1_000_000).padStart(6, '0')}`;
  return vin.slice(0, 8) + (checkDigit(vin) === '1' ? '2' : '1') + vin.slice(9);
}

/** The service as its users start it, with a Redis of its own. */
export class RedisScene {
  readonly #redis: RunningRedis;
  readonly #service: Service;
  readonly #folder: string;
  readonly #pool: Pool;
  readonly #standstill = new Standstill();
  #serial = WIDE;

  /** @param databases with the fixture, and migrated; the service writes into neither */
  static async open(databases: { fixture: string; app: string }): Promise<RedisScene> {
    const redis = await startRedis();
    const folder = temporaryFolder();
    const service = new Service({
      PORT: '0',
      DATA_DIR: folder,
      PLATFORM_DATABASE_URL: databases.fixture,
      DATABASE_URL: databases.app,
      REDIS_URL: redis.url,
      CACHE_MAX_MIB: '1',
      WORKER: 'off',
      LOG_LEVEL: 'warn',
    });
    return new RedisScene(redis, service, folder, await service.listening());
  }

  private constructor(redis: RunningRedis, service: Service, folder: string, url: string) {
    this.#redis = redis;
    this.#service = service;
    this.#folder = folder;
    this.#pool = new Pool(url, { connections: CLIENTS + 2, headersTimeout: HANGS_MS, bodyTimeout: HANGS_MS });
  }

  async close(): Promise<void> {
    this.#standstill.stop();
    await this.#pool.destroy();
    await this.#service.stop();
    await this.#redis.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Has Redis know what does not fit into memory. */
  async warm(): Promise<void> {
    await until(() => this.#isUsed());
    for (let serial = 0; serial < WIDE; serial += CLIENTS) {
      await Promise.all(Array.from({ length: CLIENTS }, (_, index) => this.#ask(serial + index)));
    }
  }

  /** One outage of so many milliseconds, with as long a look before and after it. */
  async run(how: How, awayMs: number): Promise<RedisOutcome> {
    const times: number[][] = [[], [], []];
    const objections: string[] = [];
    let phase = 0;
    let isOver = false;
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!isOver) {
        const mine = phase;
        const { ms, objection } = await this.#ask(this.#next());
        if (objection !== null) objections.push(objection);
        // What was asked before and answered after belongs to neither.
        else if (mine === phase) times[mine]?.push(ms);
      }
    });
    let backMs = 0;
    try {
      await sleep(awayMs);
      if (how === 'kill') await this.#redis.kill();
      else this.#redis.freeze();
      phase = 1;
      await sleep(awayMs);
      await until(() => (times[1]?.length ?? 0) > 50, 'for requests while it is away');
      if (how === 'kill') await this.#redis.restart();
      else this.#redis.thaw();
      const lost = this.#standstill.lostMs;
      const there = performance.now();
      await until(() => this.#isUsed(), 'for Redis to be used again');
      backMs = performance.now() - there - (this.#standstill.lostMs - lost);
      phase = 2;
      await sleep(awayMs);
    } finally {
      isOver = true;
      await Promise.all(clients);
    }
    if (this.#service.hasEnded) objections.push(`the service ended: ${this.#service.stderr.slice(-2_000)}`);
    const [before = [], away = [], after = []] = times;
    return {
      before: phaseOf(before),
      away: phaseOf(away),
      after: phaseOf(after),
      backMs: Math.round(backMs),
      objections,
    };
  }

  /** Half of what is asked Redis knows, a quarter memory, a quarter nobody. */
  #next(): number {
    this.#serial += 1;
    if (this.#serial % 4 === 0) return this.#serial;
    return this.#serial % 4 === 1 ? this.#serial % 20 : (this.#serial * 7919) % WIDE;
  }

  async #ask(serial: number): Promise<{ ms: number; objection: string | null }> {
    const path = `/api/vehicles/decode/${loneVin(serial)}`;
    const lost = this.#standstill.lostMs;
    const begun = performance.now();
    const took = (): number => performance.now() - begun - (this.#standstill.lostMs - lost);
    try {
      const { statusCode, body } = await this.#pool.request({ path, method: 'GET' });
      const text = await body.text();
      return { ms: took(), objection: statusCode === 200 ? null : `${path}: ${statusCode} ${text}` };
    } catch (error) {
      return { ms: took(), objection: `${path}: ${error}` };
    }
  }

  async #isUsed(): Promise<boolean> {
    const { body } = await this.#pool.request({ path: '/health', method: 'GET' });
    return health.parse(await body.json()).dependencies.redis.status === 'up';
  }
}

function phaseOf(times: number[]): Phase {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
  return {
    requests: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    slowestMs: Math.round(sorted.at(-1) ?? 0),
  };
}
