import type { Client } from 'pg';

/** The role of everything that a rebuild and its jobs do. */
export const ETL_ROLE = 'mvp_platform_etl';

/** Calls one function whose result is named `value`: `select etl.begin_run($1) as value`. */
export async function call<T>(client: Client, statement: string, parameters: readonly unknown[]): Promise<T> {
  const { rows } = await client.query<{ value: T }>(statement, [...parameters]);
  const [row] = rows;
  if (!row) throw new Error(`no row from ${statement}`);
  return row.value;
}
