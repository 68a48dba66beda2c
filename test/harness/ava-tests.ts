import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../server/config.ts';
import type { TestServer } from './databases.ts';
import type { Needs } from './prepare.ts';
import { needOf } from './sql-tests.ts';
import type { Tally } from './tally.ts';
import { TapReader } from './tap.ts';

/** Finds ava's files below `filter`. */
export function findAvaTests(filter = ''): string[] {
  return globSync(['server/**/*.test.ts', 'etl/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'], {
    cwd: projectRoot,
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.startsWith(filter))
    .sort();
}

/** What the files say they need, in a remark `// needs: data`. */
export function needsOf(paths: string[]): Needs {
  const needs = paths.map((path) => needOf(path, readFileSync(join(projectRoot, path), 'utf8')));
  return { data: needs.includes('data'), fixture: needs.includes('fixture') };
}

/** Runs ava once over all files and adds what it reports to the tally. */
export async function runAvaTests(
  paths: string[],
  servers: TestServer[],
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('ava')));
  const child = spawn(process.execPath, [cli, '--tap', ...paths], {
    cwd: projectRoot,
    env: { ...process.env, TEST_PG_URLS: JSON.stringify(servers) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const cancel = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', cancel, { once: true });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const tap = new TapReader();
  for await (const line of createInterface({ input: child.stdout })) tap.line(line);
  const code = await exited;
  signal.removeEventListener('abort', cancel);
  const trouble = tap.problems(false);
  if (code !== 0 && (tap.failures.length === 0 || trouble.length > 0)) {
    const last = tap.tests.at(-1)?.name ?? 'none';
    trouble.push(`ava ended with exit code ${code}; the last test that it told of: ${last}`);
  }
  tally.add('ava', tap, trouble);
}
