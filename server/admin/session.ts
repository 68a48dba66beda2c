/**
 * Admins in a browser: a cookie that holds the token, because a browser sends no Authorization header by itself. The cookie is the
 * token and nothing more: it is verified at every request, and ends when the token does.
 */

import type { CookieOptions, Request, Response } from 'express';
import type { Authenticator } from '../auth/authenticator.ts';
import { demandRole, type Principal } from '../auth/principal.ts';
import { Problem } from '../problem.ts';

const COOKIE = 'mvp-platform-admin';

/** Browsers keep 4096 bytes of name, value and attributes; what is longer they drop without a word. */
export const LONGEST_COOKIE_TOKEN = 3800;

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Who asks, by the token in the header or, without one, in the cookie.
 *
 * @throws Problem 401 without an acceptable token, 403 without the role `admin`, and 403 for a change that another site may have
 * had the browser ask for
 */
export async function adminOf(req: Request, authenticate: Authenticator): Promise<Principal> {
  const cookie = req.headers.authorization === undefined ? tokenIn(req) : undefined;
  if (cookie !== undefined && !SAFE.includes(req.method)) demandSameOrigin(req);
  return adminBy(cookie === undefined ? req : bearing(cookie), authenticate);
}

/** The admin whose token this is. @throws Problem as {@link adminOf} does */
export function adminByToken(token: string, authenticate: Authenticator): Promise<Principal> {
  return adminBy(bearing(token), authenticate);
}

async function adminBy(
  request: Parameters<Authenticator>[0],
  authenticate: Authenticator,
): Promise<Principal> {
  const principal = await authenticate(request);
  demandRole(principal, 'admin');
  return principal;
}

/** What a request with the token in its header would be. */
function bearing(token: string): Parameters<Authenticator>[0] {
  return { headersDistinct: { authorization: [`Bearer ${token}`] } };
}

/** Of several cookies of that name the first: browsers send the one with the longest path first. */
function tokenIn({ headers: { cookie = '' } }: Request): string | undefined {
  for (const pair of cookie.split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value) return value;
  }
  return undefined;
}

/**
 * Lets pass what the page of this very server sent. Browsers say so in Sec-Fetch-Site; those that do not, in Origin. SameSite=Strict
 * keeps the cookie from other sites, but not from another port or subdomain of this one.
 *
 * @throws Problem 403
 */
export function demandSameOrigin(req: Request): void {
  const { origin, host, 'sec-fetch-site': site } = req.headers;
  if (site === undefined ? isOf(origin, host) : site === 'same-origin') return;
  throw new Problem({
    status: 403,
    slug: 'cross-origin',
    title: 'Not from here',
    detail:
      'with the cookie of the admin pages only these pages may ask for changes: send the token in the header instead',
  });
}

function isOf(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** Has the browser keep the token until it ends. */
export function keepToken(req: Request, res: Response, token: string, { expiresAt }: Principal): void {
  res.cookie(COOKIE, token, { ...attributes(req), expires: new Date(expiresAt * 1000) });
}

/** Has the browser forget it. */
export function forgetToken(req: Request, res: Response): void {
  res.clearCookie(COOKIE, attributes(req));
}

function attributes(req: Request): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'strict',
    path: '/admin',
    // Behind a proxy that ends TLS only its word is there. Who makes it up gets a cookie that is kept more strictly.
    secure: req.secure || req.headers['x-forwarded-proto'] === 'https',
    encode: String,
  };
}
