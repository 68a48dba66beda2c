import { Client, type ClientConfig } from 'pg';

/** Long enough for a server that is starting up, short enough for a person who mistyped the address. */
const CONNECT_TIMEOUT = 10_000;

/** A login's own limits are made for requests; a compile step takes the time it takes. */
const NO_TIME_LIMITS = '-c statement_timeout=0 -c lock_timeout=0';

/**
 * For work that nobody waits for: one process in the server, so one core at most. Parallel workers would take the
 * others from those who are served, and have a priority that nobody can lower in time.
 */
export const ONE_CORE = '-c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0';

/**
 * Connects, with a role when one is given.
 * @param url postgres:// URL; its own `options` parameter is kept, the role comes after it.
 * @param settings more options of the session, ONE_CORE
 */
export async function connect(url: string, role?: string, settings?: string): Promise<Client> {
  const client = new Client(configOf(url, role, settings));
  // A lost connection also fails the running query, which is where it is dealt with; without a listener the
  // event itself would end the process.
  client.on('error', () => {});
  await client.connect();
  if (role) await dieWithUs(client);
  return client;
}

/**
 * Has the server look four times a second whether we are still there while it works on a statement. Without it a
 * compile step of a killed process runs to its end and holds the lock against the next rebuild.
 */
async function dieWithUs(client: Client): Promise<void> {
  const setting = ['client_connection_check_interval', '250ms'];
  // Refused where the server's system cannot look (Windows); there the next rebuild has to wait.
  await client.query('select pg_catalog.set_config($1, $2, false)', setting).catch(() => {});
}

/**
 * Exported for its test. What a URL says wins over pg's config, so the role has to go into the URL; only its query
 * is taken apart, because `postgres://user@/db?host=/socket` is legal for pg and not for URL.
 */
export function configOf(url: string, role?: string, settings?: string): ClientConfig {
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const options = [parameters.get('options'), role && `-c role=${role}`, NO_TIME_LIMITS, settings]
    .filter(Boolean)
    .join(' ');
  parameters.set('options', options);
  return {
    connectionString: `${address}?${parameters}`,
    application_name: 'mvp-platform-vehicles etl',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
  };
}
