import { spawn } from 'node:child_process';
import { childEnvironment } from '../config.ts';
import { Failure, hasCode } from '../failure.ts';
import type { Command } from './context.ts';

export const psql: Command = {
  usage: 'psql [--app] [arguments of psql…]',
  summary: 'a psql session on the platform database (--app: the main one)',
  async run(args, context) {
    const name = args[0] === '--app' ? 'app' : 'platform';
    const { url } = await context.open([name]);
    // In the environment, not among the arguments, which every user of the machine can read.
    const child = spawn('psql', name === 'app' ? args.slice(1) : args, {
      stdio: 'inherit',
      env: childEnvironment(connectionVariables(url[name])),
    });
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject).once('close', (code) => resolve(code ?? 1));
    }).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
      throw new Failure(
        'there is no psql on PATH: install the PostgreSQL client (Debian: postgresql-client)',
      );
    });
  },
};

/** A URL in libpq's variables. */
export function connectionVariables(text: string): Record<string, string> {
  const url = new URL(text);
  const variables: Record<string, string> = {
    PGHOST: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ''),
    PGPORT: url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGSSLMODE: url.searchParams.get('sslmode') ?? '',
    PGSSLROOTCERT: url.searchParams.get('sslrootcert') ?? '',
    PGOPTIONS: url.searchParams.get('options') ?? '',
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
