/** What the end-to-end tests of the admin pages share: the service with them, and tokens for its admins. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { z } from 'zod';
import { type Admin, openAdmin } from '../../server/admin/admin.ts';
import { createApp } from '../../server/app.ts';
import { createAuthenticator } from '../../server/auth/authenticator.ts';
import { createPool } from '../../server/database/pool.ts';
import { createHttpServer } from '../../server/http/server.ts';
import { SECRET, tokenOf } from './garage.ts';

/** A token of this admin, good for an hour. */
export function adminToken(subject = 'ada'): string {
  return tokenOf(subject, { roles: ['admin'] });
}

export interface AdminService {
  readonly url: string;
  readonly admin: Admin;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a GraphQL request as an admin. */
  graphql(query: string, variables?: Record<string, unknown>): Promise<GraphqlReply>;
  close(): Promise<void>;
}

const reply = z.strictObject({
  data: z.record(z.string(), z.any()).nullish(),
  errors: z
    .array(z.looseObject({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});
export type GraphqlReply = z.output<typeof reply>;

export interface AdminServiceOptions {
  idleMs?: number;
}

/** The service as main.ts puts it together, as far as the admin pages go. */
export async function openAdminService(
  url: string,
  options: AdminServiceOptions = {},
): Promise<AdminService> {
  const logger = pino({ level: 'silent' });
  // The process behind the pages has a log of its own, by this variable.
  process.env.LOG_LEVEL = 'silent';
  const platform = createPool({ url, role: 'mvp_platform_user', applicationName: 'admin tests', max: 2 });
  const config = { kind: 'secret', secret: SECRET, issuer: null, audience: null } as const;
  const admin = openAdmin({ url, authenticate: createAuthenticator(config, logger), logger, ...options });
  const server = createHttpServer(createApp({ platform, logger, admin: admin.routes }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(base + path, { redirect: 'manual', ...init });
  return {
    url: base,
    admin,
    ask,
    graphql: async (query, variables = {}) => {
      const answer = await ask('/admin/graphql', {
        method: 'POST',
        headers: { Authorization: `Bearer ${adminToken()}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const text = await answer.text();
      if (answer.headers.get('content-type')?.startsWith('application/problem+json')) {
        throw new Error(`no GraphQL but ${text}`);
      }
      return reply.parse(JSON.parse(text));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await admin.close();
      await platform.end();
    },
  };
}
