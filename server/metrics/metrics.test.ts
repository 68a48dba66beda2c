/** `/metrics` of an app without a database, or with one that answers what a test wants. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { pino } from 'pino';
import { until } from '../../test/harness/until.ts';
import { createApp } from '../app.ts';
import type { CacheCounts } from '../cache/open.ts';
import type { DatabasesStatus } from './databases.ts';
import type { PlatformMetrics } from './platform.ts';
import { parseExposition } from './testing/exposition.ts';

const told: PlatformMetrics = {
  release: {
    dataVersion: 'v"1',
    ageSeconds: 60.5,
    goodAgeSeconds: 30,
    isStale: false,
    isOutdated: true,
    rows: { wmis: 3 },
  },
  workerAgeSeconds: 4,
  nextInSeconds: null,
  lastRun: { runId: 7, status: 'failed' },
  runs: [
    {
      status: 'failed',
      count: 1,
      ageSeconds: 9,
      durationSeconds: 2,
      loadedRows: null,
      peakMemoryBytes: null,
    },
    {
      status: 'published',
      count: 3,
      ageSeconds: 90,
      durationSeconds: 60,
      loadedRows: 42,
      peakMemoryBytes: 8,
    },
  ],
  jobs: [{ queue: 'rebuild', state: 'completed', count: 3 }],
};

const quiet = { state: 'closed', failures: 0, openings: 0, refusals: 0, underWay: 0, pools: [] } as const;

const databases: DatabasesStatus = {
  servers: {
    platform: {
      ...quiet,
      underWay: 2,
      pools: [{ name: 'server', total: 5, idle: 3, waiting: 1, max: 7 }],
    },
    main: { ...quiet, state: 'open', failures: 6, openings: 2, refusals: 40 },
  },
  replicas: [
    { name: 'r:1/x', status: 'up', latencyMs: 1, lagSeconds: 0.5, dataVersion: 'v"1', underWay: 0 },
    { name: 'r:2/x', status: 'down', latencyMs: null, lagSeconds: null, dataVersion: null, underWay: 0 },
  ],
  retries: 3,
};

const counts: CacheCounts = {
  memory: { hits: 9, misses: 4 },
  memoryBytes: 1_000,
  negativeHits: 2,
  redis: {
    reads: { hits: 3, misses: 1, failures: 0 },
    writes: { written: 5, failures: 6, dropped: 7 },
  },
};

/** An app on a database that answers so; gives what asks for a path, and what `/metrics` says as its samples. */
async function serve(t: ExecutionContext, query: () => Promise<unknown>) {
  const platform = Object.assign(new pg.Pool({ max: 7 }), { query });
  const app = createApp({
    platform,
    databases: () => databases,
    cacheCounts: () => counts,
    logger: pino({ level: 'silent' }),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const reply = await fetch(base + path, init);
    await reply.clone().arrayBuffer();
    return reply;
  };
  const samples = async (): Promise<Map<string, number>> => {
    const families = parseExposition(await (await ask('/metrics')).text());
    return new Map([...families.values()].flatMap((family) => [...family.samples]));
  };
  return { ask, samples, base };
}

const answering = async (): Promise<unknown> => ({
  rows: [{ body: '[]', own: '', is_common: false, version: 'v1', metrics: told }],
});

test('what the database tells becomes metrics; what it cannot tell is missing', async (t) => {
  const { samples } = await serve(t, answering);
  const actual = await samples();
  for (const [sample, value] of [
    ['mvp_platform_up', 1],
    ['mvp_platform_release_info{data_version="v\\"1"}', 1],
    ['mvp_platform_data_age_seconds', 60.5],
    ['mvp_platform_rebuild_good_age_seconds', 30],
    ['mvp_platform_data_stale', 0],
    ['mvp_platform_data_outdated', 1],
    ['mvp_platform_release_rows{step="wmis"}', 3],
    ['mvp_platform_worker_age_seconds', 4],
    ['mvp_platform_rebuild_next_seconds', undefined],
    ['mvp_platform_rebuild_last_run{status="failed"}', 7],
    ['mvp_platform_rebuilds_total{status="published"}', 3],
    ['mvp_platform_rebuild_age_seconds{status="failed"}', 9],
    ['mvp_platform_rebuild_duration_seconds{status="published"}', 60],
    ['mvp_platform_rebuild_loaded_rows{status="published"}', 42],
    ['mvp_platform_rebuild_loaded_rows{status="failed"}', undefined],
    ['mvp_platform_rebuild_peak_memory_bytes{status="published"}', 8],
    ['mvp_platform_jobs{queue="rebuild",state="completed"}', 3],
    ['mvp_platform_db_up{server="platform"}', 1],
    ['mvp_platform_db_up{server="main"}', 0],
    ['mvp_platform_db_questions{server="platform"}', 2],
    ['mvp_platform_db_failures_total{server="main"}', 6],
    ['mvp_platform_db_openings_total{server="main"}', 2],
    ['mvp_platform_db_refusals_total{server="main"}', 40],
    ['mvp_platform_db_retries_total', 3],
    ['mvp_platform_cache_lookups_total{tier="memory",result="hit"}', 9],
    ['mvp_platform_cache_lookups_total{tier="memory",result="miss"}', 4],
    ['mvp_platform_cache_lookups_total{tier="negative",result="hit"}', 2],
    ['mvp_platform_cache_lookups_total{tier="redis",result="hit"}', 3],
    ['mvp_platform_cache_lookups_total{tier="redis",result="failure"}', 0],
    ['mvp_platform_cache_writes_total{result="written"}', 5],
    ['mvp_platform_cache_writes_total{result="dropped"}', 7],
    ['mvp_platform_cache_memory_bytes', 1_000],
    ['mvp_platform_replica_used{replica="r:1/x"}', 1],
    ['mvp_platform_replica_used{replica="r:2/x"}', 0],
    ['mvp_platform_replica_lag_seconds{replica="r:1/x"}', 0.5],
    ['mvp_platform_db_pool_max_connections{server="platform",pool="server"}', 7],
    ['mvp_platform_db_pool_waiting{server="platform",pool="server"}', 1],
    ['mvp_platform_db_pool_connections{server="platform",pool="server",state="idle"}', 3],
    ['mvp_platform_db_pool_connections{server="platform",pool="server",state="in_use"}', 2],
  ] as const) {
    t.is(actual.get(sample), value, sample);
  }
  t.true(actual.has('process_resident_memory_bytes'));
  t.true(actual.has('nodejs_eventloop_lag_p99_seconds'));
});

test('nothing published: no data, everything else', async (t) => {
  const nothing = { ...told, release: null, lastRun: null, runs: [], jobs: [] };
  const { samples } = await serve(t, async () => ({ rows: [{ metrics: nothing }] }));
  const names = [...(await samples()).keys()].filter((name) => name.startsWith('mvp_platform_'));
  t.true(names.includes('mvp_platform_up'));
  t.true(names.includes('mvp_platform_worker_age_seconds'));
  t.deepEqual(
    names.filter((name) => /release|data_|rebuild/.test(name)),
    [],
  );
});

test('a request adds to exactly the series that are its own', async (t) => {
  const { ask, samples } = await serve(t, answering);
  await samples();
  const before = await samples();
  await ask('/api/vehicles/dropdown/makes');
  await ask('/API/Vehicles/dropdown/models/Honda?year=2003');
  await ask('/api/vehicles/decode/nonsense');
  await ask('/api/vehicles/decode/1HGCM82633A004352', { method: 'HEAD' });
  await ask('/api/vehicles/dropdown/makes', { method: 'DELETE' });
  await ask('/api/vehicles/decode/1HGCM82633A004352/elsewhere');
  await ask('/wp-login.php');
  await ask('/.env', { method: 'PROPFIND' });
  const after = await samples();
  const added = [...after]
    .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
    .filter(([name, more]) => more !== 0 && /^mvp_platform_http_(requests_total|.*_count|cache)/.test(name));
  const dropdown = '/api/vehicles/dropdown';
  t.deepEqual(Object.fromEntries(added), {
    [`mvp_platform_http_requests_total{method="GET",route="${dropdown}/makes",code="200"}`]: 1,
    [`mvp_platform_http_requests_total{method="GET",route="${dropdown}/models/:make",code="200"}`]: 1,
    [`mvp_platform_http_requests_total{method="DELETE",route="${dropdown}/makes",code="405"}`]: 1,
    'mvp_platform_http_requests_total{method="GET",route="/api/vehicles/decode/:vin",code="400"}': 1,
    'mvp_platform_http_requests_total{method="HEAD",route="/api/vehicles/decode/:vin",code="200"}': 1,
    'mvp_platform_http_requests_total{method="GET",route="unknown",code="404"}': 2,
    'mvp_platform_http_requests_total{method="other",route="unknown",code="404"}': 1,
    'mvp_platform_http_requests_total{method="GET",route="/metrics",code="200"}': 1,
    [`mvp_platform_http_request_duration_seconds_count{method="GET",route="${dropdown}/makes"}`]: 1,
    [`mvp_platform_http_request_duration_seconds_count{method="GET",route="${dropdown}/models/:make"}`]: 1,
    [`mvp_platform_http_request_duration_seconds_count{method="DELETE",route="${dropdown}/makes"}`]: 1,
    'mvp_platform_http_request_duration_seconds_count{method="GET",route="/api/vehicles/decode/:vin"}': 1,
    'mvp_platform_http_request_duration_seconds_count{method="HEAD",route="/api/vehicles/decode/:vin"}': 1,
    'mvp_platform_http_request_duration_seconds_count{method="GET",route="unknown"}': 2,
    'mvp_platform_http_request_duration_seconds_count{method="other",route="unknown"}': 1,
    'mvp_platform_http_request_duration_seconds_count{method="GET",route="/metrics"}': 1,
    [`mvp_platform_http_cache_answers_total{method="GET",route="${dropdown}/makes",result="miss"}`]: 1,
    [`mvp_platform_http_cache_answers_total{method="GET",route="${dropdown}/models/:make",result="miss"}`]: 1,
    'mvp_platform_http_cache_answers_total{method="HEAD",route="/api/vehicles/decode/:vin",result="miss"}': 1,
  });
  t.is(after.get('mvp_platform_http_requests_in_flight'), 1, 'the scrape itself');
});

test('a client that goes away is counted as such, and as under way until then', async (t) => {
  const asked = Promise.withResolvers<void>();
  const { samples, base } = await serve(t, () => {
    asked.resolve();
    return new Promise<never>(() => undefined);
  });
  const leaving = new AbortController();
  const reply = fetch(`${base}/api/vehicles/dropdown/makes`, { signal: leaving.signal });
  await asked.promise;
  t.is((await samples()).get('mvp_platform_http_requests_in_flight'), 2);
  leaving.abort();
  await t.throwsAsync(reply);
  const route = 'method="GET",route="/api/vehicles/dropdown/makes"';
  let actual = await samples();
  await until(async () => {
    actual = await samples();
    return actual.get('mvp_platform_http_requests_in_flight') === 1;
  });
  t.is(actual.get(`mvp_platform_http_requests_total{${route},code="aborted"}`), 1);
});

test('a database that does not answer keeps no scrape waiting', async (t) => {
  for (const query of [
    () => new Promise<never>(() => undefined),
    () => Promise.reject(new Error('no connection')),
  ]) {
    const { samples } = await serve(t, query);
    // The first question is never answered.
    const actual = await samples();
    t.is(actual.get('mvp_platform_up'), 0);
    t.is(actual.get('mvp_platform_data_age_seconds'), undefined);
    t.true(actual.has('process_cpu_seconds_total'));
  }
});
