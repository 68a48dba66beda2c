import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { childEnvironment, projectRoot } from '../config.ts';
import { Failure, hasCode } from '../failure.ts';
import type { Command } from './context.ts';

export const psql: Command = {
  usage: 'psql [--app] [query] [arguments of psql…]',
  summary:
    'a psql session on the platform database (--app: the main one), with queries for operators at hand',
  // Read when asked for: other commands have no use for it.
  get details() {
    return [
      'query          one of sql/ops: run it and end, as in  psql fresh  and  psql why -v vin=1HGCM82633A004352',
      '               in a session the same are typed as  :fresh  and, after  \\set vin 1HGCM82633A004352,  :why',
      ...operatorsQueries().map(({ name, title }) => `  ${name.padEnd(13)}${title}`),
    ];
  },
  async run(args, context) {
    const isApp = args[0] === '--app';
    const database = isApp ? 'app' : 'platform';
    const given = isApp ? args.slice(1) : args;
    const { url } = await context.open([database]);
    if (!isApp && given.length === 0 && process.stdin.isTTY) {
      for (const line of welcome()) context.note(line);
    }
    // The connection is in the environment, not among the arguments, which every user of the machine can read.
    const child = spawn('psql', isApp ? given : psqlArguments(given), {
      stdio: 'inherit',
      env: childEnvironment(connectionVariables(url[database])),
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

/** A query of sql/ops. */
export interface OperatorsQuery {
  readonly name: string;
  readonly path: string;
  /** The question that it answers. */
  readonly title: string;
}

/** The queries of sql/ops, by name. */
export function operatorsQueries(): OperatorsQuery[] {
  const folder = join(projectRoot, 'sql/ops');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const path = join(folder, file);
      const [first = ''] = readFileSync(path, 'utf8').split('\n', 1);
      // The first two blanks in a row end the question; what follows is how to give it its variables.
      return { name: basename(file, '.sql'), path, title: first.replace(/^-- /, '').split(/ {2,}/)[0] ?? '' };
    });
}

/** What psql is called with: every query as a variable, so that typing `:fresh` runs it; a query that is named as its file. */
export function psqlArguments(given: readonly string[]): string[] {
  const queries = operatorsQueries();
  const shortcuts = queries.map(({ name, path }) => `--set=${name}=\\i ${quoted(path)}`);
  const [first = '', ...more] = given;
  const named = queries.find(({ name }) => name === first);
  return named === undefined ? [...shortcuts, ...given] : [...shortcuts, ...more, '--file', named.path];
}

/** A path as an argument of a backslash command. */
function quoted(path: string): string {
  return `'${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function welcome(): string[] {
  return [
    'type one of these to run it:',
    ...operatorsQueries().map(({ name, title }) => `  :${name.padEnd(14)}${title}`),
  ];
}
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
