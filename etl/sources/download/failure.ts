import { RebuildError, SourceError } from '../../errors.ts';

/** A failure that another attempt may not meet: a lost connection, a server that is busy. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** What the server asked for in Retry-After, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | null } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** OpenSSL's and Node's names for a certificate that cannot be trusted. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|HOSTNAME_MISMATCH/;
/** Sockets, names, and the HTTP parser: the line or the server, not the file. */
const LINE = /^(?:E[A-Z]+|EAI_\w+|UND_ERR_\w+|HPE_\w+)$/;

const TEXTS: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the data stopped coming',
  ENOTFOUND: 'there is no such host',
};

/**
 * What a failed request means for the next one.
 * @returns Interrupted when it may be tried again, SourceError when not; anything that is not of the network as it is.
 */
export function requestFailure(thrown: unknown, url: URL): unknown {
  const error = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  if (!(error instanceof Error) || error instanceof SourceError || error instanceof Interrupted) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CERTIFICATE.test(code)) {
    return new SourceError(`the certificate of ${url.host} cannot be trusted: ${error.message}`, {
      cause: error,
    });
  }
  // The parser's error has a code only where it has found out what is wrong.
  if (!LINE.test(code) && error.name !== 'HTTPParserError') return error;
  return new Interrupted(TEXTS[code] ?? (error.message || code), { cause: error });
}

/** Milliseconds that a Retry-After header (seconds or a date) asks for; null when it says nothing usable. */
export function parseRetryAfter(value: string | null, now: number = Date.now()): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(date - now, 0);
}

/** A file that cannot be written, as one line; any other error as it is. */
export function storageFailure(thrown: unknown, folder: string): unknown {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, thrown);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EIO' || code === 'EFBIG') {
    return new SourceError(`the download cannot be written to ${folder}: ${message}`, { cause: thrown });
  }
  return thrown;
}

export function diskFull(folder: string, cause?: unknown): RebuildError {
  const advice = 'free some space (NHTSA publishes about 80 MB a month), then run the rebuild again';
  return new RebuildError('disk_full', `the disk of ${folder} is full: ${advice}`, { cause });
}
