/**
 * Users who add, change, look at and remove vehicles, one thing after the other, and know what they were told. A write whose answer
 * was lost or refused may have happened, and may still happen later: its vehicle is left alone from then on, and either is right.
 */

import pMap from 'p-map';
import { z } from 'zod';
import type { Random } from '../../../bench/calibration/random.ts';
import { tokenOf } from '../../e2e/garage.ts';
import type { Answer, Asks, Question, Told } from './client.ts';

/** What may be seen of a vehicle: its nickname; null when it is removed. */
interface Known {
  /** What was acknowledged. */
  readonly settled: string | null;
  /** What was asked for and never answered. */
  readonly doubtful: { readonly nickname: string | null } | null;
}

/** A user with more vehicles makes room for another: lists stay short. */
const MOST = 8;

/** A user acts on few vehicles at a time, so that a list is often asked for when it has just changed. */
const ACTIONS = ['list', 'list', 'create', 'change', 'change', 'find', 'remove'] as const;

export type Action = (typeof ACTIONS)[number];

/** Vehicles that are looked for at a time when all is over: half an hour leaves a hundred thousand. */
const LOOKING = 16;

/** Longer than any run. */
const TOKEN_SECONDS = 12 * 3_600;

const listed = z.array(z.looseObject({ id: z.string(), nickname: z.string().nullable() }));

class Owner {
  readonly #client: Asks;
  readonly #random: Random;
  readonly #actions: readonly Action[];
  readonly #name: string;
  readonly #token: string;
  readonly #vehicles = new Map<string, Known>();
  /** Nicknames of vehicles that may be there: nobody said so. */
  readonly #doubtful = new Set<string>();
  #serial = 0;

  constructor(client: Asks, random: Random, actions: readonly Action[], name: string) {
    this.#client = client;
    this.#random = random;
    this.#actions = actions;
    this.#name = name;
    this.#token = tokenOf(name, {}, TOKEN_SECONDS);
  }

  get isFull(): boolean {
    return this.#vehicles.size + this.#doubtful.size >= MOST;
  }

  /** Writes that were acknowledged, of vehicles as they should be now. */
  get vehicles(): number {
    return this.#vehicles.size;
  }

  async step(due?: number): Promise<void> {
    const action = this.#random.pick(this.#actions);
    const own = [...this.#vehicles].filter(
      ([, { settled, doubtful }]) => settled !== null && doubtful === null,
    );
    const [id] = own.length === 0 ? [] : this.#random.pick(own);
    if (action === 'list') await this.list(due);
    else if (action === 'create' || id === undefined) await this.#create(due);
    else if (action === 'find') await this.#find(id, due);
    else await this.#change(id, action === 'remove' ? null : this.#nickname(), due);
  }

