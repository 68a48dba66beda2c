/** The one place where an error becomes a response: a problem document without stack, SQL or internal message. */

import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { badRequest, Problem } from '../problem.ts';
import { maskText, maskUrl } from './mask.ts';
import { requestIdOf } from './request-id.ts';

/** 404 for a path that no route knows. */
export const unknownRoute: RequestHandler = (req) => {
  throw new Problem({
    status: 404,
    slug: 'unknown-route',
    title: 'No such resource',
    detail: `there is no resource at ${req.path.slice(0, 200)}`,
  });
};

/** Turns whatever a route threw into a problem document; logs what is the service's own fault with its cause. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = problemOf(error);
    const requestId = requestIdOf(res);
    // Thousands a second when it comes to that, and each has its line of the access log.
    if (problem.status >= 500 && problem.slug !== 'overloaded') {
      const about = { requestId, method: req.method, url: maskUrl(req.originalUrl), error: described(error) };
      if (problem.status === 500) logger.error(about, 'request failed');
      else logger.warn(about, problem.message);
    }
    if (res.headersSent) {
      // Half a body is out: only a broken connection still tells the client that it is not the whole.
      res.destroy();
      return;
    }
    res
      .status(problem.status)
      .set({ ...problem.headers, 'Cache-Control': 'no-store' })
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem.toDocument(), requestId }));
  };
}

/** Errors of Express and its body parsers carry `status` and, some, `type` (https://github.com/jshttp/http-errors). */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return badRequest('the path is not valid percent-encoded UTF-8');
  if (error instanceof Error && 'status' in error) {
    if (error.status === 413) {
      return new Problem({ status: 413, slug: 'too-large', detail: 'the request body is too large' });
    }
    if (error.status === 415) {
      return new Problem({
        status: 415,
        slug: 'unsupported-media-type',
        detail: 'the request body has a charset or content encoding that is not supported',
      });
    }
    if (error.status === 400) return badRequest('the request body is not valid JSON');
  }
  return new Problem({
    status: 500,
    slug: 'internal-error',
    detail: 'the service failed to answer this request; the request id leads to the cause in its log',
    cause: error,
  });
}

/** An error for the log, with its causes; PostgreSQL quotes values in messages, so they are masked too. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: maskText(String(error)) };
  return {
    name: error.name,
    message: maskText(error.message),
    code: 'code' in error ? error.code : undefined,
    stack: error.stack === undefined ? undefined : maskText(error.stack),
    cause: error.cause === undefined ? undefined : described(error.cause),
  };
}
