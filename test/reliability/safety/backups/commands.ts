/** The commands of docs/SCALING.md, run as they stand there: what a test typed anew would show nothing about the page. */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../../server/config.ts';

/** The page's block of commands that begins with this remark. @throws when there is none */
export function commandsOf(remark: string): string {
  const page = readFileSync(join(projectRoot, 'docs/SCALING.md'), 'utf8');
  const [, block] = new RegExp(`^\`\`\`sh\\n(# ${remark}[\\s\\S]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  if (block === undefined) throw new Error(`docs/SCALING.md has no commands for: ${remark}`);
  return block;
}

/** The page's line of pg_basebackup. */
export function baseBackupCommand(): string {
  const page = readFileSync(join(projectRoot, 'docs/SCALING.md'), 'utf8');
  const [, line] = /^`(pg_basebackup [^`]+)`/m.exec(page) ?? [];
  if (line === undefined) throw new Error('docs/SCALING.md has no pg_basebackup');
  return line;
}

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs commands in a folder; the first that fails ends them. @throws with what it said */
export async function runCommands(
  commands: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Said> {
  return promisify(execFile)('sh', ['-ec', commands], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
}
