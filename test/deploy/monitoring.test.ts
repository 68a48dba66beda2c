// needs: data
/** Alerts and the dashboard: expressions that Prometheus understands, about metrics that a server really has. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { testFolder } from '../../etl/testing/rebuilds.ts';
import { hurriedWorker } from '../../etl/testing/workers.ts';
import { requestRebuild } from '../../etl/trigger.ts';
import { Worker } from '../../etl/worker.ts';
import { projectRoot } from '../../server/config.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { Service } from '../harness/service.ts';
import { documentsOf } from './manifests.ts';
import { expressionOf } from './promql.ts';

const rule = z.strictObject({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }).optional(),
  annotations: z.strictObject({ summary: z.string(), description: z.string() }).optional(),
});
const groups = z.array(z.looseObject({ name: z.string(), rules: z.array(rule) }));
const panel = z.looseObject({
  id: z.number(),
  title: z.string(),
  targets: z.array(z.looseObject({ expr: z.string() })).default([]),
});
const dashboard = z.looseObject({
  panels: z.array(panel),
  annotations: z.object({ list: z.array(z.looseObject({ expr: z.string() })) }),
});

const { dataDir } = testFolder();

function read(path: string): string {
  return readFileSync(join(projectRoot, 'deploy/monitoring', path), 'utf8');
}

const [file] = documentsOf(read('rules.yml'));
const rules = z
  .object({ groups })
  .parse(file)
  .groups.flatMap((group) => group.rules);
const board = dashboard.parse(JSON.parse(read('grafana/dashboards/mvp-platform-vehicles.json')));
const asked = [
  ...rules.map(({ expr }) => expr),
  ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...board.annotations.list.map(({ expr }) => expr),
];

test('the operator of Kubernetes is told the same rules', (t) => {
  const [manifest] = documentsOf(read('prometheus-rule.yaml'));
  t.deepEqual(z.looseObject({ spec: z.unknown() }).parse(manifest).spec, file);
});

test('an alert says how bad it is, what is the matter and what to do', (t) => {
  for (const one of rules) {
    t.true((one.alert === undefined) !== (one.record === undefined));
    if (one.alert === undefined) continue;
    t.not(one.labels, undefined, one.alert);
    t.not(one.annotations, undefined, one.alert);
  }
  const alerts = rules.flatMap(({ alert }) => alert ?? []);
  t.is(new Set(alerts).size, alerts.length);
});

test('every expression is PromQL', (t) => {
  for (const text of asked) t.deepEqual(expressionOf(text).errors, [], text);
  t.not(expressionOf('sum(rate(a[5m])').errors.length, 0);
});

/** Samples of metrics with the names of their labels, as a server tells them that has done something of everything. */
async function samples(): Promise<Map<string, Set<string>>> {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const [platform, app] = [await ownDatabase(server, 'data'), await ownDatabase(server, 'app')];
  const worker = await Worker.start(hurriedWorker({ url: platform.url, source: 'bundled', dataDir }));
  const urls = { PLATFORM_DATABASE_URL: platform.url, DATABASE_URL: app.url };
  const service = new Service({ ...urls, DATA_DIR: dataDir, PORT: '0', WORKER: 'off', LOG_LEVEL: 'error' });
  try {
    const base = await service.listening();
    await requestRebuild(worker.jobs, { requestedBy: 'a test' });
    await (await fetch(`${base}/api/vehicles/dropdown/makes`)).arrayBuffer();
    const text = await (await fetch(`${base}/metrics`)).text();
    const found = new Map<string, Set<string>>();
    // Also those that have no sample here, because there are no replicas.
    for (const [, name = ''] of text.matchAll(/^# TYPE (\w+) /gm)) found.set(name, new Set());
    for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
      const names = found.get(name) ?? new Set();
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) names.add(label);
      found.set(name, names);
    }
    return found;
  } finally {
    await service.stop();
    await worker.stop();
    await Promise.all([platform.drop(), app.drop()]);
  }
}

test('every metric that is asked for, and every label, is one of a server', async (t) => {
  const found = await samples();
  const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
  // What Prometheus adds to each sample.
  const added = ['job', 'instance'];
  for (const text of asked) {
    const { metrics, labels } = expressionOf(text);
    const own = metrics.filter((name) => name !== 'up' && !recorded.has(name));
    for (const name of own) t.true(found.has(name), `${name}, in ${text}`);
    const known = new Set([...own.flatMap((name) => [...(found.get(name) ?? [])]), ...added]);
    for (const label of labels) t.true(known.has(label), `${label}, in ${text}`);
  }
});
