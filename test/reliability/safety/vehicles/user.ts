/** A user who makes, changes, deletes and lists vehicles, and remembers what the answers said. */

import { z } from 'zod';
import type { Random } from '../../../../bench/calibration/random.ts';
import { tokenOf } from '../../../e2e/garage.ts';
import { type Entry, Ledger, written } from './ledger.ts';

/** Longer than anything but a request that is never answered, also where the machine stands still for a while. */
const HANGS_MS = 120_000;

/** Vehicles of a user at a time; from there on more are deleted than made. */
const MOST = 12;

/** Of every four vehicles one has a VIN, which the service reads; the others say what they are. */
const WITH_VIN = 4;

/** What happened to all requests of all users. */
export interface Counts {
  writes: number;
  reads: number;
  /** Attempts on other users' vehicles. */
  trespasses: number;
  /** Not answered because the server was killed, or refused because its database was. */
  unanswered: number;
  refused: number;
  hangs: number;
  unexpected5xx: number;
  wrong: number;
  lost: number;
}

export interface World {
  readonly url: string;
  readonly counts: Counts;
  readonly objections: string[];
  /** Ids that belong to others. */
  readonly others: Map<string, string>;
}

const stored = z.object({
  id: z.string(),
  userId: z.string(),
  licensePlate: z.string().nullable(),
  nickname: z.string().nullable(),
  color: z.string().nullable(),
  odometerReading: z.int().nullable(),
  isActive: z.boolean(),
});

/** An answer that counts: neither cut off nor refused. */
interface Answer {
  status: number;
  body: unknown;
  isStale: boolean;
}

export class User {
  readonly ledger: Ledger;
  readonly #world: World;
  readonly #random: Random;
  readonly #token: string;
  #tag = 0;

  constructor(name: string, world: World, random: Random) {
    this.ledger = new Ledger(name);
    this.#world = world;
    this.#random = random;
    this.#token = tokenOf(name);
  }

  /** One thing that a user does. @returns whether it was answered */
  async act(): Promise<boolean> {
    const { sure } = this.ledger;
    const chance = this.#random.next();
    if (chance < 0.15) return this.look();
    if (chance < 0.2) return this.#trespass();
    if (sure.length === 0 || chance < (sure.length < MOST ? 0.55 : 0.25)) return this.#create();
    const entry = this.#random.pick(sure);
    return chance < 0.85 ? this.#change(entry) : this.#remove(entry);
  }

  async #create(): Promise<boolean> {
    const entry = this.ledger.announce();
    const tag = ++this.#tag;
    const what = tag % WITH_VIN === 0 ? { vin: this.#vin(tag) } : { make: 'Aster', model: 'One', year: 2015 };
    const answer = await this.#write(entry, tag, 'POST', '', { ...what, ...written(tag) });
    if (answer === null) return false;
    const vehicle = stored.safeParse(answer.body);
    if (answer.status !== 201 || !vehicle.success) return this.#object(entry, 'POST', answer);
    entry.id = vehicle.data.id;
    this.#world.others.set(this.ledger.user, vehicle.data.id);
    return true;
  }

  async #change(entry: Entry): Promise<boolean> {
    const tag = ++this.#tag;
    const answer = await this.#write(entry, tag, 'PUT', `/${entry.id}`, written(tag));
    if (answer === null) return false;
    return answer.status === 200 || this.#object(entry, 'PUT', answer);
  }

  async #remove(entry: Entry): Promise<boolean> {
    const answer = await this.#write(entry, null, 'DELETE', `/${entry.id}`);
    if (answer === null) return false;
    return answer.status === 204 || this.#object(entry, 'DELETE', answer);
  }

  /** From the moment it is sent until it is answered, both states may be. */
  async #write(
    entry: Entry,
    after: number | null,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer | null> {
    const before = entry.states;
    entry.states = [...before, after];
    const plate = method === 'POST' ? { licensePlate: entry.licensePlate } : {};
    const answer = await this.#ask(method, path, body && { ...plate, ...body });
    if (answer === null) return null;
    this.#world.counts.writes += 1;
    entry.states = answer.status < 300 ? [after] : before;
    return answer;
  }

  /** Reads the user's list. @returns whether it was answered by the database as it is */
  async look(): Promise<boolean> {
    const answer = await this.#ask('GET', '');
    if (answer === null) return false;
    this.#world.counts.reads += 1;
    const list = z.array(stored).safeParse(answer.body);
    if (answer.status !== 200 || !list.success) return this.#object(null, 'GET', answer);
    const verdict = this.ledger.judge(list.data);
    // An answer from before the database went says so; whose it is, it has to get right all the same.
    if (answer.isStale && verdict.wrong === 0) return false;
    this.#world.counts.wrong += verdict.wrong;
    this.#world.counts.lost += verdict.lost;
    if (verdict.wrong + verdict.lost > 0) this.#world.objections.push(...verdict.objections);
    return !answer.isStale;
  }

  async #trespass(): Promise<boolean> {
    const others = [...this.#world.others].filter(([user]) => user !== this.ledger.user);
    if (others.length === 0) return true;
    const [, id] = this.#random.pick(others);
    const method = this.#random.pick(['GET', 'PUT', 'DELETE']);
    const answer = await this.#ask(
      method,
      `/${id}`,
      method === 'PUT' ? { nickname: 'stolen', color: 'stolen' } : undefined,
    );
    if (answer === null) return false;
    this.#world.counts.trespasses += 1;
    return answer.status === 404 || this.#object(null, `${method} of another user's vehicle`, answer);
  }

  /** @returns null when nobody answered, or only that nobody could */
  async #ask(method: string, path: string, body?: object): Promise<Answer | null> {
    const { counts, url, objections } = this.#world;
    try {
      const reply = await fetch(`${url}/api/vehicles${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
        signal: AbortSignal.timeout(HANGS_MS),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      // 408: this process stood still in the middle of a request.
      if (reply.status === 503 || reply.status === 408) counts.refused += 1;
      else if (reply.status >= 500) {
        counts.unexpected5xx += 1;
        objections.push(`${method} ${path}: ${reply.status} ${text}`);
      } else {
        const isStale = reply.headers.get('x-cache') === 'STALE';
        return { status: reply.status, body: text === '' ? null : JSON.parse(text), isStale };
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        counts.hangs += 1;
        objections.push(`${method} ${path}: no answer within ${HANGS_MS} ms`);
      } else counts.unanswered += 1;
    }
    return null;
  }

  #object(entry: Entry | null, what: string, { status, body }: Answer): boolean {
    this.#world.counts.wrong += 1;
    const about = entry === null ? this.ledger.user : entry.licensePlate;
    this.#world.objections.push(`${about}: ${what} answered ${status} ${JSON.stringify(body)}`);
    return true;
  }

  /** The user's own, of a maker of the fixture. */
  #vin(tag: number): string {
    return `1AAA2A100F${String(tag).padStart(7, '0')}`;
  }
}
