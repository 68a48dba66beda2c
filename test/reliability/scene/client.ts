/** A client that knows what is right, and judges every answer. */

import { Pool } from 'undici';
import { hasCode } from '../../../server/failure.ts';
import { Standstill } from '../../outages/scene/standstill.ts';
import type { Supervisor } from './supervisor.ts';
import type { Tally, Verdict } from './tally.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What is wrong with an answer that is no refusal, in a few words; null when it is right. */
  readonly check: (answer: Answer) => string | null;
}

export interface Told {
  readonly verdict: Verdict;
  /** Null where there was none. */
  readonly answer: Answer | null;
  /** Nobody took the connection: it was not asked at all. */
  readonly isUnsent: boolean;
  /** What is wrong with it, with its request; null where nothing is. */
  readonly objection: string | null;
  readonly ms: number;
}

/** Whoever asks, judges and counts. */
export interface Asks {
  tally: Tally;
  /** @param due when it should have been asked, by performance.now() */
  ask(question: Question, due?: number): Promise<Told>;
}

/** More than the service takes for anything, with a machine that does much else. */
export const HANGS_MS = 30_000;

/** Refusals that the API describes. */
const REFUSALS = new Map([
  [503, /^(?:unavailable|overloaded)$/],
  [429, /^too-many-requests$/],
]);

export interface ClientOptions {
  service: Pick<Supervisor, 'url' | 'wasAway'>;
  tally: Tally;
  connections: number;
  /** The address that the service takes it for: any of 127.0.0.0/8. */
  address?: string;
}

export class Client implements Asks {
  readonly #options: ClientOptions;
  readonly #pool: Pool;
  readonly #standstill = new Standstill();
  /** Where verdicts are counted; another one from a moment on, for a phase of its own. */
  tally: Tally;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.tally = options.tally;
    this.#pool = new Pool(options.service.url, {
      connections: options.connections,
      headersTimeout: HANGS_MS,
      bodyTimeout: HANGS_MS,
      connect: { timeout: HANGS_MS },
      ...(options.address !== undefined && { localAddress: options.address }),
    });
  }

  /** Connections that are open now. */
  get connected(): number {
    return this.#pool.stats.connected;
  }

  async close(): Promise<void> {
    this.#standstill.stop();
    await this.#pool.destroy();
  }

  async ask(question: Question, due = performance.now()): Promise<Told> {
    const tally = this.tally;
    const lost = this.#standstill.lostMs;
    let answer: Answer | null = null;
    let verdict: Verdict;
    let reason: string | null;
    let isUnsent = false;
    try {
      answer = await this.#request(question);
      [verdict, reason] = judge(question, answer);
    } catch (error) {
      isUnsent = hasCode(error, 'ECONNREFUSED');
      [verdict, reason] = this.#judgeError(error, due);
    }
    const ms = performance.now() - due - (this.#standstill.lostMs - lost);
    const place = `${question.method ?? 'GET'} ${question.path} after ${Math.round(ms)} ms`;
    const objection = reason === null ? null : `${place}: ${reason}`;
    tally.add(verdict, ms, objection ?? '');
    return { verdict, answer, isUnsent, objection, ms };
  }

  async #request({ method = 'GET', path, headers = {}, body }: Question): Promise<Answer> {
    const reply = await this.#pool.request({
      path,
      method,
      headers: { ...headers },
      ...(body !== undefined && { body }),
    });
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of reply.body) chunks.push(chunk);
    } catch (error) {
      // A stream that could not go on says so in its last line, and breaks.
      if (!/"status":503[^\n]*\n$/.test(textOf(chunks))) throw error;
    }
    return { status: reply.statusCode, headers: reply.headers, text: textOf(chunks) };
  }

  #judgeError(error: unknown, begun: number): [Verdict, string | null] {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isLate = /^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code);
    if (isLate) return ['hang', `${code} ${error}`];
    if (this.#options.service.wasAway(begun, performance.now())) return ['unconnected', null];
    return ['broken', `${code} ${error}`];
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function judge(question: Question, answer: Answer): [Verdict, string | null] {
  const { status, headers, text } = answer;
  const refusal = REFUSALS.get(status);
  if (refusal !== undefined) {
    const isDocumented =
      /^[1-9]\d*$/.test(String(headers['retry-after'])) && refusal.test(errorOf(text) ?? 'none');
    if (isDocumented) return ['refused', null];
    return [status === 503 ? 'unexpected 5xx' : 'wrong', `${status} ${brief(text)}`];
  }
  // The request came late, by the service's clock: one of the two stood still.
  if (status === 408) return ['broken', '408'];
  if (status >= 500) return ['unexpected 5xx', `${status} ${brief(text)}`];
  const objection = question.check(answer);
  if (objection !== null) return ['wrong', `${objection}: ${status} ${brief(text)}`];
  if (/"status":503[^\n]*\n$/.test(text)) return ['refused', null];
  return [headers['x-cache'] === 'STALE' ? 'stale' : 'right', null];
}

function errorOf(text: string): string | undefined {
  return /"error":"([a-z-]+)"/.exec(text)?.[1];
}

function brief(text: string): string {
  return text.slice(0, 300);
}
