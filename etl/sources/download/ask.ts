import { PassThrough, Writable } from 'node:stream';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { SourceError } from '../../errors.ts';
import { isLoopback, shown } from './address.ts';
import { requestFailure } from './failure.ts';
import type { DownloadLimits } from './limits.ts';

/** What may wait for the disk, in bytes. */
const ARRIVED_BYTES = 1024 * 1024;

/** The head of an answer, and its body to be read or dropped. */
export interface Answer {
  readonly status: number;
  /** The value of a header; null when it is not there. */
  header(name: string): string | null;
  /** Errors of the connection come out of it as Interrupted. */
  readonly body: AsyncIterable<Buffer>;
  /** For a body that nobody wants: ends the connection. */
  drop(): void;
}

/**
 * Connections with our time limits. Proxies come from the usual environment variables, but this machine is
 * asked directly.
 */
export function connectionsTo(url: URL, limits: DownloadLimits): Dispatcher {
  const options = {
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.idleMs,
    bodyTimeout: limits.idleMs,
  };
  return isLoopback(url) ? new Agent(options) : new EnvHttpProxyAgent(options);
}

/**
 * Asks for a URL and follows redirects, never from https to plain http: that would hand the file, and with it all
 * decodes, to whoever sits on the line.
 * @throws Interrupted when it may work another time, SourceError when it will not.
 */
export async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  connections: Dispatcher,
  limits: DownloadLimits,
  signal: AbortSignal,
): Promise<Answer> {
  let at = url;
  for (let redirects = 0; redirects <= limits.maxRedirects; redirects++) {
    const answer = await askOnce(at, headers, connections, signal);
    if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
    answer.drop();
    at = redirectTarget(at, answer.header('location'));
  }
  throw new SourceError(
    `${shown(url)} leads from one address to the next, more than ${limits.maxRedirects} times`,
  );
}

/** Exported for its test. @throws SourceError for a place that is none, or that may not be gone to from there. */
export function redirectTarget(from: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, from.href)) {
    throw new SourceError(`${shown(from)} redirects to "${location ?? ''}", which is no address`);
  }
  const to = new URL(location, from);
  if (to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')) return to;
  throw new SourceError(`${shown(from)} redirects to ${to.protocol}//, which is not followed from https`);
}

function askOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  connections: Dispatcher,
  signal: AbortSignal,
): Promise<Answer> {
  const options: Dispatcher.RequestOptions = {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    // The file's own bytes: an encoding of the transfer would make ranges and sizes mean something else.
    headers: { 'accept-encoding': 'identity', 'user-agent': 'mvp-platform-vehicles', ...headers },
    signal,
  };
  return new Promise((resolve, reject) => {
    const begin = ({ statusCode, headers: sent }: Dispatcher.StreamFactoryData): Writable => {
      const { sink, body } = receiver(url, signal);
      resolve({
        status: statusCode,
        header: (name) => {
          const value = sent[name];
          return (Array.isArray(value) ? value[0] : value) ?? null;
        },
        body,
        drop: () => void sink.destroy(),
      });
      return sink;
    };
    // Once there is an answer a failure is its body's, and this rejects a promise that is kept already.
    connections
      .stream(options, begin)
      .catch((error: unknown) => reject(signal.aborted ? signal.reason : requestFailure(error, url)));
  });
}

/**
 * Where an answer's bytes go, and the way to read them: all that came before a failure, and then the failure. A stream
 * that breaks throws away what it has not handed on yet; over a line that breaks every few kilobytes a file would
 * never arrive.
 */
function receiver(url: URL, signal: AbortSignal): { sink: Writable; body: AsyncIterable<Buffer> } {
  const arrived = new PassThrough({ highWaterMark: ARRIVED_BYTES });
  let failure: Error | null = null;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, next) {
      if (arrived.write(chunk)) next();
      else arrived.once('drain', next);
    },
    final(next) {
      arrived.end();
      next();
    },
    destroy(error, next) {
      failure = error;
      arrived.end();
      next(null);
    },
  });
  async function* read(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of arrived) yield chunk as Buffer;
    } finally {
      sink.destroy();
    }
    signal.throwIfAborted();
    if (failure !== null) throw requestFailure(failure, url);
  }
  return { sink, body: read() };
}
