/** Which methods a path takes. */

import type { RequestHandler, Router } from 'express';
import { Problem } from '../problem.ts';

/** Serves GET and HEAD of a path; OPTIONS says what is allowed and every other method is a 405 that says it too. */
export function readOnly(router: Router, path: string, handler: RequestHandler): void {
  serveMethods(router, path, { get: [handler] });
}

/** Serves POST of a path, and other methods as {@link readOnly} does. */
export function postOnly(router: Router, path: string, ...handlers: RequestHandler[]): void {
  serveMethods(router, path, { post: handlers });
}

/** Serves some methods of a path, and the others as {@link readOnly} does. */
export function serveMethods(
  router: Router,
  path: string | RegExp,
  handlers: Partial<Record<'get' | 'post' | 'put' | 'delete', RequestHandler[]>>,
): void {
  const route = router.route(path);
  const allowed: string[] = [];
  for (const method of ['get', 'post', 'put', 'delete'] as const) {
    const own = handlers[method];
    if (own === undefined) continue;
    route[method](...own);
    allowed.push(...(method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  }
  const allow = [...allowed, 'OPTIONS'].join(', ');
  route.options(tell(allow)).all(refuse(allow));
}

function tell(allow: string): RequestHandler {
  return (_req, res) => {
    res.status(204).set('Allow', allow).end();
  };
}

function refuse(allow: string): RequestHandler {
  return (req) => {
    throw new Problem({
      status: 405,
      slug: 'method-not-allowed',
      detail: `${req.method} is not possible here; allowed are ${allow}`,
      headers: { Allow: allow },
    });
  };
}
