import pg from 'pg';
import { readBench } from '../setup/sql-file.ts';
import type { Address } from './address.ts';
import { type Clients, connections } from './variant.ts';

/**
 * Clients in this process, for machines without pgbench: node-postgres with named prepared statements, one request
 * at a time on each connection.
 * @param vinsOf the VINs of a kind
 */
export function nodeClients(address: Address, vinsOf: ReadonlyMap<string, readonly string[]>): Clients {
  return async ({ name, file, kind }, seconds) => {
    const statement = (await readBench(file)).trim().replace(/;$/, '');
    const vins = vinsOf.get(kind) ?? [];
    const hasParameter = statement.includes(':vin');
    const query = { name, text: statement.replaceAll(':vin', '$1') };
    const { isSocket: _, ...config } = address;
    const clients = Array.from(
      { length: connections },
      () => new pg.Client({ ...config, options: '-c role=mvp_platform_user' }),
    );
    try {
      await Promise.all(clients.map((client) => client.connect()));
      const begun = performance.now();
      const until = begun + seconds * 1000;
      let sent = 0;
      const work = async (client: pg.Client): Promise<void> => {
        while (performance.now() < until) {
          const vin = vins[sent++ % vins.length];
          await client.query({ ...query, values: hasParameter ? [vin] : [] });
        }
      };
      await Promise.all(clients.map(work));
      return sent / ((performance.now() - begun) / 1000);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  };
}
