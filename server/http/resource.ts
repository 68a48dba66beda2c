/** Resources that are only read. */

import type { RequestHandler, Router } from 'express';
import { Problem } from '../problem.ts';

const ALLOW = 'GET, HEAD, OPTIONS';

/** Serves GET and HEAD of a path; OPTIONS says what is allowed and every other method is a 405 that says it too. */
export function readOnly(router: Router, path: string, handler: RequestHandler): void {
  router
    .route(path)
    .get(handler)
    .options((_req, res) => {
      res.status(204).set('Allow', ALLOW).end();
    })
    .all((req) => {
      throw new Problem({
        status: 405,
        slug: 'method-not-allowed',
        detail: `${req.method} is not possible here; allowed are ${ALLOW}`,
        headers: { Allow: ALLOW },
      });
    });
}
