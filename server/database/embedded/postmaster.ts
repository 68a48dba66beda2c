import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../failure.ts';

/** What a running PostgreSQL says of itself in its data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  /** The folder of its unix socket; empty when it has none. */
  socketDir: string;
  status: 'starting' | 'stopping' | 'ready' | 'standby';
}

/**
 * The PostgreSQL that runs on this data directory, or null. A file left behind by one that died is removed
 * when its process number belongs to another program by now: PostgreSQL would take that for itself and refuse
 * to start (common in containers, where process numbers repeat).
 */
export function findPostmaster(cluster: string): Postmaster | null {
  const path = join(cluster, 'postmaster.pid');
  const said = readPidFile(path);
  if (said === null) return null;
  if (!isAlive(said.pid)) return null;
  if (isPostgresOf(said.pid, cluster)) return said;
  rmSync(path, { force: true });
  return null;
}

/** Lines: process, data directory, start time, port, socket folder, address, shared memory, status. */
function readPidFile(path: string): Postmaster | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!Number.isInteger(pid) || pid === 0) return null;
  const status = lines[7];
  return {
    pid,
    port: Number.parseInt(lines[3] ?? '', 10) || 0,
    socketDir: lines[4] ?? '',
    status: status === 'ready' || status === 'stopping' || status === 'standby' ? status : 'starting',
  };
}

/** Whether the process is there and runs. One that has ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  try {
    // "pid (name) state …": the name may contain anything, brackets too.
    return !/^Z|^X/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)\s*/s, ''));
  } catch {
    return true;
  }
}

/**
 * Whether the process is the PostgreSQL of this data directory, inside which it works. In doubt it is: taking
 * a running one for dead would let a second one at its files.
 */
function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    // No /proc (macOS), or not ours to look into (root without CAP_SYS_PTRACE in a container).
    return /postgres/.test(programName(pid) ?? 'postgres');
  }
}

function programName(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch {
    const ps = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.status === 0 ? ps.stdout : null;
  }
}
