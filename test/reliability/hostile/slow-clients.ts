/** Clients that take their time, or never stop: each holds a connection for as long as the service lets it. */

import { VIN } from '../../contract/cases.ts';
import { Wire } from './wire.ts';

export interface SlowClient {
  readonly name: string;
  /** How the service ends it, by its own limits: a status, or a connection that closes. */
  readonly end: 408 | 404 | 'closed';
  /** Begins on a connection of its own. */
  begin(wire: Wire): Promise<void>;
}

/** Milliseconds between two bytes of a client that drips. */
const DRIP_MS = 400;

const HOST = 'Host: x\r\n';
const NDJSON = `POST /api/vehicles/decode HTTP/1.1\r\n${HOST}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n`;

function post(path: string, type: string): string {
  return `POST ${path} HTTP/1.1\r\n${HOST}Content-Type: ${type}\r\nContent-Length: 100000\r\n\r\n`;
}

/** Sends a beginning, and then the same bytes over and over. */
function dripping(beginning: string, drop: string): SlowClient['begin'] {
  return async (wire) => {
    await wire.send(beginning);
    const timer = setInterval(() => wire.socket.writable && wire.socket.write(drop), DRIP_MS).unref();
    void wire.closed.then(() => clearInterval(timer));
  };
}

/** Sends a beginning, and nothing more. */
function stalling(beginning: string): SlowClient['begin'] {
  return async (wire) => {
    if (beginning !== '') await wire.send(beginning);
  };
}

/** Sends a beginning and then as much as the service takes, and reads nothing of what comes. */
function neverReading(beginning: string, more: string): SlowClient['begin'] {
  return async (wire) => {
    wire.socket.pause();
    await wire.send(beginning);
    void (async () => {
      while (await wire.send(more));
    })();
  };
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** Each with the limit that ends it: docs/operations.md, "Limits". */
export const SLOW_CLIENTS: readonly SlowClient[] = [
  { name: 'says nothing', end: 'closed', begin: stalling('') },
  { name: 'stops in the request line', end: 408, begin: stalling('GET /health') },
  { name: 'drips headers', end: 408, begin: dripping(`GET / HTTP/1.1\r\n${HOST}`, 'X: y\r\n') },
  {
    name: 'stops in a JSON body',
    end: 408,
    begin: stalling(`${post('/api/vehicles/decode', 'application/json')}{"vins":`),
  },
  {
    name: 'drips a JSON body',
    end: 408,
    begin: dripping(post('/api/vehicles/decode', 'application/json'), ' '),
  },
  {
    name: 'drips a form',
    end: 408,
    begin: dripping(
      post('/vpic/api/vehicles/DecodeVinValuesBatch', 'application/x-www-form-urlencoded'),
      ';',
    ),
  },
  {
    name: 'drips a form to the admin pages',
    end: 408,
    begin: dripping(
      post('/admin/sign-in', 'application/x-www-form-urlencoded').replace(
        HOST,
        `${HOST}Origin: http://x\r\n`,
      ),
      'x',
    ),
  },
  {
    name: 'drips a body that nobody asked for',
    end: 404,
    begin: dripping(post('/nowhere', 'text/plain'), ' '),
  },
  {
    name: 'reads no answer, and asks on',
    end: 'closed',
    begin: neverReading('', `GET /api/openapi.json HTTP/1.1\r\n${HOST}\r\n`.repeat(20)),
  },
  {
    name: 'sends VINs, and reads no decodes',
    end: 'closed',
    begin: neverReading(NDJSON, chunk(`${VIN}\n`.repeat(500))),
  },
];

/** Sends a line without end, of so many megabytes, and then ends it. @returns what came */
export async function endlessLine(port: number, megabytes: number): Promise<Wire> {
  const wire = await Wire.to(port);
  await wire.send(NDJSON.replace(HOST, `${HOST}Connection: close\r\n`));
  const piece = chunk('x'.repeat(256 * 1024));
  for (let sent = 0; sent < megabytes * 4; sent += 1) {
    if (!(await wire.send(piece))) return wire;
  }
  await wire.send(`${chunk(`\n${VIN}\n`)}0\r\n\r\n`);
  return wire;
}

/** Sends lines and reads the answers, so many times a thousand. @returns what came */
export async function longStream(port: number, thousands: number): Promise<Wire> {
  const wire = await Wire.to(port);
  wire.socket.on('data', () => {
    // What is kept of it is for short answers.
    if (wire.said.length > 2_000_000) wire.said = wire.said.slice(-1_000);
  });
  await wire.send(NDJSON.replace(HOST, `${HOST}Connection: close\r\n`));
  const piece = chunk(`${VIN}\n`.repeat(1_000));
  for (let sent = 0; sent < thousands; sent += 1) {
    if (!(await wire.send(piece))) return wire;
  }
  await wire.send('0\r\n\r\n');
  return wire;
}
