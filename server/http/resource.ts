/** Which methods a path takes, and what its route is called. */

import type { Request, RequestHandler, Router } from 'express';
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
  route.all(nameRoute(path));
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

/** What routes are called, by the object that Express leaves in a request: the template with the path that it is mounted at. */
const names = new WeakMap<object, string>();

/** What {@link markRoute} said of requests. */
const marks = new WeakMap<Request, string>();

/** The template of the route that took a request, such as `/api/vehicles/decode/:vin`; undefined when none did. */
export function routeOf(req: Request): string | undefined {
  const route: unknown = req.route;
  const name = typeof route === 'object' && route !== null ? names.get(route) : undefined;
  return name ?? marks.get(req);
}

/**
 * In front of what serves many addresses without routes made here, such as a folder of files or a generated interface: in
 * metrics they are one.
 */
export function markRoute(template: string): RequestHandler {
  return (req, _res, next) => {
    marks.set(req, template);
    next();
  };
}

/** Only a request knows where its router is mounted, and after an error it does not any more. */
function nameRoute(path: string | RegExp): RequestHandler {
  let isNamed = false;
  return (req, _res, next) => {
    if (!isNamed) {
      // As it was asked for, in any case.
      const mount = req.baseUrl.toLowerCase();
      names.set(req.route, path === '/' && mount !== '' ? mount : mount + templateOf(path));
      isNamed = true;
    }
    next();
  };
}

/** A path as Express writes it; of a regular expression its named parts. */
function templateOf(path: string | RegExp): string {
  if (typeof path === 'string') return path;
  return [...path.source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => `/:${name}`).join('');
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
