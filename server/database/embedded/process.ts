import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure.ts';
import { asAccount } from './account.ts';
import { asFailure, type Home, makeFolder } from './home.ts';
import { findPostmaster, isAlive, type Postmaster } from './postmaster.ts';

/** How often the state of a starting or stopping PostgreSQL is looked at. */
const pollMs = 20;
/** A fast shutdown writes all changed pages; on a slow disk that takes seconds. After this, an immediate one. */
const stopTimeoutMs = 60_000;
/** Unix socket paths end at 107 bytes on Linux and 103 on macOS. */
const longestSocketPath = 103;
const ownTemporaryPrefix = 'mvp-platform-vehicles-';

/**
 * Starts PostgreSQL and waits until it takes connections.
 * @returns null when another process started it at the same moment: join that one
 * @throws {Failure} with PostgreSQL's own reason
 */
export async function startPostgres(home: Home, signal?: AbortSignal): Promise<Postmaster | null> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await startOnce(home, await freePort(), signal);
    if (outcome === 'port taken' && attempt < 5) continue;
    if (outcome === 'port taken')
      throw new Failure('no free TCP port on 127.0.0.1 for the embedded PostgreSQL');
    return outcome === 'other' ? null : outcome;
  }
}

async function startOnce(
  home: Home,
  port: number,
  signal?: AbortSignal,
): Promise<Postmaster | 'other' | 'port taken'> {
  signal?.throwIfAborted();
  const socketDir = socketFolder(home);
  const log = openLog(home);
  const child = spawn(
    home.binaries.postgres,
    ['-D', home.cluster, ...settings(port, socketDir).flatMap((setting) => ['-c', setting])],
    // A session of its own: the terminal's Ctrl-C goes to the server, which stops PostgreSQL when it has drained.
    { ...asAccount(home.account), stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  closeSync(log.fd);
  child.unref();
  let failed: Error | null = null;
  child.once('error', (error) => {
    failed = error;
  });
  while (failed === null && child.exitCode === null && child.signalCode === null) {
    if (signal?.aborted) {
      await stopProcess(child.pid ?? 0);
      removeSocketFolder(socketDir);
      signal.throwIfAborted();
    }
    const found = findPostmaster(home.cluster);
    if (found?.pid === child.pid && found?.status === 'ready') return found;
    await sleep(pollMs);
  }
  removeSocketFolder(socketDir);
  return explainExit(home, child, readFileSync(log.path, 'utf8').slice(log.offset), failed);
}

function explainExit(
  home: Home,
  child: ChildProcess,
  said: string,
  failed: Error | null,
): 'other' | 'port taken' {
  if (/lock file ".*postmaster\.pid" already exists|pre-existing shared memory block/.test(said))
    return 'other';
  if (/could not bind|could not create any TCP\/IP sockets/.test(said)) return 'port taken';
  if (/No space left on device/.test(said)) {
    throw new Failure(`no space left for ${home.base}: free some, or set DATA_DIR to another disk`);
  }
  const reason =
    failed?.message ?? /(?:FATAL|PANIC|error):\s*(.*)/.exec(said)?.[1] ?? `exit code ${child.exitCode}`;
  throw new Failure(
    `the embedded PostgreSQL did not start (${reason}): see ${join(home.dataDir, 'postgres.log')}`,
  );
}

/** Fast shutdown: open transactions are rolled back, connections closed, everything written. */
export async function stopPostgres(postmaster: Postmaster, cluster: string): Promise<void> {
  // Looked up again: by now the number may belong to another process.
  if (findPostmaster(cluster)?.pid === postmaster.pid) await stopProcess(postmaster.pid);
  removeSocketFolder(postmaster.socketDir);
}

async function stopProcess(pid: number): Promise<void> {
  for (const how of ['SIGINT', 'SIGQUIT'] as const) {
    if (!send(pid, how)) return;
    const deadline = Date.now() + stopTimeoutMs;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await sleep(pollMs);
    }
  }
}

/** Sends a signal; false when the process is gone. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return pid > 0 && process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Waits while another process's PostgreSQL starts or stops. @returns it when it is ready, null when it is gone */
export async function waitForPostmaster(cluster: string, signal?: AbortSignal): Promise<Postmaster | null> {
  for (;;) {
    signal?.throwIfAborted();
    const found = findPostmaster(cluster);
    if (found === null || found.status === 'ready') return found;
    await sleep(pollMs);
  }
}

/*
 * For two cores and a few GB of memory. Durable (fsync stays on): users' vehicles are in here too. No replica
 * reads its log, so the log holds the minimum, and a bulk load into a new partition is not logged at all.
 */
function settings(port: number, socketDir: string): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketDir.replaceAll(',', '\\,')}`,
    'unix_socket_permissions=0700',
    // A server, its worker and the admin pages take up to 50; the tests run many servers beside each other.
    'max_connections=200',
    'shared_buffers=256MB',
    'effective_cache_size=1GB',
    'work_mem=32MB',
    'maintenance_work_mem=256MB',
    'wal_level=minimal',
    'max_wal_senders=0',
    'max_wal_size=2GB',
    'checkpoint_timeout=15min',
    // Compiling a plan takes longer than any of our queries runs.
    'jit=off',
    'random_page_cost=1.1',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_line_prefix=%m [%p] %a ',
    'logging_collector=off',
    `dynamic_shared_memory_type=${hasRoomyShm() ? 'posix' : 'mmap'}`,
  ];
}

/** Containers give /dev/shm 64 MB by default, too little for parallel queries: those then use files. */
function hasRoomyShm(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= 256 * 1024 * 1024;
  } catch {
    return false;
  }
}

/** A folder for the socket that only PostgreSQL's OS user (and root) can enter. */
function socketFolder(home: Home): string {
  const beside = join(home.base, 'postgres.socket');
  const fits = Buffer.byteLength(join(beside, '.s.PGSQL.65535')) <= longestSocketPath;
  const folder = fits ? beside : mkdtempSync(join(tmpdir(), ownTemporaryPrefix));
  makeFolder(folder, home.account, 0o700);
  return folder;
}

function removeSocketFolder(folder: string): void {
  if (folder.startsWith(join(tmpdir(), ownTemporaryPrefix))) rmSync(folder, { recursive: true, force: true });
}

/** The log of this and the last starts; kept once over when it has grown past 10 MB. */
function openLog(home: Home): { fd: number; path: string; offset: number } {
  const path = join(home.dataDir, 'postgres.log');
  try {
    if (existsSync(path) && statSync(path).size > 10_000_000) renameSync(path, `${path}.1`);
    const fd = openSync(path, 'a', 0o600);
    return { fd, path, offset: statSync(path).size };
  } catch (error) {
    throw asFailure(error, home.dataDir);
  }
}

/** A TCP port that is free now. Another process may take it before PostgreSQL does: then another is tried. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
