/** One log line a request, written when the response is done or the client has gone. */

import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { maskUrl } from './mask.ts';
import { requestIdOf } from './request-id.ts';

/** Logs method, masked address, status, duration (milliseconds), size (bytes) and request id of every request. */
export function accessLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const start = performance.now();
    res.once('close', () => {
      logger.info(
        {
          requestId: requestIdOf(res),
          method: req.method,
          url: maskUrl(req.originalUrl),
          status: res.statusCode,
          durationMs: Math.round((performance.now() - start) * 100) / 100,
          bytes: Number(res.get('Content-Length') ?? 0),
          cache: res.get('X-Cache'),
          // 'close' without 'finish': the client went away first.
          aborted: res.writableFinished ? undefined : true,
        },
        'request',
      );
    });
    next();
  };
}
