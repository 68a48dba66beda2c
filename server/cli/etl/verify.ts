import { Failure } from '../../failure.ts';
import type { Context } from '../context.ts';
import { failWith } from './outcome.ts';

/** Puts a release before the gates again; @param release its number, or a data version that ends in it; else the current one. */
export async function verify(release: string | undefined, context: Context): Promise<void> {
  const number = /^(?:.*-r)?(\d{1,9})$/.exec(release ?? '')?.[1];
  if (release !== undefined && number === undefined) {
    throw new Failure(`--release is "${release}": must be a number or a data version such as 2026-03-r7`);
  }
  const pool = await context.platform('mvp_platform_etl');
  const { rows } = await pool.query<{ check_name: string; reason: string }>(
    'select check_name, reason from etl.verify_release($1)',
    [number ?? null],
  );
  if (rows.length === 0) {
    process.stdout.write('every gate is passed\n');
    return;
  }
  for (const { check_name, reason } of rows) process.stdout.write(`${check_name}: ${reason}\n`);
  failWith(
    'refused',
    `${rows.length} ${rows.length === 1 ? 'reason' : 'reasons'} not to publish this release`,
  );
}
