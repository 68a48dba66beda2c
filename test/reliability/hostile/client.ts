/** A client that sends what `fetch` would put right: any path, any header, any bytes. */

import { Agent, type IncomingMessage, request } from 'node:http';

/** Milliseconds until a request counts as never answered; the service gives up on everything long before. */
const PATIENCE_MS = 90_000;

export interface Asked {
  readonly method: string;
  /** With the query, as it stands in the request line. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A request without an answer. */
export class Hang extends Error {}

export class Client {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws Hang when there is no answer; the connection's error when it breaks before one */
  ask({ method, path, headers = {}, body }: Asked): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = request(this.#url, {
        agent: this.#agent,
        method,
        path,
        headers: { ...headers, ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }) },
      });
      sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Hang(`no answer within ${PATIENCE_MS} ms`)));
      let isAnswered = false;
      sent.once('response', (response) => {
        isAnswered = true;
        replyOf(response).then(resolve, reject);
      });
      // Who is refused while it sends may meet a closed connection behind the answer.
      sent.on('error', (error) => isAnswered || reject(error));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function replyOf(response: IncomingMessage): Promise<Reply> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}

/** The request as a line that a person can read and send again. */
export function lineOf({ method, path, headers, body }: Asked): string {
  const said = body === undefined ? '' : ` body ${JSON.stringify(body.toString().slice(0, 200))}`;
  const told = headers === undefined ? '' : ` ${JSON.stringify(withoutToken(headers)).slice(0, 300)}`;
  return `${method} ${path.slice(0, 300)}${told}${said}`;
}

function withoutToken({ Authorization: _, ...others }: NonNullable<Asked['headers']>): object {
  return others;
}
