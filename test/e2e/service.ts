/** What the end-to-end tests of the HTTP side share: the service on real data, and what its replies are. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { z } from 'zod';
import { createApp } from '../../server/app.ts';
import { createPool } from '../../server/database/pool.ts';
import type { TestServer } from '../harness/databases.ts';

/** Asks for a path of the service under test. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** The service on a server's database with the real data until the tests of the file are over. */
export function serviceOn({ version, data }: TestServer): Ask {
  if (data === null) throw new Error('the file that asks for the service must say `needs: data`');
  const platform = createPool({
    url: data,
    role: 'mvp_platform_user',
    applicationName: 'http tests',
    max: 4,
  });
  const server = createServer(createApp({ platform, logger: pino({ level: 'silent' }) }));
  const listening = once(server.listen(0, '127.0.0.1'), 'listening');
  test.after.always(`PostgreSQL ${version}: close the service`, async () => {
    server.closeAllConnections();
    server.close();
    await platform.end();
  });
  return async (path, init) => {
    await listening;
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  };
}

const problem = z.looseObject({
  type: z.string().regex(/^\/problems\/[a-z-]+$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  error: z.string().min(1),
  message: z.string().min(1),
  requestId: z.string().min(8),
});

/** The problem document of a reply, after checking that it is one, carries the status and betrays nothing. */
export async function problemOf(
  t: ExecutionContext,
  reply: Response,
  status: number,
): Promise<z.output<typeof problem>> {
  const body = await reply.text();
  t.is(reply.status, status, body);
  t.regex(reply.headers.get('content-type') ?? '', /^application\/problem\+json/);
  t.notRegex(body, /\n {4}at |node_modules|select |pg_|SQLSTATE/);
  const document = problem.parse(JSON.parse(body));
  t.is(document.status, status);
  t.is(document.message, document.detail);
  return document;
}

/** The JSON object of a reply. */
export async function jsonOf(reply: Response): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await reply.json());
}
