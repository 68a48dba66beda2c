import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { query, withClient } from '../setup/sql-file.ts';

/** Where a client connects to, as libpq and node-postgres take it. */
export interface Address {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  isSocket: boolean;
}

/**
 * The address in a URL, by the server's socket when that is on this machine and open to us: without TCP in between
 * the statements differ more from each other, which makes the required ratios harder to meet.
 */
export async function addressOf(url: string): Promise<Address> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const address: Address = {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    isSocket: false,
  };
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return address;
  const [server] = await withClient(url, (client) =>
    query<{ folders: string; port: string }>(client, 'clients/socket.sql'),
  );
  const folder = server?.folders
    .split(',')
    .map((text) => text.trim())
    // On one machine several servers may have a socket; the port is in its name.
    .find((text) => server.port === port && existsSync(join(text, `.s.PGSQL.${port}`)));
  return folder === undefined ? address : { ...address, host: folder, isSocket: true };
}
