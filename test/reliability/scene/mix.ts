/** What clients ask of it, in production's proportions made up: mostly what is known, some of everything. */

import type { Random } from '../../../bench/calibration/random.ts';
import type { Answer, Asks, Question, Told } from './client.ts';
import { countWrong, isSame, type Knowledge, kindOf, loneOf, siblingOf } from './knowledge.ts';
import type { Owners } from './owners.ts';

/** How many of a hundred requests are of each kind. */
const WEIGHTS = {
  known: 30,
  sibling: 14,
  lone: 10,
  path: 16,
  owner: 20,
  batch: 3,
  stream: 1,
  metrics: 1,
  health: 3,
  page: 2,
} as const;

export type Kind = keyof typeof WEIGHTS;

const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<Kind>(weight).fill(kind as Kind));

/** VINs that are asked for again and again. */
const KNOWN = 200;

const BATCH = 25;
const LINES = 100;

/** Answers for lone VINs that are compared whole at the end, the first ones of each so many. */
const KEPT = { most: 2_000, every: 20 };

const isPage = ({ status, text }: Answer): string | null =>
  status === 200 && /<title>/.test(text) ? null : 'no page';
const isMetrics = ({ status, text }: Answer): string | null =>
  status === 200 && /^mvp_platform_up [01]$/m.test(text) ? null : 'no metrics';
const isLive = ({ status }: Answer): string | null => (status === 200 ? null : 'not alive');
const isReady = ({ status, text }: Answer): string | null =>
  status === 200 && /"status":"(?:ready|ok|up|degraded)"/.test(text) ? null : 'neither ready nor not';

export interface MixParts {
  client: Asks;
  knowledge: Knowledge;
  /** Of vehicles; without them no vehicles are written. */
  owners: Owners | null;
  random: Random;
  /** Which of the kinds are asked; all when absent. */
  kinds?: readonly Kind[];
}

export class Mix {
  readonly #parts: MixParts;
  readonly #client: Asks;
  readonly #knowledge: Knowledge;
  readonly #owners: Owners | null;
  readonly #random: Random;
  readonly #kinds: readonly Kind[];
  readonly #lone = new Map<string, string>();
  #serial = 0;

  constructor(parts: MixParts) {
    this.#parts = parts;
    this.#client = parts.client;
    this.#knowledge = parts.knowledge;
    this.#owners = parts.owners;
    this.#random = parts.random;
    const { kinds } = parts;
    this.#kinds = kinds === undefined ? KINDS : KINDS.filter((kind) => kinds.includes(kind));
  }

  /** The same but for one kind. */
  without(kind: Kind): Mix {
    return new Mix({ ...this.#parts, kinds: [...new Set(this.#kinds)].filter((other) => other !== kind) });
  }

  /** Asks one question; an owner may ask several, one after the other. */
  async ask(due?: number): Promise<void> {
    const kind = this.#random.pick(this.#kinds);
    if (kind === 'owner' && this.#owners !== null) return this.#owners.step(due);
    if (kind === 'lone') return this.#askLone(due);
    await this.#client.ask(this.#question(kind), due);
  }

  /** @returns how many of the kept answers for lone VINs the database does not give */
  async countWrong(databaseUrl: string): Promise<number> {
    return this.#lone.size === 0 ? 0 : countWrong(databaseUrl, this.#lone);
  }

  async #askLone(due: number | undefined): Promise<void> {
    this.#serial += 1;
    const vin = loneOf(kindOf(this.#serial), this.#serial);
    const { verdict, answer }: Told = await this.#client.ask(
      { path: `/api/vehicles/decode/${vin}`, check: (told) => this.#knowledge.outline(vin, told) },
      due,
    );
    const isKept = this.#serial % KEPT.every === 0 && this.#lone.size < KEPT.most;
    if (isKept && verdict === 'right' && answer !== null) this.#lone.set(vin, answer.text);
  }

  #question(kind: Kind): Question {
    const knowledge = this.#knowledge;
    switch (kind) {
      case 'sibling':
        return this.#decodeOf(this.#random.below(1_000_000));
      case 'path': {
        const path = this.#random.pick(knowledge.paths);
        return { path, check: (answer) => knowledge.path(path, answer) };
      }
      case 'batch':
        return this.#batch();
      case 'stream':
        return this.#stream();
      case 'metrics':
        return { path: '/metrics', check: isMetrics };
      case 'health':
        return this.#random.below(2) === 0
          ? { path: '/health/live', check: isLive }
          : { path: '/health', check: isReady };
      case 'page':
        return { path: '/', check: isPage };
      default:
        return this.#decodeOf(this.#random.below(KNOWN));
    }
  }

  #decodeOf(serial: number): Question {
    const vin = siblingOf(kindOf(serial), serial);
    return { path: `/api/vehicles/decode/${vin}`, check: (answer) => this.#knowledge.decode(vin, answer) };
  }

  #vins(count: number): string[] {
    return Array.from({ length: count }, () => {
      const serial = this.#random.below(1_000_000);
      return siblingOf(kindOf(serial), serial);
    });
  }

  #batch(): Question {
    const vins = this.#vins(BATCH);
    return {
      method: 'POST',
      path: '/api/vehicles/decode',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ vins }),
      check: ({ status, text }) =>
        status === 200 &&
        isSame(text, `{"results":[${vins.map((vin) => this.#knowledge.textOf(vin)).join(',')}]}`)
          ? null
          : 'other results than the database gives',
    };
  }

  #stream(): Question {
    const vins = this.#vins(LINES);
    return {
      method: 'POST',
      path: '/api/vehicles/decode',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${vins.join('\n')}\n`,
      check: ({ status, text }) => {
        const lines = text.split('\n').slice(0, -1);
        const isCutOff = /"status":503/.test(lines.at(-1) ?? '');
        const good = isCutOff ? lines.slice(0, -1) : lines;
        const isRight = good.every((line, index) => isSame(line, this.#knowledge.textOf(vins[index] ?? '')));
        return status === 200 && isRight && (isCutOff || good.length === vins.length) ? null : 'other lines';
      },
    };
  }
}
