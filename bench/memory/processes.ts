import { readFileSync } from 'node:fs';
import { hasCode } from '../../server/failure.ts';
import { LeftOut } from '../setup/section.ts';

/** Memory of one process in MB. */
export interface Memory {
  /** Resident: pages shared with others (shared buffers, program code) count in full. */
  rss: number;
  /** Proportional: a page shared by n processes counts a n-th, so that a sum over processes is right. */
  pss: number;
}

/** Whether a process number of PostgreSQL's is one of this machine's, and not of another or of a container. */
export function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
}

/** The process that started another; null when that has ended. */
export function parentOf(pid: number): number | null {
  try {
    // The name in parentheses may hold blanks; state and parent follow it.
    const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return parent === undefined ? null : Number(parent);
  } catch {
    return null;
  }
}

/** Reads the memory of a process; null when it has ended. @throws {LeftOut} when the system does not say */
export function memoryOf(pid: number): Memory | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return null;
    if (hasCode(error, 'ENOENT') && isLinux()) return null;
    throw new LeftOut(
      'the memory of the processes cannot be read (/proc/<pid>/smaps_rollup): run on Linux, as root or as the user of the database',
    );
  }
  return parseRollup(text);
}

function isLinux(): boolean {
  return process.platform === 'linux';
}

/** Exported for its test. Without its figures a text is a process that is about to end: it has no memory any more. */
export function parseRollup(text: string): Memory {
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { rss: megabytes('Rss'), pss: megabytes('Pss') };
}
