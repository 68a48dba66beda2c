/** What the platform database tells of the data, its rebuilds and its jobs. */

import { Counter, Gauge, Registry } from 'prom-client';
import type { Queries } from '../database/queries.ts';
import { askAll } from '../http/ask.ts';

const statement = { name: 'metrics', text: 'select api.metrics() as metrics' };

/** What `api.metrics()` gives. */
export interface PlatformMetrics {
  release: {
    dataVersion: string;
    ageSeconds: number;
    goodAgeSeconds: number;
    isStale: boolean;
    isOutdated: boolean;
    rows: Record<string, number>;
  } | null;
  workerAgeSeconds: number | null;
  nextInSeconds: number | null;
  lastRun: { runId: number; status: string } | null;
  runs: {
    status: string;
    count: number;
    ageSeconds: number;
    durationSeconds: number;
    loadedRows: number | null;
    peakMemoryBytes: number | null;
  }[];
  jobs: { queue: string; state: string; count: number }[];
}

/** @throws Problem as the SQLSTATE table says */
export async function askPlatformMetrics(platform: Queries): Promise<PlatformMetrics> {
  const [row] = await askAll<{ metrics: PlatformMetrics }>(platform, statement, []);
  if (row === undefined) throw new Error('api.metrics gave no row');
  return row.metrics;
}

/**
 * Anew for each scrape: a gauge once made goes on to tell its last value, and what the database cannot tell must be
 * missing.
 *
 * @param told null while the database does not answer
 */
export function registryOf(told: PlatformMetrics | null): Registry {
  const registry = new Registry();
  const tell = telling(registry);
  tell('up', '1 when the platform database answered this scrape.', [[Number(told !== null)]]);
  if (told === null) return registry;
  const { release, lastRun, runs, jobs } = told;
  if (release !== null) {
    tell('release_info', 'The published release.', [[1, { data_version: release.dataVersion }]]);
    tell('data_age_seconds', 'Seconds since the published release was built.', [[release.ageSeconds]]);
    tell('rebuild_good_age_seconds', 'Seconds since a rebuild last ended well.', [[release.goodAgeSeconds]]);
    tell('data_stale', '1 when that is longer ago than ETL_MAX_AGE.', [[Number(release.isStale)]]);
    tell('data_outdated', '1 when the data is older than the newest migration.', [
      [Number(release.isOutdated)],
    ]);
    tell(
      'release_rows',
      'Rows of the published release, by the compile step that made them.',
      Object.entries(release.rows).map(([step, rows]) => [rows, { step }]),
    );
  }
  tell('worker_age_seconds', 'Seconds since a worker last confirmed the schedule.', [
    [told.workerAgeSeconds],
  ]);
  tell('rebuild_next_seconds', 'Seconds until the next rebuild is due.', [[told.nextInSeconds]]);
  tell(
    'rebuild_last_run',
    'Number of the last run, by how it stands.',
    lastRun === null ? [] : [[lastRun.runId, { status: lastRun.status }]],
  );
  const ofRuns = (value: (run: PlatformMetrics['runs'][number]) => number | null): Sample[] =>
    runs.map((run) => [value(run), { status: run.status }]);
  new Counter({
    name: 'mvp_platform_rebuilds_total',
    help: 'Rebuilds that are over, by how they ended.',
    labelNames: ['status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { status, count } of runs) this.inc({ status }, count);
    },
  });
  tell(
    'rebuild_age_seconds',
    'Seconds since the last rebuild that ended so.',
    ofRuns((run) => run.ageSeconds),
  );
  tell(
    'rebuild_duration_seconds',
    'How long the last rebuild took that ended so.',
    ofRuns((run) => run.durationSeconds),
  );
  tell(
    'rebuild_loaded_rows',
    'Rows that the last rebuild loaded that ended so.',
    ofRuns((run) => run.loadedRows),
  );
  tell(
    'rebuild_peak_memory_bytes',
    'Most memory that the last rebuild held that ended so.',
    ofRuns((run) => run.peakMemoryBytes),
  );
  tell(
    'jobs',
    'Jobs in the queue, by state, as long as pg-boss keeps them.',
    jobs.map(({ queue, state, count }) => [count, { queue, state }]),
  );
  return registry;
}

/** A value, null when there is none to tell, and its labels. */
type Sample = readonly [value: number | null, labels?: Readonly<Record<string, string>>];

function telling(registry: Registry): (name: string, help: string, samples: Sample[]) => void {
  return (name, help, samples) => {
    const there = samples.filter(([value]) => value !== null);
    const [first] = there;
    if (first === undefined) return;
    const gauge = new Gauge({
      name: `mvp_platform_${name}`,
      help,
      labelNames: Object.keys(first[1] ?? {}),
      registers: [registry],
    });
    for (const [value, labels = {}] of there) if (value !== null) gauge.set(labels, value);
  };
}
