/** The service as an attacker meets it: a process of its own on databases of its own, and what it should go on answering. */

import { readFileSync, rmSync } from 'node:fs';
import pg from 'pg';
import { z } from 'zod';
import { VIN } from '../../contract/cases.ts';
import { SECRET, tokenOf } from '../../e2e/garage.ts';
import { ownDatabase, type TestServer } from '../../harness/databases.ts';
import { temporaryFolder } from '../../harness/servers.ts';
import { Service } from '../../harness/service.ts';
import { Client, Hang } from './client.ts';
import type { Ledger } from './ledger.ts';
import { pause } from './wire.ts';

/** What is right whatever else happens: answered by the service before any attack, decodes by the database itself. */
const GOOD = [
  `/api/vehicles/decode/${VIN}`,
  `/api/vehicles/decode/${VIN}?modelYear=2020`,
  '/api/vehicles/dropdown/makes',
  '/api/vehicles/dropdown/models/Aster',
  '/api/vehicles/dropdown/trims?year=2020&make=Aster&model=Alpha',
  '/api/vehicles/dropdown/years?make=Aster',
  `/vpic/api/vehicles/DecodeVinValues/${VIN}?format=json`,
  '/vpic/api/vehicles/GetModelsForMake/aster?format=csv',
];

/** Milliseconds between two good questions while something else goes on, which should have the machine. */
const BETWEEN_MS = 20;

const decoded = z.record(z.string(), z.unknown());

export interface TargetOptions {
  readonly env?: Record<string, string>;
  /** Connections of {@link Target.client}. */
  readonly connections?: number;
  /** Done to its databases before it starts. */
  readonly prepare?: (databases: Target['databases']) => Promise<void>;
}

export class Target {
  readonly url: string;
  readonly port: number;
  readonly client: Client;
  /** Logins of superusers. */
  readonly databases: { readonly platform: string; readonly main: string };
  readonly #bystander: Client;
  readonly #service: Service;
  readonly #right = new Map<string, string>();
  readonly #closers: readonly (() => unknown)[];
  #asked = 0;

  private constructor(
    service: Service,
    url: string,
    databases: Target['databases'],
    connections: number,
    closers: readonly (() => unknown)[],
  ) {
    this.#service = service;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.databases = databases;
    this.client = new Client(url, connections);
    this.#bystander = new Client(url, 2);
    this.#closers = closers;
  }

  /** Starts the service on copies of a server's fixture and main database. */
  static async open(
    server: TestServer,
    { env = {}, connections = 8, prepare }: TargetOptions = {},
  ): Promise<Target> {
    const platform = await ownDatabase(server, 'fixture');
    const main = await ownDatabase(server, 'app');
    const databases = { platform: platform.url, main: main.url };
    await prepare?.(databases);
    const folder = temporaryFolder();
    const service = new Service({
      PLATFORM_DATABASE_URL: platform.url,
      DATABASE_URL: main.url,
      DATA_DIR: folder,
      JWT_SECRET: SECRET,
      PORT: '0',
      WORKER: 'off',
      LOG_LEVEL: 'warn',
      ...env,
    });
    const closers = [
      () => service.hasEnded || service.stop(),
      () => platform.drop(),
      () => main.drop(),
      () => rmSync(folder, { recursive: true, force: true }),
    ];
    try {
      const url = await service.listening();
      const target = new Target(service, url, databases, connections, closers);
      await target.#learn(platform.url);
      return target;
    } catch (error) {
      for (const close of closers) await close();
      throw error;
    }
  }

  /** Headers of a user whose token is good. */
  as(user: string, claims?: Record<string, unknown>): { Authorization: string } {
    return { Authorization: `Bearer ${tokenOf(user, claims)}` };
  }

  /** Asks one of the good questions, the next one each time; anything but the right answer is a harm. */
  async askGood(ledger: Ledger): Promise<void> {
    const path = GOOD[this.#asked++ % GOOD.length] ?? '/';
    ledger.count('good questions in between');
    try {
      const { status, body } = await this.#bystander.ask({ method: 'GET', path });
      if (status >= 500) ledger.harmed('unexpected5xx', `${path}: ${status} ${body.slice(0, 300)}`);
      else if (body !== this.#right.get(path)) ledger.harmed('wrong', `${path}: ${body.slice(0, 300)}`);
    } catch (error) {
      ledger.harmed(error instanceof Hang ? 'hangs' : 'wrong', `${path}: ${error}`);
    }
  }

  /** Asks good questions one after the other for as long as `work` goes on, and at least all of them. */
  async askingGood<T>(ledger: Ledger, work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const asking = (async () => {
      for (let asked = 0; !isOver || asked < GOOD.length; asked += 1) {
        await this.askGood(ledger);
        await pause(BETWEEN_MS);
      }
    })();
    try {
      return await work();
    } finally {
      isOver = true;
      await asking;
    }
  }

  /** The most memory that its process has ever had, in megabytes; 0 where the system does not tell. */
  get peakMegabytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#service.child.pid}/status`, 'utf8');
      return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      return 0;
    }
  }

  /** Ends it, and counts as harm what its end and its log tell. */
  async close(ledger: Ledger): Promise<void> {
    if (this.#service.hasEnded) ledger.harmed('crashes', this.#service.stderr.slice(-500));
    for (const line of this.#service.stderr.split('\n').filter((one) => /"level":[56]0/.test(one))) {
      ledger.object(`the log has an error: ${line.slice(0, 500)}`);
    }
    this.client.close();
    this.#bystander.close();
    for (const close of this.#closers) await close();
  }

  async #learn(database: string): Promise<void> {
    for (const path of GOOD) {
      const { status, body } = await this.#bystander.ask({ method: 'GET', path });
      if (status !== 200) throw new Error(`${path} is no good question: ${status} ${body}`);
      this.#right.set(path, body);
    }
    const client = new pg.Client(database);
    await client.connect();
    try {
      const { rows } = await client.query<{ right: unknown }>('select api.decode_vin($1) as right', [VIN]);
      const right = decoded.parse(rows[0]?.right);
      const said = decoded.parse(JSON.parse(this.#right.get(GOOD[0] ?? '') ?? ''));
      if (right.model === null || right.model !== said.model)
        throw new Error(`the service decodes ${VIN} in another way than its database`);
    } finally {
      await client.end();
    }
  }
}
