import type pg from 'pg';

/** Whatever answers statements: a pool, or what stands in front of pools. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<{ rows: Row[] }>;
}
