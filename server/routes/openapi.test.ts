/** The OpenAPI document and its page, as they are served; the page in a real browser where there is one. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import express from 'express';
import { pino } from 'pino';
import { z } from 'zod';
import { errorHandler, unknownRoute } from '../http/error-handler.ts';
import { openApiRoutes } from './openapi.ts';

const run = promisify(execFile);

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Serves the routes until the test ends; gives the address, and the paths that were asked for. */
async function serve(t: ExecutionContext): Promise<{ base: string; asked: string[] }> {
  const asked: string[] = [];
  const app = express().disable('etag');
  app.use((req, _res, next) => {
    asked.push(req.originalUrl);
    next();
  });
  app.use('/api', openApiRoutes());
  app.use(unknownRoute, errorHandler(pino({ level: 'silent' })));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('the document: version of the program, ETag, 304, HEAD', async (t) => {
  const { base } = await serve(t);
  const reply = await fetch(`${base}/api/openapi.json`);
  t.is(reply.status, 200);
  t.is(reply.headers.get('content-type'), 'application/json; charset=utf-8');
  t.is(reply.headers.get('cache-control'), 'public, max-age=300');
  const document = z.looseObject({ openapi: z.string(), info: z.looseObject({ version: z.string() }) });
  const { openapi, info } = document.parse(await reply.json());
  t.regex(openapi, /^3\.1\./);
  t.is(info.version, process.env.npm_package_version ?? info.version);

  const etag = reply.headers.get('etag') ?? '';
  const again = await fetch(`${base}/api/openapi.json`, { headers: { 'If-None-Match': etag } });
  t.is(again.status, 304);
  t.is(again.headers.get('etag'), etag);
  const head = await fetch(`${base}/api/openapi.json`, { method: 'HEAD' });
  t.is(head.headers.get('content-length'), reply.headers.get('content-length'));
  t.is((await fetch(`${base}/api/openapi.json`, { method: 'POST' })).status, 405);
});

test('the page: nothing from elsewhere, no script or style in it, and a policy that says so', async (t) => {
  const { base } = await serve(t);
  for (const path of ['/api/docs', '/api/docs/']) {
    const reply = await fetch(base + path);
    t.is(reply.status, 200);
    t.is(reply.headers.get('content-type'), 'text/html; charset=utf-8');
    t.regex(
      reply.headers.get('content-security-policy') ?? '',
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const html = await reply.text();
    t.notRegex(html, /<script>|<style|style=|https?:\/\//);
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    t.is(files.length, 5);
    for (const file of files) t.is((await fetch(base + file)).status, 200, file);
  }
  t.is((await fetch(`${base}/api/docs/swagger-ui-bundle.js.map`)).status, 404);
});

(chromium === undefined ? test.skip : test)(
  'the page shows every group of operations in a browser',
  async (t) => {
    const { base, asked } = await serve(t);
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr', '--dump-dom'];
    const { stdout, stderr } = await run(
      chromium ?? '',
      [...args, '--virtual-time-budget=20000', `${base}/api/docs`],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    for (const operation of [
      'Decode-decode',
      'Dropdowns-listMakes',
      'Vehicles-createVehicle',
      'Operations-health',
    ]) {
      t.true(stdout.includes(`id="operations-${operation}"`), operation);
    }
    t.notRegex(stderr, /CONSOLE.*(Refused|violates|Error)/, 'the policy refuses nothing that the page needs');
    t.deepEqual(
      asked.filter((path) => !/^\/(api\/(docs|openapi\.json)|favicon\.ico)/.test(path)),
      [],
    );
  },
);
