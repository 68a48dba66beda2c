/** `GET /api/openapi.json` and `GET /api/docs`: what the service answers, for programs and for people. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { projectRoot } from '../config.ts';
import { isCurrent } from '../http/answer.ts';
import { readOnly } from '../http/resource.ts';
import { openApiDocument } from '../openapi/document.ts';

/** What is sent changes with a deploy only; after five minutes the ETag makes asking again cheap. */
const CACHE_CONTROL = 'public, max-age=300';

/** Nothing is loaded from elsewhere, and neither scripts nor styles stand in the page; its icons are data: pictures in the CSS. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = join(projectRoot, 'server/openapi/page');

const require = createRequire(import.meta.url);

/** Of what the page consists, by its path below `/api/docs`. */
const pageFiles: ReadonlyArray<readonly [path: string, type: string, file: string]> = [
  ['/', 'html', join(page, 'index.html')],
  ['/page.css', 'css', join(page, 'page.css')],
  ['/page.js', 'js', join(page, 'page.js')],
  ['/swagger-ui.css', 'css', require.resolve('swagger-ui-dist/swagger-ui.css')],
  ['/swagger-ui-bundle.js', 'js', require.resolve('swagger-ui-dist/swagger-ui-bundle.js')],
];

/** The routes below `/api`. */
export function openApiRoutes(): Router {
  const router = express.Router();
  made ??= makeHandlers();
  for (const [path, handler] of made) readOnly(router, path, handler);
  return router;
}

/** They hold all that they send: once a process, whatever the number of apps in it. */
let made: ReadonlyMap<string, RequestHandler> | undefined;

function makeHandlers(): ReadonlyMap<string, RequestHandler> {
  const document = Buffer.from(JSON.stringify(openApiDocument(version())));
  const policy = { 'Content-Security-Policy': PAGE_POLICY };
  return new Map([
    ['/openapi.json', sending('json', document)],
    ...pageFiles.map(
      ([path, type, file]) => [`/docs${path}`, sending(type, readFileSync(file), policy)] as const,
    ),
  ]);
}

/** The version of the program. */
function version(): string {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function sending(type: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): RequestHandler {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return (req, res) => {
    res.set({ ...headers, 'Cache-Control': CACHE_CONTROL, ETag: etag });
    if (isCurrent(req, etag)) res.status(304).end();
    else res.type(type).send(body);
  };
}
