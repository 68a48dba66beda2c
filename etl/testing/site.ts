import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A file of the site. Null for a validator that the site does not send; left out, it is made up. */
export interface SiteFile {
  readonly body: Buffer;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly type?: string;
}

/** What goes wrong with one request; nothing for none. */
export interface Fault {
  /** The connection breaks after so many bytes of the body. */
  readonly cutAfter?: number;
  /** So many bytes of the body, then nothing, and the connection stays. */
  readonly stallAfter?: number;
  /** So many bytes at a time, with a pause of a few milliseconds. */
  readonly slow?: number;
  /** No answer at all. */
  readonly hang?: true;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What Content-Length says instead of the truth; null leaves it out. */
  readonly claims?: number | null;
  /** The whole file, whatever range was asked for. */
  readonly ignoreRange?: true;
  /** The rest of the file, whatever file the client began with. */
  readonly ignoreIfRange?: true;
  /** A piece that begins so many bytes further than asked for. */
  readonly shift?: number;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * A stand-in for NHTSA's site: a real HTTP server on this machine that knows ranges and conditional requests and does
 * wrong what it is told to.
 */
export interface Site {
  /** With a slash at its end. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  put(name: string, file: SiteFile | Buffer): void;
  remove(name: string): void;
  /** Faults for the next requests for a file, one each; after them all goes well. */
  fail(name: string, ...faults: Fault[]): void;
  close(): Promise<void>;
}

interface Kept {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

const MADE_AT = 'Tue, 10 Mar 2026 12:00:00 GMT';

/** @param tls Key and certificate, for a site that speaks https. */
export async function startSite(tls?: { readonly key: string; readonly cert: string }): Promise<Site> {
  const files = new Map<string, Kept>();
  const faults = new Map<string, Fault[]>();
  const requests: SeenRequest[] = [];
  const closing = new AbortController();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    const fault = faults.get(path)?.shift() ?? {};
    // A client that goes away in the middle is one of the things that are tested.
    respond(request, response, files.get(path), fault, closing.signal).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/`,
    requests,
    put(name, file) {
      const given = Buffer.isBuffer(file) ? { body: file } : file;
      const { body, etag, lastModified = MADE_AT, type = 'application/zip' } = given;
      const made = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
      files.set(`/${name}`, { body, type, etag: etag === undefined ? made : etag, lastModified });
    },
    remove: (name) => files.delete(`/${name}`),
    fail: (name, ...next) => faults.set(`/${name}`, next),
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  file: Kept | undefined,
  fault: Fault,
  closing: AbortSignal,
): Promise<void> {
  if (fault.hang) return;
  if (fault.status !== undefined) {
    response.writeHead(fault.status, fault.headers).end('not now');
    return;
  }
  if (!file) {
    response.writeHead(404).end('not here');
    return;
  }
  const validators = {
    ...(file.etag === null ? {} : { etag: file.etag }),
    ...(file.lastModified === null ? {} : { 'last-modified': file.lastModified }),
  };
  if (isKnown(request.headers, file)) {
    response.writeHead(304, validators).end();
    return;
  }
  const asked = fault.ignoreRange ? null : rangeStart(request.headers, file, fault.ignoreIfRange ?? false);
  const total = file.body.length;
  if (asked !== null && asked >= total) {
    response.writeHead(416, { 'content-range': `bytes */${total}` }).end();
    return;
  }
  const start = (asked ?? 0) + (fault.shift ?? 0);
  const body = file.body.subarray(start);
  const length = fault.claims === undefined ? body.length : fault.claims;
  response.writeHead(asked === null ? 200 : 206, {
    ...validators,
    'content-type': file.type,
    ...(length === null ? {} : { 'content-length': length }),
    // What was promised and does not come shall not be waited for.
    ...(fault.claims === undefined ? {} : { connection: 'close' }),
    ...(asked === null ? {} : { 'content-range': `bytes ${start}-${total - 1}/${total}` }),
  });
  await send(response, body, fault, closing);
}

async function send(
  response: ServerResponse,
  body: Buffer,
  fault: Fault,
  closing: AbortSignal,
): Promise<void> {
  const { cutAfter, stallAfter, slow } = fault;
  const some = cutAfter ?? stallAfter;
  if (some !== undefined) {
    // Once the system has it, so that the client gets it before the connection ends.
    if (some > 0) await new Promise<unknown>((resolve) => response.write(body.subarray(0, some), resolve));
    else response.flushHeaders();
    if (cutAfter !== undefined) response.socket?.end();
    return;
  }
  if (slow !== undefined) {
    for (let at = 0; at < body.length; at += slow) {
      response.write(body.subarray(at, at + slow));
      await sleep(2, undefined, { signal: closing });
    }
    response.end();
    return;
  }
  response.end(body);
}

function isKnown(headers: IncomingHttpHeaders, { etag, lastModified }: Kept): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    const weak = (tag: string): string => tag.trim().replace(/^W\//, '');
    return etag !== null && tags.split(',').some((tag) => weak(tag) === weak(etag));
  }
  const since = headers['if-modified-since'];
  return since !== undefined && lastModified !== null && Date.parse(lastModified) <= Date.parse(since);
}

/** Null for the whole file. */
function rangeStart(headers: IncomingHttpHeaders, file: Kept, always: boolean): number | null {
  const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  if (start === undefined) return null;
  const condition = headers['if-range'];
  const same = condition === undefined || condition === file.etag || condition === file.lastModified;
  return same || always ? Number(start) : null;
}
