/** What processes take, looked at every few seconds, and whether that grows. */

import { globSync, readdirSync, readFileSync } from 'node:fs';
import type { Stage } from './stage.ts';

/** What is watched, each a number that a leak would have grow. */
export interface Vitals {
  'server: memory of its own, MB': number;
  'server: heap in use, MB': number;
  'server: open files but for its clients’ connections': number;
  'worker: memory of its own, MB': number;
  'platform database: memory of its backends, MB': number;
  'platform database: processes': number;
  'main database: memory of its backends, MB': number;
  'main database: processes': number;
}

type Name = keyof Vitals;

/** Less growth than this is no leak but the weather: a garbage collection that came later, a backend more. */
const TOLERATED = { share: 0.1, megabytes: 10, pieces: 6 };

/** Over less time a heap that has not found its size yet looks like a leak. */
const LEAST_MS = 4 * 60_000;

/** Looks once. @param metrics what `/metrics` says @param clients connections of clients */
export function lookAt(stage: Stage, metrics: string, clients: number): Vitals {
  const server = stage.service.pid ?? 0;
  const worker = childrenOf(server).find((pid) => commandOf(pid).includes('server/worker.ts')) ?? 0;
  const platform = childrenOf(stage.platform.cluster.pid ?? 0);
  const main = childrenOf(stage.main.cluster.pid ?? 0);
  const sum = (pids: readonly number[]): number => pids.reduce((total, pid) => total + ownMegabytes(pid), 0);
  return {
    'server: memory of its own, MB': ownMegabytes(server),
    'server: heap in use, MB':
      Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(metrics)?.[1] ?? 0) / 2 ** 20,
    'server: open files but for its clients’ connections': openFiles(server) - clients,
    'worker: memory of its own, MB': ownMegabytes(worker),
    'platform database: memory of its backends, MB': sum(platform),
    'platform database: processes': platform.length,
    'main database: memory of its backends, MB': sum(main),
    'main database: processes': main.length,
  };
}

export interface Trend {
  readonly [column: string]: string | number;
}

/** A row for each of them over the second half of a run, and what grows. */
export function trendsOf(looks: readonly { at: number; vitals: Vitals }[]): {
  rows: Trend[];
  leaks: string[];
} {
  const half = looks.slice(Math.floor(looks.length / 2));
  const [first] = half;
  const last = half.at(-1);
  if (first === undefined || last === undefined) return { rows: [], leaks: ['nothing was looked at'] };
  const isJudged = last.at - first.at >= LEAST_MS;
  const hours = (last.at - first.at) / 3_600_000;
  const rows: Trend[] = [];
  const leaks: string[] = [];
  for (const name of Object.keys(first.vitals) as Name[]) {
    const points = half.map(({ at, vitals }) => ({ at, value: vitals[name] }));
    const grown = slopeOf(points) * (last.at - first.at);
    const middle = points.toSorted((a, b) => a.value - b.value)[Math.floor(points.length / 2)]?.value ?? 0;
    const floor = name.endsWith('MB') ? TOLERATED.megabytes : TOLERATED.pieces;
    if (isJudged && grown > Math.max(floor, middle * TOLERATED.share)) {
      leaks.push(`${name}: grew by ${rounded(grown)} in ${Math.round(hours * 60)} minutes`);
    }
    rows.push({
      'second half of the run': name,
      least: rounded(Math.min(...points.map(({ value }) => value))),
      median: rounded(middle),
      most: rounded(Math.max(...points.map(({ value }) => value))),
      'growth by the line through all looks': rounded(grown),
    });
  }
  return { rows, leaks };
}

/** Of the line with the least squares. */
function slopeOf(points: readonly { at: number; value: number }[]): number {
  const mean = (of: (point: { at: number; value: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const at = mean((point) => point.at);
  const value = mean((point) => point.value);
  const spread = mean((point) => (point.at - at) ** 2);
  return spread === 0 ? 0 : mean((point) => (point.at - at) * (point.value - value)) / spread;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The processes that a process started and that are still there. */
export function childrenOf(pid: number): number[] {
  return globSync(`/proc/${pid}/task/*/children`).flatMap((path) =>
    textOf(path).split(' ').filter(Boolean).map(Number),
  );
}

export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** Memory that it shares with nobody. */
function ownMegabytes(pid: number): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** Nothing where the process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
