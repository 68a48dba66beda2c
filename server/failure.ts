/**
 * A failure that a person can act on. Its message is one line: what is wrong and what to do about it. The
 * entry points (main.ts, cli.ts) print it after the program's name and leave with exit code 1.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Whether `error` is a system or PostgreSQL error with this code (`ENOENT`, `42501`, …). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(codeOf(error) ?? '');
}

/** The code of a system or PostgreSQL error; of an AggregateError (a host with several addresses) the first's. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What a person should do about a code, when the error's own message does not say it. */
const advice: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space and start again',
  EDQUOT: 'the disk quota is used up: free some space and start again',
  '53100': 'the disk of the database is full: free some space and start again',
  '53300': 'the database has no connection left: raise max_connections or stop other clients',
  '57P01': 'the database was stopped while it was in use: start it and try again',
  ECONNRESET: 'the database closed the connection: see its log, then try again',
};

/** One line about any error, for standard error. Never a stack trace. */
export function describe(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const said = error.message.split('\n')[0]?.trim() || error.name;
  const code = codeOf(error);
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint.split('\n')[0] : undefined;
  const todo = hint ?? (code === undefined ? undefined : advice[code]);
  return todo === undefined ? said : `${said}: ${todo}`;
}
