import type pg from 'pg';

/**
 * Compiles the raw rows that a database has into one more release, which is checked and not published yet.
 *
 * @param version the beginning of its data version
 * @returns the number for etl.publish
 */
export async function compileRelease(admin: pg.Client, version: string): Promise<number> {
  const { rows: runs } = await admin.query<{ run_id: number }>(
    "insert into etl.run (source, source_detail, forced_reason) values ('test', $1, 'a test') returning run_id",
    [{ version }],
  );
  const runId = runs[0]?.run_id;
  const { rows: steps } = await admin.query<{ step: string }>(
    'select step from etl.compile_steps() order by ordinal',
  );
  for (const { step } of steps) await admin.query('call etl.run_compile_step($1, $2)', [runId, step]);
  const { rows } = await admin.query<{ release_id: number }>('select etl.finish_run($1) as release_id', [
    runId,
  ]);
  // Forced: made-up rows have mistakes on purpose.
  await admin.query('select etl.check_run($1)', [runId]);
  return rows[0]?.release_id ?? 0;
}
