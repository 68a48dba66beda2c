/** Clients that ask all the time, through the balancer, and know what is right. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { type Failed, kindOf, reasonOf } from './failures.ts';
import type { Judge } from './judge.ts';
import { type Part, partsOf, type Question, type Questions } from './questions.ts';

const CLIENTS = 16;

/** A client that has heard nothing for so long has been left hanging; the slowest answer is reported beside. */
const HANGS_MS = 30_000;

/** Failed requests that are told of one by one. */
const EXAMPLES = 20;

/** VINs in one request for right answers. */
const TAKEN = 200;

/** What clients met since they were last asked. */
export interface Met {
  requests: number;
  /** Failed requests by kind. */
  failures: Record<string, number>;
  /** Some of them, for people. */
  examples: string[];
  /** Answers by what `X-Cache` said of them; lists say nothing. */
  caches: Record<string, number>;
  slowestMs: number;
  /** Versions that answers named, in the order in which they came up. */
  versions: string[];
}

const nothing = (): Met => ({
  requests: 0,
  failures: {},
  examples: [],
  caches: {},
  slowestMs: 0,
  versions: [],
});

export class Load {
  readonly #pool: Pool;
  readonly #questions: Questions;
  readonly #judge: Judge;
  /** Milliseconds from one question of a client to its next one. */
  readonly #everyMs: number;
  #serial = 0;
  #met = nothing();
  #isOver = false;
  #running: Promise<unknown> = Promise.resolve();

  /** @param rate requests a second of all clients together, where answers come in time */
  constructor(url: string, options: { questions: Questions; judge: Judge; rate: number }) {
    this.#pool = new Pool(url, { connections: CLIENTS, headersTimeout: HANGS_MS, bodyTimeout: HANGS_MS });
    this.#questions = options.questions;
    this.#judge = options.judge;
    this.#everyMs = (1_000 * CLIENTS) / options.rate;
  }

  start(): void {
    this.#running = Promise.all(Array.from({ length: CLIENTS }, () => this.#run()));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    await this.#pool.destroy();
  }

  /** What clients met since this was last called. */
  take(): Met {
    const met = this.#met;
    this.#met = nothing();
    return met;
  }

  async #run(): Promise<void> {
    let next = performance.now() + Math.random() * this.#everyMs;
    while (!this.#isOver) {
      // Paced: what is shown is what happens to requests, not how many there can be. Who was late does not catch up.
      await sleep(Math.max(0, next - performance.now()));
      next = Math.max(next + this.#everyMs, performance.now());
      this.#serial += 1;
      await this.#ask(this.#questions.at(this.#serial));
    }
  }

  async #ask(question: Question): Promise<void> {
    const met = this.#met;
    const begun = performance.now();
    met.requests += 1;
    try {
      const { statusCode, headers, body } = await this.#pool.request(requestOf(question));
      const text = await body.text();
      met.slowestMs = Math.max(met.slowestMs, performance.now() - begun);
      if (statusCode !== 200) {
        return this.#failed(met, begun, {
          status: statusCode,
          contentType: textOf(headers['content-type']),
          text,
        });
      }
      const cache = textOf(headers['x-cache']);
      if (cache !== null) met.caches[cache] = (met.caches[cache] ?? 0) + 1;
      this.#see(met, question, textOf(headers['x-data-version']), text);
    } catch (error) {
      this.#failed(met, begun, { status: null, contentType: null, text: String(error) });
    }
  }

  #see(met: Met, question: Question, header: string | null, text: string): void {
    try {
      for (const { question: asked, version, text: part } of partsOf(question, header, text)) {
        if (!met.versions.includes(version)) met.versions.push(version);
        this.#judge.see(asked, version, part);
      }
    } catch (error) {
      this.#judge.object(`${question.kind} ${question.path}: ${error}: ${text.slice(0, 500)}`);
    }
  }

  #failed(met: Met, begun: number, failed: Failed): void {
    const kind = kindOf(failed);
    met.failures[kind] = (met.failures[kind] ?? 0) + 1;
    if (met.examples.length < EXAMPLES) {
      met.examples.push(`${kind} after ${Math.round(performance.now() - begun)} ms: ${reasonOf(failed)}`);
    }
  }
}

/**
 * Takes the right answers of the published data from a server of its own, that asks the primary for each. All are of one version: when
 * another one is published meanwhile, they are taken again.
 *
 * @returns the version
 */
export async function takeRight(url: string, questions: Questions, judge: Judge): Promise<string> {
  const pool = new Pool(url, { connections: 2, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const ask = async (question: Question): Promise<{ version: string; parts: Part[] }> => {
    const { statusCode, headers, body } = await pool.request(requestOf(question));
    const text = await body.text();
    if (statusCode === 503) {
      await sleep(200);
      return ask(question);
    }
    if (statusCode !== 200) throw new Error(`${question.path}: ${statusCode} ${text.slice(0, 300)}`);
    const version = textOf(headers['x-data-version']) ?? '';
    return { version, parts: partsOf(question, version, text) };
  };
  try {
    for (;;) {
      const versions = new Set<string>();
      const asked: Question[] = questions.dropdowns.map((path) => ({ kind: 'dropdown', path }));
      for (let from = 0; from < questions.vins.length; from += TAKEN) {
        asked.push({
          kind: 'list',
          path: '/api/vehicles/decode',
          vins: questions.vins.slice(from, from + TAKEN),
        });
      }
      for (const question of asked) {
        const { version, parts } = await ask(question);
        versions.add(version);
        for (const part of parts) judge.learn(part.question, part.version, part.text);
      }
      const [version = '', ...others] = versions;
      if (others.length === 0) return version;
    }
  } finally {
    await pool.destroy();
  }
}

interface RequestOptions {
  path: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

function requestOf({ kind, path, vins = [] }: Question): RequestOptions {
  switch (kind) {
    case 'decode':
    case 'dropdown':
      return { path, method: 'GET' };
    case 'list':
      return {
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ vins }),
      };
    case 'stream':
      return {
        path,
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: vins.map((vin) => `${JSON.stringify(vin)}\n`).join(''),
      };
  }
}

function textOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
