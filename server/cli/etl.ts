import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { etlSource } from '../config-values.ts';
import { Failure } from '../failure.ts';
import type { Command, Context } from './context.ts';
import { cancel } from './etl/cancel.ts';
import { run } from './etl/run.ts';
import { verify } from './etl/verify.ts';

const options = {
  source: { type: 'string' },
  force: { type: 'boolean' },
  reason: { type: 'string' },
  release: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Options = { [name in keyof typeof options]?: string | boolean };

/** Which options each action takes. */
const actions: Readonly<Record<string, readonly (keyof Options)[]>> = {
  run: ['source', 'force', 'reason'],
  status: ['json'],
  verify: ['release'],
  cancel: [],
  rollback: [],
};

export const etl: Command = {
  usage:
    'etl run [--source S] [--force --reason R]  |  etl status [--json]  |  etl verify [--release N]  |  etl cancel  |  etl rollback',
  summary: 'rebuild the vehicle data, show its state, check it, or go back to the release before',
  details: [
    'run            load, compile, check and publish, by a worker when one is up, else here; what is published stays',
    '               when it fails (exit code 1), is refused by a gate (2) or cancelled (3)',
    '--source S     bundled, nhtsa (its newest file), or the path or https URL of a file (.zip, .sql, .sql.gz) in the',
    "               format of NHTSA's dump; without it ETL_SOURCE",
    '--force        rebuild a source that has not changed, and publish whatever the gates say; needs a reason',
    '--reason R     why; it is kept with the run',
    'status         data version, age, next rebuild, releases, the last runs and what changed; --json for programs',
    'verify         put the current release, or --release N, before the gates again; exit code 2 when one objects',
    'cancel         end the rebuild that is on, and the attempt that is planned',
    'rollback       publish the release that the current one replaced',
  ],
  async run(args, context) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [action = '', ...more] = positionals;
    const allowed = actions[action];
    if (allowed === undefined) {
      throw new Failure(`etl takes ${Object.keys(actions).join(', ')}: see mvp-vehicles etl --help`);
    }
    const [foreign] = Object.keys(values).filter((name) => !allowed.some((known) => known === name));
    if (more.length > 0 || foreign !== undefined) {
      const what = more[0] ?? `--${foreign}`;
      throw new Failure(`etl ${action} does not take ${what}: see mvp-vehicles etl --help`);
    }
    if (action === 'run') {
      const forcedReason = readReason(values.force ?? false, values.reason);
      await run({ source: readSource(values.source), forcedReason }, context);
    } else if (action === 'status') await status(values.json ?? false, context);
    else if (action === 'verify') await verify(values.release, context);
    else if (action === 'cancel') await cancel(context);
    else await rollback(context);
  },
};

function readSource(text: string | undefined): string | null {
  if (text === undefined) return null;
  const parsed = etlSource((path) => existsSync(path)).safeParse(text);
  if (!parsed.success) throw new Failure(`--source is "${text}": must be ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** Force without a reason is a habit; a reason without force has no effect. */
function readReason(isForced: boolean, reason: string | undefined): string | undefined {
  const given = reason?.trim() || undefined;
  if (isForced && given === undefined)
    throw new Failure('--force needs --reason "…": it is kept with the run');
  if (!isForced && reason !== undefined) throw new Failure('--reason goes with --force');
  return given;
}

async function status(isJson: boolean, context: Context): Promise<void> {
  if (isJson) {
    const pool = await context.platform('mvp_platform_user');
    const { rows } = await pool.query<{ status: unknown }>('select api.status() as status');
    process.stdout.write(`${JSON.stringify(rows[0]?.status ?? null, null, 2)}\n`);
    return;
  }
  const pool = await context.platform('mvp_platform_etl');
  const { rows } = await pool.query<{ status: string }>('select etl.render_status() as status');
  process.stdout.write(`${rows[0]?.status}\n`);
}

async function rollback(context: Context): Promise<void> {
  const pool = await context.platform('mvp_platform_etl');
  const { rows } = await pool.query<{ version: string }>('select etl.rollback() as version');
  process.stdout.write(`published: ${rows[0]?.version}\n`);
}
