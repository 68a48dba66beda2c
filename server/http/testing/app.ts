/** What the tests of the HTTP side share: an app on a database that answers what a test wants, and raw connections to it. */

import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { ExecutionContext } from 'ava';
import type { Express } from 'express';
import pg from 'pg';
import { pino } from 'pino';
import { type AppDependencies, createApp } from '../../app.ts';
import { type HttpConfig, httpDefaults } from '../../config-http.ts';
import { createHttpServer, type ServerLimits } from '../server.ts';

/** A row that satisfies every statement of a public GET. */
export const emptyRow = { body: '[]', own: '', is_common: false, count: 0, version: 'v1', metrics: null };

export interface TestAppOptions extends Partial<Omit<AppDependencies, 'http'>> {
  /** How the database answers; with an empty list when absent. */
  query?: (statement: { name: string; values: unknown[] }) => Promise<unknown>;
  http?: Partial<HttpConfig>;
  limits?: Partial<ServerLimits>;
}

export interface TestApp {
  base: string;
  port: number;
  server: Server;
  /** Lines of the log. */
  lines: string[];
  /** Asks for a path. The body has been read when it resolves, and can be again. */
  ask: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Serves the app until the test ends. */
export async function serveApp(t: ExecutionContext, options: TestAppOptions = {}): Promise<TestApp> {
  const { query = async () => ({ rows: [emptyRow] }), http, limits, ...dependencies } = options;
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const platform = Object.assign(new pg.Pool(), { query });
  const app = createApp({ platform, logger, http: { ...httpDefaults, ...http }, ...dependencies });
  return { lines, ...(await serve(t, app, limits)) };
}

/** Serves any app until the test ends. */
export async function serve(
  t: ExecutionContext,
  app: Express,
  limits: Partial<ServerLimits> = {},
): Promise<Omit<TestApp, 'lines'>> {
  const server = createHttpServer(app, limits);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const reply = await fetch(base + path, init);
    await reply.clone().arrayBuffer();
    return reply;
  };
  return { base, port, server, ask };
}

/** A connection on which a test says what it likes. */
export interface RawConnection {
  socket: Socket;
  /** All that came, once the other end has closed the connection. */
  closed: Promise<string>;
}

export function connectRaw(t: ExecutionContext, port: number): RawConnection {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  t.teardown(() => socket.destroy());
  const closed = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    // A connection that is reset is closed, too.
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
  return { socket, closed };
}
