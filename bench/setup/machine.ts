import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { projectRoot } from '../../server/config.ts';
import type { Machine } from '../report/result.ts';
import { query, withClient } from './sql-file.ts';

/** What the figures belong to. */
export async function describeMachine(url: string): Promise<Machine> {
  const [data] = await withClient(url, (client) =>
    query<{ postgres: string; data_version: string; source: string }>(client, 'setup/describe.sql'),
  );
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${distribution()} (${type()} ${release()})`,
    postgres: `PostgreSQL ${data?.postgres ?? 'unknown'}`,
    node: process.version.slice(1),
    dataVersion: data?.data_version ?? 'unknown',
    // The place of a file says nothing elsewhere.
    dataSource: data?.source.replace(projectRoot, '').replace(/^.*\//, '') ?? 'unknown',
  };
}

function distribution(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
