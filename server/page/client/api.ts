/** Questions to the service, and what may come instead of an answer. */

/** An answer of the service. */
export interface Reply<T> {
  value: T;
  /** From the cache, while the database is away. */
  isStale: boolean;
}

export type FailureKind =
  /** 400, 404 and the like: asking again gives the same. */
  | 'refused'
  /** 429. */
  | 'limited'
  /** 502, 503, 504: the service or its database is away. */
  | 'away'
  /** No answer at all. */
  | 'unreachable'
  /** The service's own fault. */
  | 'fault';

/** What is wrong with a VIN, at which position; null: with its length. */
export interface VinProblem {
  position: number | null;
  character: string | null;
  reason: string;
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  error?: string;
  requestId?: string;
  problems?: VinProblem[];
}

/** No answer, and why: for people, and for who decides what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  /** The service's word for it, such as `invalid-vin`. */
  readonly slug: string;
  /** Seconds after which asking again makes sense, where the service says so. */
  readonly retryAfter: number | null;
  readonly requestId: string | null;
  readonly problems: readonly VinProblem[];

  constructor(
    kind: FailureKind,
    message: string,
    document: ProblemDocument = {},
    retryAfter: number | null = null,
  ) {
    super(message);
    this.kind = kind;
    this.slug = document.error ?? kind;
    this.retryAfter = retryAfter;
    this.requestId = document.requestId ?? null;
    this.problems = document.problems ?? [];
  }
}

/** Whether an error only says that a newer question took the place of this one. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * Asks for JSON. The service and the page are of one version, so the shape is taken for what the caller says.
 *
 * @throws Failure when there is no answer
 */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<Reply<T>> {
  const response = await send(path, signal === undefined ? {} : { signal });
  return { value: (await response.json()) as T, isStale: response.headers.get('X-Cache') === 'STALE' };
}

/** Sends a request. @throws Failure unless the answer is a good one; AbortError when the signal says so */
export async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (isAborted(error)) throw error;
    throw new Failure('unreachable', 'The service cannot be reached. Is this computer online?');
  }
  if (response.ok) return response;
  const document = await documentOf(response);
  throw new Failure(
    kindOf(response.status),
    document.detail ?? document.title ?? `The service answered with status ${response.status}.`,
    document,
    secondsOf(response.headers.get('Retry-After')),
  );
}

function kindOf(status: number): FailureKind {
  if (status === 429) return 'limited';
  if (status >= 502 && status <= 504) return 'away';
  return status >= 500 ? 'fault' : 'refused';
}

async function documentOf(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    // A gateway in between answers with a page of its own.
    return {};
  }
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}
