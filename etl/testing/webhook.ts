import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';

export interface Webhook {
  readonly url: string;
  /** Bodies as they came, whatever was answered. */
  readonly received: Record<string, unknown>[];
}

/** How a request is answered: a status, or not at all. */
export type Answer = number | 'hang' | ((response: ServerResponse) => void);

/** A real HTTP server that takes alerts; answers one after the other, the last one for ever. */
export async function openWebhook(t: ExecutionContext, ...answers: Answer[]): Promise<Webhook> {
  const received: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') {
      response.writeHead(400).end();
      return;
    }
    received.push(JSON.parse(await text(request)));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (typeof answer === 'function') answer(response);
    else if (answer !== 'hang') response.writeHead(answer ?? 200).end('ok');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/s3cret`, received };
}
