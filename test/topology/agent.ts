/** What stands beside each PostgreSQL of a cluster and tells balancers what it is, as Patroni's and CloudNativePG's agents do. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/** Longer than a busy machine takes, shorter than the balancer waits. */
const PATIENCE_MS = 2_000;

export class Agent {
  readonly #url: string;
  readonly #server: Server;
  #client: pg.Client | null = null;

  /** @param url of the database server that it stands beside */
  static async open(url: string): Promise<Agent> {
    const agent = new Agent(url);
    await once(agent.#server.listen(0, '127.0.0.1'), 'listening');
    return agent;
  }

  private constructor(url: string) {
    this.#url = url;
    this.#server = createServer((_req, res) => {
      this.#isPrimary().then(
        (isPrimary) => res.writeHead(isPrimary ? 200 : 503).end(),
        () => res.writeHead(503).end(),
      );
    });
  }

  /** Where it answers 200 while its server is the primary, and 503 otherwise. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#client?.end();
  }

  async #isPrimary(): Promise<boolean> {
    const client = this.#client ?? (await this.#connect());
    const { rows } = await client.query<{ answer: boolean }>('select not pg_is_in_recovery() as answer');
    return rows[0]?.answer === true;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (this.#client === client) this.#client = null;
    });
    await client.connect();
    this.#client = client;
    return client;
  }
}
