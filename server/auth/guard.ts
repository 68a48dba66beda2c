/** Lets requests with an acceptable token pass, and remembers whose they are. */

import type { Request, RequestHandler } from 'express';
import type { Authenticator } from './authenticator.ts';
import type { Principal } from './principal.ts';

export interface Guard {
  /** In front of every handler of a protected route, also of the one that reads the body. */
  readonly check: RequestHandler;
  /** Who asks; only behind {@link check}. */
  principalOf(req: Request): Principal;
}

/** A guard that asks the authenticator. */
export function createGuard(authenticate: Authenticator): Guard {
  const principals = new WeakMap<Request, Principal>();
  return {
    check: async (req, _res, next) => {
      principals.set(req, await authenticate(req));
      next();
    },
    principalOf: (req) => {
      const principal = principals.get(req);
      if (principal === undefined) throw new Error('a handler asks for a principal that no guard checked');
      return principal;
    },
  };
}
