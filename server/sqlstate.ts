/**
 * What a failed call of the database means to a client: one table from SQLSTATE to HTTP.
 *
 * The VP codes are the database's own, raised on purpose with a message and a hint for people; a test compares
 * them with those in functions/, so that neither side grows alone. Everything else keeps its text to itself:
 * PostgreSQL's messages name tables and statements.
 */

import pg from 'pg';
import { codeOf, hasCode } from './failure.ts';
import { Problem, type ProblemOptions } from './problem.ts';

interface Meaning {
  status: number;
  slug: string;
  title: string;
  /** What the client is told; absent where the database's own message is written for clients. */
  detail?: string;
  /** Seconds, for a client to try again after. */
  retryAfter?: number;
}

/** A lost connection is back within seconds; a restart of the database takes about five. */
const AWAY = {
  status: 503,
  slug: 'unavailable',
  title: 'Temporarily unavailable',
  detail: 'the vehicle database cannot be reached at the moment; try again shortly',
  retryAfter: 5,
} as const satisfies Meaning;

/** The load that made a statement too slow or collide is often gone a second later. */
const BUSY = {
  ...AWAY,
  detail: 'the vehicle database could not answer in time; try again shortly',
  retryAfter: 2,
} as const satisfies Meaning;

/** What a client sent is no text to PostgreSQL. */
const UNSTORABLE = {
  status: 400,
  slug: 'bad-request',
  title: 'The request is not valid',
  detail: 'a text contains the character U+0000',
} as const satisfies Meaning;

/** Codes our own functions raise: https://www.postgresql.org/docs/current/errcodes-appendix.html has no class VP. */
const RAISED = {
  VP400: { status: 400, slug: 'bad-request', title: 'The request is not valid' },
  VP404: { status: 404, slug: 'not-found', title: 'Not found' },
  VP409: { status: 409, slug: 'conflict', title: 'Conflict' },
  VP422: { status: 422, slug: 'unprocessable', title: 'Cannot be processed' },
  // A first load or a repair takes minutes, not seconds.
  VP503: { status: 503, slug: 'unavailable', title: 'Temporarily unavailable', retryAfter: 30 },
} as const satisfies Record<string, Meaning>;

/** PostgreSQL's codes, whole or by their class of two characters, and Node's codes of a broken connection. */
const KNOWN: Readonly<Record<string, Meaning>> = {
  '08': AWAY, // connection exceptions
  '53': AWAY, // insufficient resources: too many connections (53300), out of memory, disk full
  '57P01': AWAY, // admin shutdown
  '57P02': AWAY, // crash shutdown
  '57P03': AWAY, // cannot connect now: starting up or shutting down
  '25006': AWAY, // read-only transaction: a failover is under way, and this is still, or already, the standby
  '57014': BUSY, // statement timeout
  // Texts are looked at before they are sent, but for those of /admin/graphql.
  '22021': UNSTORABLE,
  '55P03': BUSY, // lock timeout
  '40001': BUSY, // serialization failure, and on a replica: conflict with recovery
  '40P01': BUSY, // deadlock
  ECONNREFUSED: AWAY,
  ECONNRESET: AWAY,
  EHOSTUNREACH: AWAY,
  ENETUNREACH: AWAY,
  ENOENT: AWAY, // no socket file: the server on this machine is not running
  ENOTFOUND: AWAY,
  EAI_AGAIN: AWAY,
  EPIPE: AWAY,
  ETIMEDOUT: AWAY,
};

/**
 * pg and its pool report a lost or refused connection without any code; these are the beginnings of their messages
 * (pg 8, pg-pool 3; the tests provoke the ones that can be).
 */
const CODELESS: ReadonlyArray<readonly [start: string, meaning: Meaning]> = [
  ['Connection terminated', AWAY],
  ['Client has encountered a connection error', AWAY],
  ['Client was closed', AWAY],
  ['Cannot use a pool after calling end', AWAY],
  ['timeout expired', AWAY],
  ['timeout exceeded when trying to connect', BUSY],
  ['Query read timeout', BUSY],
];

/** The SQLSTATEs that our SQL may raise on purpose. */
export const raisedSqlstates: readonly string[] = Object.keys(RAISED);

/**
 * The problem that a failed database call is to the client, or undefined when it is none the table knows: a fault
 * of ours, 500.
 *
 * @param error whatever pg or pg-pool rejected with
 */
export function problemOfDatabaseError(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code !== undefined && isRaised(code)) {
    const hint = error instanceof pg.DatabaseError && error.hint ? { hint: error.hint } : {};
    return problemOf(RAISED[code], error, error.message, hint);
  }
  const meaning = meaningOf(error, code);
  return meaning && problemOf(meaning, error, meaning.detail ?? meaning.title);
}

/** The problem of whoever asks while nobody is let through to the database. */
export function databaseAway(cause?: unknown): Problem {
  return problemOf(AWAY, cause, AWAY.detail);
}

/**
 * Whether the database failed for reasons of its own, for whoever counts that: `away` when it cannot be reached, `busy` when it
 * did not come to an answer in time. Null for every other failure, whose next try would fare no better.
 */
export function failureKindOf(error: unknown): 'away' | 'busy' | null {
  if (!(error instanceof Error)) return null;
  const meaning = meaningOf(error, codeOf(error));
  return meaning === AWAY ? 'away' : meaning === BUSY ? 'busy' : null;
}

/**
 * Whether a statement that only reads may succeed when it is sent again at once: the connection broke or was refused, or other
 * transactions were in its way. One that ran out of time is not sent again: it would take as long.
 */
export function isTransient(error: unknown): boolean {
  return failureKindOf(error) === 'away' || hasCode(error, '40001', '40P01');
}

function meaningOf(error: Error, code: string | undefined): Meaning | undefined {
  if (code === undefined) return CODELESS.find(([start]) => error.message.startsWith(start))?.[1];
  return KNOWN[code] ?? (error instanceof pg.DatabaseError ? KNOWN[code.slice(0, 2)] : undefined);
}

function isRaised(code: string): code is keyof typeof RAISED {
  return Object.hasOwn(RAISED, code);
}

function problemOf(
  { status, slug, title, retryAfter }: Meaning,
  cause: unknown,
  detail: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const options: ProblemOptions = { status, slug, title, detail, extensions, cause };
  if (retryAfter !== undefined) options.headers = { 'Retry-After': String(retryAfter) };
  return new Problem(options);
}
