/**
 * What goes wrong, told to clients: `application/problem+json`, RFC 9457. A problem is thrown anywhere below a
 * route and turned into a response in one place (http/error-handler.ts). It holds only what a client may see.
 */

import { STATUS_CODES } from 'node:http';

/** What a client is told. */
export interface ProblemOptions {
  /** HTTP status, 400-599. */
  status: number;
  /** The kind of problem, in kebab case: the last part of `type`, and `error`. Stable: clients compare it. */
  slug: string;
  /** The kind in words, the same for every case of it; the status's own phrase when absent. */
  title?: string;
  /** This case in words: what is wrong, and where it helps, what to do. */
  detail: string;
  /** Further members of the document (RFC 9457, 3.2), such as `problems` of a VIN. */
  extensions?: Readonly<Record<string, unknown>>;
  /** Response headers that belong to the status: `Allow` with 405, `Retry-After` with 503. */
  headers?: Readonly<Record<string, string>>;
  /** What brought it about: for the log, never for the client. */
  cause?: unknown;
}

/** The document as sent. `error` and `message` repeat `type` and `detail` for clients that know no RFC 9457. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  error: string;
  message: string;
  [extension: string]: unknown;
}

/** An error whose text is meant for the client. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: ProblemOptions) {
    super(options.detail, { cause: options.cause });
    this.status = options.status;
    this.slug = options.slug;
    this.title = options.title ?? STATUS_CODES[options.status] ?? 'Error';
    this.extensions = options.extensions ?? {};
    this.headers = options.headers ?? {};
  }

  /** The same problem with one more member in its document. */
  with(extensions: Readonly<Record<string, unknown>>): Problem {
    const { status, slug, title, message: detail, headers, cause } = this;
    const all = { ...this.extensions, ...extensions };
    return new Problem({ status, slug, title, detail, extensions: all, headers, cause });
  }

  /** The RFC 9457 document. An extension never replaces a standard member. */
  toDocument(): ProblemDocument {
    return {
      ...this.extensions,
      type: `/problems/${this.slug}`,
      title: this.title,
      status: this.status,
      detail: this.message,
      error: this.slug,
      message: this.message,
    };
  }
}

/** 400 for a request whose parameters or body do not fit. */
export function badRequest(detail: string, extensions: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem({
    status: 400,
    slug: 'bad-request',
    title: 'The request is not valid',
    detail,
    extensions,
  });
}

/** 503 with `Retry-After`, in seconds. */
export function unavailable(detail: string, retryAfter: number, cause?: unknown): Problem {
  return new Problem({
    status: 503,
    slug: 'unavailable',
    title: 'Temporarily unavailable',
    detail,
    headers: { 'Retry-After': String(retryAfter) },
    cause,
  });
}
