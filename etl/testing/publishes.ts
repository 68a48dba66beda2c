/** A service under load while one release after the other is published and taken back, and what its answers must be. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { z } from 'zod';
import type { RunningServer } from '../../test/harness/servers.ts';
import { Service } from '../../test/harness/service.ts';
import { call, ETL_ROLE } from '../call.ts';
import { connect } from '../connect.ts';
import { rebuild } from '../rebuild.ts';
import { until, withClient } from './looks.ts';
import { smallDump } from './small-vpic.ts';

/** What came of it, for a report. */
export interface Served {
  publishes: number;
  rollbacks: number;
  requests: number;
  /** Requests that were answered without asking the database. */
  hits: number;
  slowestMs: number;
}

/** Enough to keep both cores of a small machine busy. */
const CONNECTIONS = 16;

const decoded = z.object({ dataVersion: z.string(), model: z.string() });
const listed = z.array(z.object({ name: z.string() }));

/** Where a path's answer names the model, which is another one in every release. */
interface Question {
  readonly path: string;
  readonly modelIn: (body: unknown) => string | undefined;
}

/** A service as its users start it, on databases of its own. */
export class PublishScene {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mvp-publishes-'));
  readonly #dataDir = join(this.#folder, 'data');
  readonly #url: string;
  readonly #service: Service;
  #edition = 2001;

  static async open(server: RunningServer): Promise<PublishScene> {
    const [platform, app] = ['publishes', 'publishes_app'];
    await withClient(server.url('postgres'), async (client) => {
      for (const name of [platform, app]) await client.query(`create database ${name}`);
    });
    const scene = new PublishScene(server.url(platform), server.url(app));
    await scene.#service.listening();
    return scene;
  }

  private constructor(platform: string, app: string) {
    this.#url = platform;
    mkdirSync(this.#dataDir);
    this.#service = new Service({
      PORT: '0',
      DATA_DIR: this.#dataDir,
      PLATFORM_DATABASE_URL: platform,
      DATABASE_URL: app,
      ETL_SOURCE: this.#dump(),
      WORKER: 'off',
      LOG_LEVEL: 'warn',
    });
  }

  async close(): Promise<void> {
    await this.#service.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Publishes so many new releases, each by a whole rebuild and taken back again, evenly over so many requests.
   * @throws Error when a request fails, an answer mixes releases, or readers stay behind
   */
  async serve(wanted: { publishes: number; requests: number }): Promise<Served> {
    const load = new Load(await this.#service.listening());
    const served = { publishes: 0, rollbacks: 0 };
    const asking = load.run();
    try {
      while (served.publishes < wanted.publishes) {
        await load.comesTo(await this.#publish());
        served.publishes++;
        await load.makes((wanted.requests * (served.publishes - 0.5)) / wanted.publishes);
        await load.comesTo(await this.#rollback());
        served.rollbacks++;
        await load.makes((wanted.requests * served.publishes) / wanted.publishes);
      }
    } catch (error) {
      throw new Error(`${error}; the service says: ${this.#service.stderr.slice(-2_000)}`, { cause: error });
    } finally {
      load.stop();
      await asking;
    }
    return { ...served, requests: load.requests, hits: load.hits, slowestMs: Math.round(load.slowestMs) };
  }

  /** Forced: every model of this vPIC has another name each time, which no gate would let through. */
  async #publish(): Promise<string> {
    this.#edition++;
    const { dataVersion } = await rebuild({
      url: this.#url,
      source: this.#dump(),
      dataDir: this.#dataDir,
      forcedReason: 'publishes under load',
    });
    return dataVersion;
  }

  async #rollback(): Promise<string> {
    const client = await connect(this.#url, ETL_ROLE);
    try {
      return await call<string>(client, 'select etl.rollback() as value', []);
    } finally {
      await client.end();
    }
  }

  /** A small vPIC whose version is a year's January, and whose only model has that year in its name. */
  #dump(): string {
    const path = join(this.#folder, `vPICList_lite_${this.#edition}_01.sql`);
    const renamed = smallDump((table) =>
      table.name === 'model'
        ? {
            ...table,
            rows: table.rows.map((row) =>
              row.map((value) => (value === 'Accord' ? modelOf(this.#edition) : value)),
            ),
          }
        : table,
    );
    writeFileSync(path, renamed);
    return path;
  }
}

function modelOf(edition: string | number): string {
  return `Edition ${edition}`;
}

/** Asks one question after the other on every connection, and judges every answer. */
class Load {
  readonly #pool: Pool;
  #serial = 0;
  #isStopped = false;
  requests = 0;
  hits = 0;
  slowestMs = 0;
  /** What was published when the last answer was made. */
  #lastVersion = '';
  #failure: Error | null = null;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: CONNECTIONS });
  }

  /** Waits until an answer is of that version. @throws the failure of a request */
  comesTo(version: string): Promise<void> {
    return this.#reaches(() => this.#lastVersion === version, `for answers of ${version}`);
  }

  /** Waits until so many requests were answered. @throws the failure of a request */
  makes(requests: number): Promise<void> {
    return this.#reaches(() => this.requests >= requests, 'for the requests');
  }

  #reaches(condition: () => boolean, what: string): Promise<void> {
    return until(() => {
      if (this.#failure !== null) throw this.#failure;
      return condition();
    }, what);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#ask()));
    await this.#pool.close();
  }

  async #ask(): Promise<void> {
    while (!this.#isStopped && this.#failure === null) {
      const question = this.#next();
      try {
        await this.#judge(question);
      } catch (error) {
        this.#failure ??= new Error(`request ${this.requests + 1}, ${question.path}: ${error}`, {
          cause: error,
        });
      }
    }
  }

  /** Half of them in the cache as long as the release stays, half of them new each time. */
  #next(): Question {
    const serial = String(++this.#serial % 1_000_000).padStart(6, '0');
    const modelIn = (body: unknown): string => decoded.parse(body).model;
    const questions: Question[] = [
      { path: '/api/vehicles/decode/1HGCM82633A004352', modelIn },
      // A wrong check digit: an answer of its own, which no other VIN's can stand for.
      { path: `/api/vehicles/decode/1HGCM826X3A${serial}`, modelIn },
      {
        path: '/api/vehicles/dropdown/models/Honda?year=2003',
        modelIn: (body) => listed.parse(body).at(0)?.name,
      },
      { path: `/api/vehicles/decode/1HGCM82613A${serial}?modelYear=2003`, modelIn },
    ];
    return questions[this.#serial % questions.length] as Question;
  }

  async #judge({ path, modelIn }: Question): Promise<void> {
    const begun = performance.now();
    const { statusCode, headers, body } = await this.#pool.request({ path, method: 'GET' });
    const text = await body.text();
    this.slowestMs = Math.max(this.slowestMs, performance.now() - begun);
    if (statusCode !== 200) throw new Error(`${statusCode}: ${text}`);
    const version = String(headers['x-data-version']);
    const answer: unknown = JSON.parse(text);
    const edition = /^\d{4}/.exec(version)?.[0] ?? '';
    const model = modelIn(answer);
    const own = decoded.safeParse(answer).data?.dataVersion ?? version;
    if (model !== modelOf(edition) || own !== version) {
      throw new Error(`X-Data-Version ${version}, in the answer ${own} and ${model}`);
    }
    this.requests++;
    if (headers['x-cache'] === 'HIT') this.hits++;
    this.#lastVersion = version;
  }
}
