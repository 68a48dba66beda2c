/** The page for people: `/`, `/list`, `/browse`, `/data`, and its files below `/page/<digest>/`. */

import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { pageHeaders } from '../http/headers.ts';
import { serveMethods } from '../http/resource.ts';
import { Problem } from '../problem.ts';
import { type BuiltFile, builtPage } from './built.ts';
import { PAGES } from './pages.ts';

/** A page is asked for each time, and most often answered by 304: it says which files belong to it now. */
const PAGE_CACHE = 'no-cache';

/** No text becomes HTML: the browser refuses it where the page itself would slip. */
const headers = pageHeaders({ requireTrustedTypesFor: ["'script'"] });

/** The address of a file changes with its text. */
const FILE_CACHE = 'public, max-age=31536000, immutable';

/** The routes of the page; nothing of it is made before somebody asks. */
export function pageRoutes(): Router {
  const router = express.Router();
  for (const { path } of PAGES) {
    servePage(router, path, async (req, res) => {
      const file = (await builtPage()).pages[path];
      if (file === undefined) throw new Error(`there is no page ${path}`);
      send(req, res, file, PAGE_CACHE);
    });
  }
  servePage(router, '/page/:digest/*path', async (req, res) => {
    const page = await builtPage();
    const { digest, path } = req.params as { digest: string; path: string[] };
    const file = digest === page.digest ? ofOwn(page.files, path.join('/')) : undefined;
    if (file === undefined) throw gone();
    send(req, res, file, FILE_CACHE);
  });
  // Browsers ask for it unasked.
  servePage(router, '/favicon.ico', async (_req, res) => {
    res.redirect(302, `/page/${(await builtPage()).digest}/icon.svg`);
  });
  return router;
}

function servePage(router: Router, path: string, handler: RequestHandler): void {
  serveMethods(router, path, { get: [headers, handler] });
}

function ofOwn<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function gone(): Problem {
  return new Problem({
    status: 404,
    slug: 'unknown-file',
    title: 'No such file',
    detail: 'this file belongs to no page of this version; load the page again',
  });
}

function send(req: Request, res: Response, { type, digest, bodies }: BuiltFile, cache: string): void {
  const encoding = encodingFor(req);
  const body = bodies[encoding];
  res.set({
    'Cache-Control': cache,
    Vary: 'Accept-Encoding',
    ETag: `"${digest}-${encoding}"`,
  });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  if (encoding !== 'identity') res.set('Content-Encoding', encoding);
  res.set({ 'Content-Type': type, 'Content-Length': String(body.length) }).end(body);
}

/** The smallest that the client takes; browsers name gzip first and mean nothing by it. */
function encodingFor(req: Request): keyof BuiltFile['bodies'] {
  for (const encoding of ['br', 'gzip'] as const) if (req.acceptsEncodings(encoding)) return encoding;
  return 'identity';
}
