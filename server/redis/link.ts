/**
 * What the service has of Redis: a client that fails fast, and the knowledge whether asking it is worth the time. While Redis
 * is away or hangs nobody asks it but the link itself, twice a second; the log tells once that it went and once that it is back.
 */

import { Cluster } from 'ioredis';
import type { Logger } from 'pino';
import { inTime } from '../in-time.ts';
import { type Problem, unavailable } from '../problem.ts';
import type { RedisClient } from './client.ts';

/** Answers in a row that did not come in time, or came as an error, after which Redis counts as away. */
const FAILURES = 3;

/** Between two looks whether it is back. */
const PROBE_MS = 500;

/** Longer than a request waits: a Redis that is slow once should not count as away for another half second. */
const PROBE_PATIENCE_MS = 250;

/** Below the one second that probes of the service commonly wait. */
const HEALTH_PATIENCE_MS = 800;

/** A question that a login for this service's keys may ask, and that a server which is still loading refuses. */
const PROBE_KEY = 'mvp-platform:vehicles:probe';

/** What ioredis says when it begins its list of sentinels anew, also when they all answered; with an error it says that too. */
const NOTHING_NEW = /^All sentinels are unreachable\. Retrying from scratch after \d+ms\.$/;

export type RedisLogger = Pick<Logger, 'info' | 'warn'>;

/** Redis was not asked, did not answer in time, or answered with an error. */
export class RedisFailure extends Error {
  override readonly name = 'RedisFailure';
}

/** Open until it is closed (open.ts). */
export class RedisLink {
  readonly client: RedisClient;
  readonly #logger: RedisLogger;
  #isAway = true;
  #failures = 0;
  /** What speaks against it now, in words for the log and for /health. */
  #reason = 'it has not been reached yet';
  #hasBeenTold = false;
  #refusal: string | null = null;
  #isClosed = false;
  #probing: NodeJS.Timeout | null = null;
  readonly #contact = Promise.withResolvers<void>();
  readonly #probePatienceMs: number;

  /** @param probePatienceMs for tests on machines that stand still for longer than that */
  constructor(client: RedisClient, logger: RedisLogger, probePatienceMs = PROBE_PATIENCE_MS) {
    this.client = client;
    this.#probePatienceMs = probePatienceMs;
    this.#logger = logger;
    client.on('error', (error: Error) => {
      if (!NOTHING_NEW.test(error.message)) this.#leave(reasonOf(error));
    });
    client.on('close', () => this.#leave('the connection was closed'));
    // A cluster goes on without one of its nodes, but when it does not, that is why.
    client.on('node error', (error: Error) => {
      if (this.#isAway) this.#reason = reasonOf(error);
    });
    client.on('ready', () => void this.#probe());
    this.#probing = setInterval(() => void this.#probe(), PROBE_MS).unref();
  }

  /** Whether asking is worth the time. */
  get isUp(): boolean {
    return !this.#isAway;
  }

  /** Resolves when Redis has answered for the first time, or has failed to. */
  get contacted(): Promise<void> {
    return this.#contact.promise;
  }

  /**
   * What Redis answers. Without an answer a few times in a row it counts as away.
   *
   * @throws RedisFailure when it is away, does not answer in so many milliseconds, or answers with an error
   */
  async ask<Value>(question: (client: RedisClient) => Promise<Value>, patienceMs: number): Promise<Value> {
    if (this.#isAway) throw new RedisFailure(this.#reason);
    try {
      const value = await this.#inTime(question, patienceMs);
      this.#failures = 0;
      return value;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures >= FAILURES) this.#leave(reasonOf(error));
      throw new RedisFailure(reasonOf(error));
    }
  }

  /** Tells whether Redis took what it was to keep: it may answer and yet refuse that, when its memory is full. */
  noteWrite(refusal: string | null): void {
    if (refusal === this.#refusal) return;
    if (this.#refusal === null)
      this.#logger.warn({ reason: refusal }, 'Redis answers but keeps nothing new; going on');
    else if (refusal === null) this.#logger.info('Redis keeps what it is given again');
    this.#refusal = refusal;
  }

  /** Asks it now. @throws Problem that says why it is of no use */
  async check(): Promise<void> {
    if (this.client.status !== 'ready') throw useless(this.#reason);
    try {
      await this.#inTime(probe, HEALTH_PATIENCE_MS);
    } catch (error) {
      throw useless(reasonOf(error));
    }
    this.#return();
    if (this.#refusal !== null) throw unavailable(`Redis answers but keeps nothing new: ${this.#refusal}`, 5);
  }

  /** Ends the connections, whatever state they are in. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isAway = true;
    if (this.#probing !== null) clearInterval(this.#probing);
    const ended = new Promise<void>((resolve) => {
      this.client.once('end', resolve);
    });
    this.client.disconnect();
    // A client that is between two tries ends without a word.
    await inTime(ended, 200, () => new RedisFailure('no end')).catch(() => undefined);
  }

  async #probe(): Promise<void> {
    if (!this.#isAway || this.#isClosed || this.client.status !== 'ready') return;
    try {
      await this.#inTime(probe, this.#probePatienceMs);
    } catch (error) {
      this.#leave(reasonOf(error));
      return;
    }
    this.#return();
  }

  #return(): void {
    if (this.#isClosed) return;
    if (this.#hasBeenTold) this.#logger.info('Redis is back');
    this.#hasBeenTold = false;
    this.#isAway = false;
    this.#failures = 0;
    this.#contact.resolve();
  }

  #leave(reason: string): void {
    if (this.#isClosed) return;
    this.#isAway = true;
    this.#reason = reason;
    if (!this.#hasBeenTold) this.#logger.warn({ reason }, 'Redis cannot be used; going on without it');
    this.#hasBeenTold = true;
    this.#contact.resolve();
  }

  #inTime<Value>(question: (client: RedisClient) => Promise<Value>, ms: number): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const late = (): void => reject(new RedisFailure(`no answer within ${ms} ms`));
    // What has come while this process was busy is read before it counts as late.
    const timer = setTimeout(() => setImmediate(late), ms);
    // A question to a cluster that has lost a slot is thrown, not rejected.
    const ask = async (): Promise<Value> => question(this.client);
    ask().then(resolve, reject);
    return promise.finally(() => clearTimeout(timer));
  }
}

/** Of a cluster one node is enough: the others' keys are asked of the database. */
function probe(client: RedisClient): Promise<unknown> {
  if (client instanceof Cluster) return Promise.any(client.nodes('master').map((node) => node.ping()));
  return client.get(PROBE_KEY);
}

function useless(reason: string): Problem {
  return unavailable(`Redis cannot be used: ${reason}`, 5);
}

/** One line. A cluster says what is wrong with its last node, not that all have failed. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'lastNodeError' in error && error.lastNodeError instanceof Error) {
    return reasonOf(error.lastNodeError);
  }
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
