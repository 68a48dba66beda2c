/** What is done at the beginning and at the end of every request, in one place because it is done for every one. */

import type { Request, RequestHandler, Response } from 'express';
import type { RequestMetrics } from '../metrics/requests.ts';
import { setApiHeaders } from './headers.ts';
import { mayWait } from './pipeline.ts';
import { routeOf } from './resource.ts';
import { endRest } from './rest-of-body.ts';
import type { Traffic } from './traffic.ts';

/** A request that is over, for the log. */
export interface Observed {
  readonly req: Request;
  readonly res: Response;
  readonly milliseconds: number;
  /** What `X-Cache` of the answer says. */
  readonly cache: string | undefined;
}

export interface ObserveOptions {
  traffic: Traffic;
  metrics: RequestMetrics;
  log: (observed: Observed) => void;
}

/** Counts and logs requests. What has to be known of a request is known when it is over: its route, its status, its end. */
export function observe({ traffic, metrics, log }: ObserveOptions): RequestHandler {
  return (req, res, next) => {
    if (res.socket === null && !mayWait(req, res)) {
      req.socket.destroy();
      return;
    }
    const begun = performance.now();
    setApiHeaders(res);
    traffic.begin(res);
    res.on('close', () => {
      if (!req.complete) endRest(req);
      traffic.end(res);
      const milliseconds = performance.now() - begun;
      const header = res.getHeader('X-Cache');
      const cache = typeof header === 'string' ? header : undefined;
      metrics.count({
        route: routeOf(req),
        method: req.method,
        status: res.statusCode,
        // 'close' without 'finish': the client went away first.
        isAborted: !res.writableFinished,
        milliseconds,
        cache,
      });
      log({ req, res, milliseconds, cache });
    });
    next();
  };
}
