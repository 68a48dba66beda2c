/** Where a rebuild failed; decides what an operator should do next. */
export type RebuildFailure =
  | 'source' // the snapshot or dump is missing, damaged or not what it should be
  | 'data' // a row of the source does not fit our tables
  | 'refused' // a gate in the database said no; the published release stays
  | 'busy' // another rebuild is on
  | 'disk_full'
  | 'connection'
  | 'cancelled'
  | 'database'; // anything else the server said

/** A snapshot or dump that cannot be used. The message is one line that says what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** A rebuild that ended without publishing. The message is one line for a person; `cause` has the rest. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
  readonly failure: RebuildFailure;
  /** The run that ended so; absent when none had begun. */
  runId?: number;

  constructor(failure: RebuildFailure, message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
    this.failure = failure;
  }
}

/** The fields of a server error that we read; pg's DatabaseError has them, socket errors only `code`. */
interface CodedError extends Error {
  code?: string;
  hint?: string;
  where?: string;
  syscall?: string;
}

// SQLSTATE classes 08 (connection), 57P01-57P03 (shutdown, crash, starting up) and Node's socket codes.
const CONNECTION_LOST = /^(?:08...|57P0[123]|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/;
// pg reports a dropped socket, and every later query on that client, without any code.
const CONNECTION_MESSAGE =
  /^(?:Connection terminated|Client has encountered a connection error|timeout expired)/;

/**
 * Any thrown value as a RebuildError.
 * @param doing What was under way, as the end of "while …".
 */
export function toRebuildError(thrown: unknown, doing: string, cancelled = false): RebuildError {
  if (thrown instanceof RebuildError) return thrown;
  const cause = firstError(thrown);
  const error: CodedError = cause;
  const code = error.code ?? '';
  if (cancelled) return new RebuildError('cancelled', `the rebuild was cancelled while ${doing}`, { cause });
  if (error instanceof SourceError) return new RebuildError('source', error.message, { cause });
  const [failure, message] = explain(error, code, doing);
  return new RebuildError(failure, message, { cause });
}

function explain(error: CodedError, code: string, doing: string): [RebuildFailure, string] {
  const hint = error.hint ? ` (${error.hint})` : '';
  if (code === '53100') {
    return [
      'disk_full',
      `the database's disk is full (while ${doing}): free some space, then run the rebuild again`,
    ];
  }
  // `syscall`: a socket that is not there, or a host name that leads nowhere.
  if (error.syscall === 'connect' || CONNECTION_LOST.test(code) || CONNECTION_MESSAGE.test(error.message)) {
    return [
      'connection',
      `no connection to the platform database while ${doing}: ${error.message}; check that it runs`,
    ];
  }
  if (code === 'VP409') return ['busy', `${error.message}${hint}`];
  if (code.startsWith('VP')) return ['refused', `${error.message}${hint}`];
  if (code.startsWith('22') || code.startsWith('23')) {
    const where = error.where ? `; ${error.where}` : '';
    return ['data', `the source does not fit while ${doing}: ${error.message}${where}`];
  }
  return ['database', `the rebuild failed while ${doing}: ${error.message}${hint}`];
}

/** Node tries every address of a host name and then throws all the failures at once, without a message. */
function firstError(thrown: unknown): Error {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return firstError(thrown.errors[0]);
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]+\s*/g, '; ');
}
