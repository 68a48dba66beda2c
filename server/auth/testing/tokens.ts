/** What the tests of tokens share: forged ones, and an app that says who asks. */

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import express from 'express';
import { pino } from 'pino';
import { errorHandler } from '../../http/error-handler.ts';
import { createHttpServer } from '../../http/server.ts';
import type { Authenticator } from '../authenticator.ts';
import { createGuard } from '../guard.ts';
import { demandRole } from '../principal.ts';

export const silent = pino({ level: 'silent' });
export const SECRET = 'a secret of more than thirty-two bytes';
export const ISSUER = 'https://login.example/';
export const AUDIENCE = 'vehicles';
export const now = Math.floor(Date.now() / 1000);

/** The claims of an acceptable token. */
export const claims = { sub: 'alice', iss: ISSUER, aud: AUDIENCE, exp: now + 3600 };

/** Any header and payload with any signature, as a forger writes them. */
export function forge(
  header: Record<string, unknown> | string,
  payload: unknown,
  sign: (text: string) => string | Buffer,
): string {
  const part = (value: unknown): string =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${Buffer.from(sign(text)).toString('base64url')}`;
}

/** Signs with a shared key. */
export const hmac =
  (key: string | Buffer, hash = 'sha256') =>
  (text: string): Buffer =>
    createHmac(hash, key).update(text).digest();

/** An app whose one resource says who asks. */
export async function serve(t: ExecutionContext, authenticate: Authenticator): Promise<string> {
  const { check, principalOf } = createGuard(authenticate);
  const app = express();
  app.get('/me', check, (req, res) => {
    res.json(principalOf(req));
  });
  app.get('/admin', check, (req, res) => {
    demandRole(principalOf(req), 'admin');
    res.json({});
  });
  app.use(errorHandler(silent));
  const server = createHttpServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The status and challenge for raw header lines, which fetch would refuse or join. */
export async function statusOf(
  url: string,
  authorization: string | readonly string[],
): Promise<{ status: number; challenge: string }> {
  // On a connection of its own: one that is kept may be closed by the other end at the moment in which it is used again.
  const call = request(url, { agent: false, headers: { Authorization: authorization as string } });
  call.on('error', () => undefined).end();
  const [reply] = (await once(call, 'response')) as [IncomingMessage];
  reply.resume();
  await once(reply, 'end');
  return { status: reply.statusCode ?? 0, challenge: String(reply.headers['www-authenticate']) };
}
