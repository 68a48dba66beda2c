import { loadTables } from '../../etl/load.ts';
import { silentProgress } from '../../etl/progress.ts';
import { openSource } from '../../etl/sources/source.ts';
import { query, withClient } from '../setup/sql-file.ts';

/** One rebuild of multiplied data. */
export interface Rebuild {
  patterns: number;
  /** Seconds of each compile step and of publishing, by description, in their order. */
  seconds: Map<string, number>;
  /** All of them, and loading the real rows as often as the data is multiplied. */
  total: number;
}

export interface RebuildOptions {
  url: string;
  source: string;
  dataDir: string;
  /** How many times the data. */
  factor: number;
  signal: AbortSignal;
}

/**
 * The steps of a real rebuild, in one session as it wants them, with copies of all makers added between loading and
 * compiling. Adding them is not part of the time; loading counts `factor` times, as a source of that size would take.
 */
export async function rebuildMultiplied(options: RebuildOptions): Promise<Rebuild> {
  const { url, factor, signal } = options;
  const source = await openSource(options.source, options.dataDir);
  try {
    return await withClient(url, async (client) => {
      const [run] = await query<{ run_id: number }>(client, 'growth/begin_run.sql', [
        source.spec,
        JSON.stringify(source.describe()),
      ]);
      const runId = run?.run_id ?? 0;
      const seconds = new Map<string, number>();
      const loading = await timed(() => loadTables(client, runId, source.tables(), silentProgress, signal));
      seconds.set('load the raw rows', loading * factor);
      const [made] = await query<{ patterns: string }>(client, 'growth/multiply_rows.sql', [factor - 1]);
      const steps = await query<{ step: string; description: string }>(client, 'growth/steps.sql');
      for (const { step, description } of steps) {
        signal.throwIfAborted();
        seconds.set(description, await timed(() => query(client, 'growth/run_step.sql', [runId, step])));
      }
      seconds.set('publish', await timed(() => query(client, 'growth/publish.sql', [runId])));
      await query(client, 'growth/drop_older.sql');
      await query(client, 'setup/vacuum.sql');
      const total = [...seconds.values()].reduce((sum, each) => sum + each, 0);
      return { patterns: Number(made?.patterns), seconds, total };
    });
  } finally {
    await source.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