  async #create(due: number | undefined): Promise<void> {
    const nickname = this.#nickname();
    const body = { make: 'Ford', model: 'T', year: 1908, nickname };
    const { verdict, answer } = await this.#ask('POST', '', due, statusIs(201), body);
    const id =
      verdict === 'right' ? z.object({ id: z.string() }).parse(JSON.parse(answer?.text ?? '')).id : null;
    if (id === null) this.#doubtful.add(nickname);
    else this.#vehicles.set(id, { settled: nickname, doubtful: null });
  }

  /** @param nickname null removes it */
  async #change(id: string, nickname: string | null, due: number | undefined): Promise<void> {
    const before = this.#vehicles.get(id)?.settled ?? null;
    const { verdict } =
      nickname === null
        ? await this.#ask('DELETE', `/${id}`, due, statusIs(204))
        : await this.#ask('PUT', `/${id}`, due, statusIs(200), { nickname });
    const isDone = verdict === 'right';
    this.#vehicles.set(
      id,
      isDone ? { settled: nickname, doubtful: null } : { settled: before, doubtful: { nickname } },
    );
  }

  #find(id: string, due: number | undefined): Promise<Told> {
    return this.#ask('GET', `/${id}`, due, (answer) => this.#objectionToOne(id, answer));
  }

  /** Looks at the list, which has to be what was acknowledged; a stale one may be older. */
  list(due?: number): Promise<Told> {
    return this.#ask('GET', '', due, (answer) => this.#objectionTo(answer));
  }

  /** Looks at each vehicle for itself, past every cache. @returns how many acknowledged writes are not there */
  async countLost(): Promise<number> {
    const found = await pMap(
      this.#vehicles.keys(),
      async (id) => (await this.#find(id, undefined)).verdict === 'right',
      {
        concurrency: LOOKING,
      },
    );
    return found.filter((isRight) => !isRight).length;
  }

  #objectionToOne(id: string, { status, text }: Answer): string | null {
    const known = this.#vehicles.get(id);
    if (known === undefined) return null;
    const seen = status === 200 ? z.object({ nickname: z.string() }).parse(JSON.parse(text)).nickname : null;
    if (status !== 200 && status !== 404) return 'neither there nor not';
    return isPossible(known, seen) ? null : `it should be ${JSON.stringify(known)}`;
  }

  #objectionTo({ status, headers, text }: Answer): string | null {
    if (status !== 200) return 'no list';
    const seen = new Map(listed.parse(JSON.parse(text)).map(({ id, nickname }) => [id, nickname]));
    for (const nickname of seen.values()) {
      if (!nickname?.startsWith(`${this.#name} `)) return `a vehicle of somebody else: ${nickname}`;
    }
    // What it was when the database went away, which may be some writes ago.
    if (headers['x-cache'] === 'STALE') return null;
    for (const [id, known] of this.#vehicles) {
      if (!isPossible(known, seen.get(id) ?? null)) return `${id} should be ${JSON.stringify(known)}`;
    }
    for (const [id, nickname] of seen) {
      if (!this.#vehicles.has(id) && !this.#doubtful.has(nickname ?? '')) return `nobody added ${id}`;
    }
    return null;
  }

  #ask(
    method: NonNullable<Question['method']>,
    path: string,
    due: number | undefined,
    check: Question['check'],
    body?: unknown,
  ): Promise<Told> {
    const question: Question = {
      method,
      path: `/api/vehicles${path}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      check,
    };
    return this.#client.ask(question, due);
  }

  #nickname(): string {
    this.#serial += 1;
    return `${this.#name} ${this.#serial}`;
  }
}

/** Every owner there was, of whom some act. */
export class Owners {
  readonly #client: Asks;
  readonly #random: Random;
  readonly #actions: readonly Action[];
  readonly #all: Owner[] = [];
  readonly #idle: Owner[] = [];

  /** @param actions what they do; everything when absent */
  constructor(client: Asks, random: Random, actions: readonly Action[] = ACTIONS) {
    this.#client = client;
    this.#random = random;
    this.#actions = actions;
  }

  /** Has an owner who does nothing at the moment do something. */
  async step(due?: number): Promise<void> {
    const [owner = this.#hire()] = this.#idle.splice(this.#random.below(Math.max(1, this.#idle.length)), 1);
    await owner.step(due);
    if (!owner.isFull) this.#idle.push(owner);
  }

  /** Has somebody look at his list. @returns the status, whatever it is */
  async statusOfList(): Promise<number | undefined> {
    const [owner = this.#hire()] = this.#all;
    return (await owner.list()).answer?.status;
  }

  /** Vehicles of which a write was acknowledged. */
  get vehicles(): number {
    return this.#all.reduce((sum, { vehicles }) => sum + vehicles, 0);
  }

  /** Looks for everything that was acknowledged. @returns how many acknowledged writes are not there */
  async countLost(): Promise<number> {
    let lost = 0;
    for (const owner of this.#all) {
      lost += await owner.countLost();
      await owner.list();
    }
    return lost;
  }

  #hire(): Owner {
    const owner = new Owner(this.#client, this.#random, this.#actions, `owner ${this.#all.length}`);
    this.#all.push(owner);
    return owner;
  }
}

function statusIs(expected: number): Question['check'] {
  return ({ status }) => (status === expected ? null : `not ${expected}`);
}

function isPossible({ settled, doubtful }: Known, seen: string | null): boolean {
  return seen === settled || (doubtful !== null && seen === doubtful.nickname);
}
