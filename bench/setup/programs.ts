import { spawn } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '../../server/failure.ts';

/** Where a program is on a search path, or null. Debian keeps pgbench beside each version of PostgreSQL. */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | null {
  const folders = path.split(delimiter);
  const candidates = [
    ...folders.map((folder) => join(folder, name)),
    ...globSync(`/usr/lib/postgresql/*/bin/${name}`).sort().reverse(),
  ];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunOptions {
  cwd?: string;
  /** The whole environment; PATH and HOME of ours when absent. */
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/**
 * Runs a program to its end. @returns its standard output
 * @throws {Failure} with the first line it said about an error, else its last, when it fails
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    // Only its end is ever shown.
    complaint = (complaint + text).slice(-10_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return output;
  const lines = (complaint.trim() || output.trim()).split('\n');
  const said = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
  throw new Failure(`${file} ended with exit code ${code}: ${said}`);
}
