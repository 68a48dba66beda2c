/** Clients that ask all the time, and what they were told. */

import { Pool } from 'undici';
import { z } from 'zod';
import { checkDigit } from '../../../server/vin.ts';
import { tokenOf } from '../../e2e/garage.ts';
import { until } from '../../harness/until.ts';
import { Standstill } from './standstill.ts';

/** What is asked, by what it takes to answer it. */
export type Kind =
  /** Asked before, so the cache has it. */
  | 'known'
  /** A VIN that nobody has asked for. */
  | 'new'
  /** The list of a user who has asked before. */
  | 'known list'
  /** The list of a user who has not. */
  | 'new list'
  /** A vehicle is added. */
  | 'write';

export interface Told {
  readonly kind: Kind;
  readonly status: number;
  readonly cache: string | null;
  /** Milliseconds, without those in which the machine stood still. */
  readonly ms: number;
  /** What a client may rely on and did not get; null when all is well. */
  readonly objection: string | null;
}

interface Question {
  readonly kind: Kind;
  readonly path: string;
  readonly user?: string;
  readonly body?: unknown;
}

/** More than this service has connections: some always wait. */
const CLIENTS = 24;

/** A client that has heard nothing for so long has been left hanging. */
const HANGS_MS = 60_000;

/** A machine that stood still looks to the service like both databases away: for as long as it takes to see that they are not. */
const AFTERMATH_MS = 5_000;

/** Of the fixture: its answer is common to its descriptor. */
const VIN = '1AAB1BC21LF000001';

const KNOWN_PATHS = [
  `/api/vehicles/decode/${VIN}`,
  `/api/vehicles/decode/${VIN}?modelYear=2020`,
  '/api/vehicles/decode/1AAA1BC27LF000001',
  `/api/vehicles/decode/${VIN}/explain`,
  '/api/vehicles/dropdown/makes',
  '/api/vehicles/dropdown/models/aster?year=2020',
  '/api/vehicles/dropdown/years',
  `/vpic/api/vehicles/DecodeVin/${VIN}?format=json`,
  '/vpic/api/vehicles/GetModelsForMake/aster?format=csv',
];

/** A user with a list of one vehicle; nobody writes it again, so it stays in the cache. */
const KNOWN_USER = 'who asked before';

const refusal = z.object({
  error: z.literal('unavailable'),
  partial: z.object({ wmi: z.string() }).optional(),
});

export class Load {
  readonly #pool: Pool;
  readonly #standstill = new Standstill();
  #serial = 0;
  #isOver = false;
  #running: Promise<unknown> = Promise.resolve();
  #hear: (told: Told) => void = () => undefined;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: CLIENTS + 8, headersTimeout: HANGS_MS, bodyTimeout: HANGS_MS });
  }

  /** Asks for what is to be known, until all of it comes from the cache. */
  async warm(): Promise<void> {
    await this.ask({ kind: 'write', path: '/api/vehicles', user: KNOWN_USER, body: { vin: VIN } });
    for (const question of [...KNOWN_PATHS.map((path) => ({ kind: 'known', path }) as const), knownList]) {
      await until(async () => (await this.ask(question)).cache === 'HIT');
    }
  }

  /** Whether what comes now may be the doing of a machine that stood still. */
  get isDisturbed(): boolean {
    return this.#standstill.isWithin(AFTERMATH_MS);
  }

  /** Begins to ask. */
  start(hear: (told: Told) => void): void {
    this.#hear = hear;
    this.#running = Promise.all(Array.from({ length: CLIENTS }, () => this.#run()));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    this.#standstill.stop();
    await this.#pool.destroy();
  }

  /** Waits until everything is as it was. @returns how many milliseconds that took, without those in which the machine stood still */
  async normal(): Promise<number> {
    const lost = this.#standstill.lostMs;
    const begun = performance.now();
    await until(() => this.#isNormal(), 'for everything to be as it was');
    return performance.now() - begun - (this.#standstill.lostMs - lost);
  }

  /** Whether new answers are made, known ones are vouched for, writes are taken. */
  async #isNormal(): Promise<boolean> {
    const [known, fresh, list, write] = await Promise.all([
      this.ask({ kind: 'known', path: KNOWN_PATHS[0] ?? '' }),
      this.ask(this.#of('new')),
      this.ask(knownList),
      this.ask(this.#of('write')),
    ]);
    return known.cache === 'HIT' && fresh.status === 200 && list.cache === 'HIT' && write.status === 201;
  }

  async ask({ kind, path, user, body }: Question): Promise<Told> {
    const lost = this.#standstill.lostMs;
    const begun = performance.now();
    const took = (): number => performance.now() - begun - (this.#standstill.lostMs - lost);
    try {
      const reply = await this.#pool.request({
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(user !== undefined && { authorization: `Bearer ${tokenOf(user)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await reply.body.text();
      const cache = reply.headers['x-cache'];
      const told = {
        kind,
        status: reply.statusCode,
        cache: typeof cache === 'string' ? cache : null,
        ms: took(),
      };
      const objection = objectionTo(told, path, text, reply.headers);
      return { ...told, objection: this.isDisturbed ? null : objection };
    } catch (error) {
      return { kind, status: 0, cache: null, ms: took(), objection: `${path}: ${error}` };
    }
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      const kinds = ['known', 'new', 'known', 'known list', 'new list', 'known', 'new', 'write'] as const;
      this.#hear(await this.ask(this.#of(kinds[this.#serial % kinds.length] ?? 'known')));
    }
  }

  #of(kind: Kind): Question {
    this.#serial += 1;
    const serial = String(this.#serial % 1_000_000).padStart(6, '0');
    switch (kind) {
      case 'known':
        return { kind, path: KNOWN_PATHS[this.#serial % KNOWN_PATHS.length] ?? '' };
      case 'new':
        return { kind, path: `/api/vehicles/decode/${withWrongDigit(`1AAA1BC20LF${serial}`)}` };
      case 'known list':
        return knownList;
      case 'new list':
        return { kind, path: '/api/vehicles', user: `user ${serial}` };
      case 'write':
        return {
          kind,
          path: '/api/vehicles',
          user: `writer ${serial}`,
          body: { make: 'Ford', model: 'T', year: 1908 },
        };
    }
  }
}

const knownList: Question = { kind: 'known list', path: '/api/vehicles', user: KNOWN_USER };

/** Nobody else's answer: the database has to be asked for each. */
function withWrongDigit(vin: string): string {
  return vin.slice(0, 8) + (checkDigit(vin) === '1' ? '2' : '1') + vin.slice(9);
}

/** What holds for every answer, whatever is away. */
function objectionTo(
  { kind, status, cache }: Pick<Told, 'kind' | 'status' | 'cache'>,
  path: string,
  text: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const isKnown = kind === 'known' || kind === 'known list';
  if (status === 503 && !isKnown) {
    const { data } = refusal.safeParse(JSON.parse(text));
    if (data === undefined || !/^[1-9]\d*$/.test(String(headers['retry-after']))) return `${path}: ${text}`;
    return kind === 'new' && data.partial === undefined
      ? `${path}: nothing of what the VIN says by itself`
      : null;
  }
  if (status !== (kind === 'write' ? 201 : 200)) return `${path}: ${status} ${text}`;
  const warning = cache === 'STALE' ? '110 - "Response is Stale"' : undefined;
  return headers.warning === warning ? null : `${path}: ${cache}, and Warning ${headers.warning}`;
}
