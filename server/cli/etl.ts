import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { etlSource } from '../config-values.ts';
import { migrate } from '../database/migrate.ts';
import { describe, Failure } from '../failure.ts';
import { load } from '../start/first-load.ts';
import type { Command, Context } from './context.ts';

export const etl: Command = {
  usage: 'etl run [--source S]  |  etl status  |  etl rollback',
  summary: 'rebuild the vehicle data, show its state, or go back to the release before',
  details: [
    'run            load, compile, check and publish; what is published stays when it fails',
    '--source S     bundled, nhtsa (its newest file), or the path or https URL of a file (.zip, .sql, .sql.gz) in the',
    "               format of NHTSA's dump; without it ETL_SOURCE",
    'status         data version, source, age, last run',
    'rollback       publish the release before the current one',
  ],
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { source: { type: 'string' } },
    });
    const [action, ...more] = positionals;
    if (more.length > 0) throw new Failure(`etl ${action} takes nothing more: see mvp-vehicles etl --help`);
    if (action === 'run') await run(readSource(values.source) ?? context.config.etlSource, context);
    else if (action === 'status') await status(context);
    else if (action === 'rollback') await rollback(context);
    else throw new Failure('etl takes run, status or rollback: see mvp-vehicles etl --help');
  },
};

function readSource(text: string | undefined): string | null {
  if (text === undefined) return null;
  const parsed = etlSource((path) => existsSync(path)).safeParse(text);
  if (!parsed.success) throw new Failure(`--source is "${text}": must be ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

async function run(source: string, context: Context): Promise<void> {
  const { url } = await context.open(['platform']);
  await migrate({ url: url.platform, series: 'platform', note: context.note });
  const { signal, config } = context;
  try {
    const { dataVersion } = await load({ url: url.platform, source, config, signal });
    process.stdout.write(`${dataVersion}\n`);
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure(`what was published stays: ${describe(error)}`, { cause: error });
  }
}

async function status(context: Context): Promise<void> {
  const pool = await context.platform('mvp_platform_user');
  const { rows } = await pool.query<{ status: unknown }>('select api.status() as status');
  process.stdout.write(`${JSON.stringify(rows[0]?.status ?? null, null, 2)}\n`);
}

async function rollback(context: Context): Promise<void> {
  const pool = await context.platform('mvp_platform_etl');
  const { rows } = await pool.query<{ version: string }>('select etl.rollback() as version');
  process.stdout.write(`published: ${rows[0]?.version}\n`);
}
