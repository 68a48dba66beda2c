/** `/admin`: GraphQL, GraphiQL and the job queue's page for bearers of a token with the role `admin`, and their way in. */

import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import type { Authenticator } from '../auth/authenticator.ts';
import { timely } from '../http/body.ts';
import { serveMethods } from '../http/resource.ts';
import { Problem } from '../problem.ts';
import { AdminProcess } from './admin-process.ts';
import { forward } from './forward.ts';
import { homePage, nextPage, protect, signInPage } from './pages.ts';
import {
  adminByToken,
  adminOf,
  demandSameOrigin,
  forgetToken,
  keepToken,
  LONGEST_COOKIE_TOKEN,
} from './session.ts';

export interface AdminOptions {
  /** The platform database; its login must be a member of mvp_platform_graphql and mvp_platform_jobs. */
  readonly url: string;
  readonly authenticate: Authenticator;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds without a request after which the process behind the pages is ended. */
  readonly idleMs?: number;
}

export interface Admin {
  /** To be mounted at /admin. */
  readonly routes: Router;
  readonly process: AdminProcess;
  close(): Promise<void>;
}

/** The admin pages. Nothing is started or loaded before the first admin comes. */
export function openAdmin({ authenticate, ...options }: AdminOptions): Admin {
  const behind = new AdminProcess(options);
  const router = express.Router();
  router.use((_req, res, next) => {
    protect(res);
    next();
  });

  serveMethods(router, '/', {
    get: [
      async (req, res) => {
        const admin = await adminOf(req, authenticate).catch(refusalOf);
        if (admin instanceof Problem)
          sendSignIn(res, 200, '/admin', hasToken(req) ? admin.message : undefined);
        else res.type('html').send(homePage(admin));
      },
    ],
  });
  serveMethods(router, '/sign-in', { post: [...form, signIn(authenticate)] });
  serveMethods(router, '/sign-out', {
    post: [
      (req, res) => {
        demandSameOrigin(req);
        forgetToken(req, res);
        res.redirect(303, '/admin');
      },
    ],
  });

  const pass: RequestHandler = async (req, res) => {
    const admin = await adminOf(req, authenticate).catch(refusalOf);
    if (!(admin instanceof Problem)) {
      await behind.use((socketPath) => forward(req, res, socketPath, admin));
    } else if (admin.status === 401 && isNavigation(req)) {
      sendSignIn(res, 401, nextPage(req.originalUrl), hasToken(req) ? admin.message : undefined);
    } else throw admin;
  };
  serveMethods(router, '/graphql', { post: [pass] });
  serveMethods(router, /^\/graphiql(?:\/.*)?$/, { get: [pass] });
  serveMethods(router, /^\/jobs(?:[./].*)?$/, { get: [pass] });
  return { routes: router, process: behind, close: () => behind.close() };
}

/** A token, and where to go then. */
const form: RequestHandler[] = [timely(express.urlencoded({ extended: false, limit: '32kb' }))];

function signIn(authenticate: Authenticator): RequestHandler {
  return async (req, res) => {
    demandSameOrigin(req);
    const { token: given, next }: { token?: unknown; next?: unknown } = req.body ?? {};
    const token = typeof given === 'string' ? given.trim().replace(/^Bearer\s+/i, '') : '';
    const admin = await adminByToken(token, authenticate).catch(refusalOf);
    if (admin instanceof Problem) {
      // Some status other than 2xx, and the page again: whoever typed it reads why.
      res.set(admin.headers);
      sendSignIn(res, admin.status, nextPage(next), admin.message);
    } else if (token.length > LONGEST_COOKIE_TOKEN) {
      const problem = `the token is longer than ${LONGEST_COOKIE_TOKEN} characters, which no cookie holds: send it in the header`;
      sendSignIn(res, 400, nextPage(next), problem);
    } else {
      keepToken(req, res, token, admin);
      res.redirect(303, nextPage(next));
    }
  };
}

function sendSignIn(res: Response, status: number, next: string, problem?: string): void {
  res.status(status).type('html').send(signInPage(next, problem));
}

/** @throws what is no refusal */
function refusalOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

function hasToken({ headers: { authorization, cookie } }: Request): boolean {
  return authorization !== undefined || cookie !== undefined;
}

/** Whether a person opened the address in a browser. */
function isNavigation(req: Request): boolean {
  return (
    req.method === 'GET' &&
    req.headers.authorization === undefined &&
    req.accepts(['json', 'html']) === 'html'
  );
}
