import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Failure, hasCode } from '../failure.ts';

/**
 * Finds out that the port cannot be had before the databases are started and loaded, which takes minutes the
 * first time. @throws {Failure}
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    throw explain(error, host, port);
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** Listens. @returns the URL that requests are accepted at, with the real port where 0 was asked for */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host, port }, resolve);
    });
  } catch (error) {
    throw explain(error, host, port);
  }
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

function explain(error: unknown, host: string, port: number): unknown {
  if (hasCode(error, 'EADDRINUSE')) {
    return new Failure(
      `port ${port} on ${host} is in use: stop the program that has it, or set PORT to another`,
    );
  }
  if (hasCode(error, 'EACCES')) {
    return new Failure(`port ${port} needs more rights than this OS user has: set PORT to 1024 or higher`);
  }
  if (hasCode(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) {
    return new Failure(
      `${host} is no address of this machine: set HOST to 127.0.0.1, 0.0.0.0 or one of its own`,
    );
  }
  return error;
}
