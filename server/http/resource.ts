/** Resources that are only read, or only written to. */

import type { IRoute, RequestHandler, Router } from 'express';
import { Problem } from '../problem.ts';

/** Serves GET and HEAD of a path; OPTIONS says what is allowed and every other method is a 405 that says it too. */
export function readOnly(router: Router, path: string, handler: RequestHandler): void {
  refuseOthers(router.route(path).get(handler), 'GET, HEAD, OPTIONS');
}

/** Serves POST of a path, and other methods as {@link readOnly} does. */
export function postOnly(router: Router, path: string, ...handlers: RequestHandler[]): void {
  refuseOthers(router.route(path).post(...handlers), 'POST, OPTIONS');
}

function refuseOthers(route: IRoute, allow: string): void {
  route
    .options((_req, res) => {
      res.status(204).set('Allow', allow).end();
    })
    .all((req) => {
      throw new Problem({
        status: 405,
        slug: 'method-not-allowed',
        detail: `${req.method} is not possible here; allowed are ${allow}`,
        headers: { Allow: allow },
      });
    });
}
