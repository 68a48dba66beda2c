import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, hasCode } from '../../failure.ts';
import { type Account, canEnter, canRun, isRoot, serviceAccount } from './account.ts';
import { type Binaries, findBinaries, movedTo } from './binaries.ts';

/** Where the cluster of one DATA_DIR lives, and who runs it with which programs. */
export interface Home {
  dataDir: string;
  /** The folder around the cluster: DATA_DIR, or one that the OS user postgres can enter. */
  base: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  account: Account;
  binaries: Binaries;
}

/** For root, when DATA_DIR or the programs lie below a folder that the OS user postgres cannot enter. */
const elsewhere = '/var/lib/mvp-platform-vehicles';

/**
 * Decides where the cluster is and as whom it runs; makes the folders around it.
 * @param note gets a line when the cluster cannot be inside DATA_DIR
 * @throws {Failure} when DATA_DIR cannot be used
 */
export function findHome(dataDir: string, note: (line: string) => void): Home {
  makeFolder(dataDir);
  if (!isRoot()) return inside(dataDir, null, findBinaries());
  const inDataDir = join(dataDir, 'postgres');
  // Made earlier by a normal user: that user goes on owning it.
  const owner = existsSync(inDataDir) ? statSync(inDataDir) : null;
  const account = owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : serviceAccount();
  const binaries = reachableBinaries(account, note);
  if (owner !== null || (canEnter(dataDir, account) && !existsSync(pointerOf(dataDir)))) {
    if (!canEnter(dataDir, account)) {
      throw new Failure(
        `${dataDir} holds a database, and its owner (OS user ${account.uid}) may not enter that folder any more: give back the execute permission on it and on the folders above`,
      );
    }
    return inside(dataDir, account, binaries);
  }
  return relocated(dataDir, account, binaries, note);
}

function inside(dataDir: string, account: Account, binaries: Binaries): Home {
  const pointer = pointerOf(dataDir);
  if (account === null && existsSync(pointer)) {
    throw new Failure(
      `the database of ${dataDir} is in ${readFileSync(pointer, 'utf8').trim()} because root made it: start as root again, or set another DATA_DIR`,
    );
  }
  return { dataDir, base: dataDir, cluster: join(dataDir, 'postgres'), account, binaries };
}

function relocated(
  dataDir: string,
  account: Account,
  binaries: Binaries,
  note: (line: string) => void,
): Home {
  const pointer = pointerOf(dataDir);
  const isNew = !existsSync(pointer);
  const base = isNew ? unusedFolder(dataDir, note) : dirname(readFileSync(pointer, 'utf8').trim());
  makeFolder(base);
  if (!canEnter(base, account))
    throw new Failure(`the OS user postgres may not enter ${base}: set another DATA_DIR`);
  const cluster = join(base, 'postgres');
  if (isNew) writeFileSync(pointer, `${cluster}\n`);
  note(`the database of ${dataDir} is in ${cluster}: the OS user postgres may not enter the former`);
  return { dataDir, base, cluster, account, binaries };
}

/**
 * A folder named after DATA_DIR. One that is there already belonged to a DATA_DIR of the same path that was
 * emptied, or whose disk is not mounted today: it may hold users' vehicles and is left alone.
 */
function unusedFolder(dataDir: string, note: (line: string) => void): string {
  const first = join(elsewhere, shortHash(dataDir));
  let folder = first;
  for (let count = 2; existsSync(folder); count++) folder = `${first}-${count}`;
  if (folder !== first)
    note(`${first} holds the database of an earlier ${dataDir}: remove it if it is not needed`);
  return folder;
}

function pointerOf(dataDir: string): string {
  return join(dataDir, 'postgres.location');
}

/** A copy of the programs where `account` can run them, when it cannot run those in node_modules. */
function reachableBinaries(account: Account, note: (line: string) => void): Binaries {
  const binaries = findBinaries();
  if (canRun(binaries.postgres, account)) return binaries;
  const copy = movedTo(join(elsewhere, `programs-${binaries.version}`), binaries);
  if (!existsSync(copy.postgres)) {
    note(`copying PostgreSQL to ${copy.root}: the OS user postgres may not enter ${binaries.root}`);
    makeFolder(elsewhere);
    // Copied beside and renamed, so that a copy is whole or not there.
    const draft = `${copy.root}.new-${process.pid}`;
    cpSync(binaries.root, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, copy.root);
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
      rmSync(draft, { recursive: true });
    }
  }
  if (!canRun(copy.postgres, account)) {
    throw new Failure(
      `${copy.postgres} does not run on this machine: set DATABASE_URL and PLATFORM_DATABASE_URL instead`,
    );
  }
  return copy;
}

/** Makes a folder and those above it; says what to do when that is not possible. */
export function makeFolder(path: string, account: Account = null, mode = 0o755): void {
  try {
    makeFolders(path, mode);
    if (account !== null) chownSync(path, account.uid, account.gid);
  } catch (error) {
    throw asFailure(error, path);
  }
}

/** Not mkdir's own `recursive`: it never ends where a folder is there and takes none (/proc says ENOENT). */
function makeFolders(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (hasCode(error, 'EEXIST') && statSync(path).isDirectory()) return;
    if (!hasCode(error, 'ENOENT') || existsSync(dirname(path))) throw error;
    makeFolders(dirname(path), 0o755);
    mkdirSync(path, mode);
  }
}

/** A file system error of `path` in a line of what to do; anything else as it is. */
export function asFailure(error: unknown, path: string): unknown {
  // ENOENT: the folder above is there and takes none, as in /proc.
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT')) {
    return new Failure(`${path} cannot be written by this OS user: set DATA_DIR to a folder that can`);
  }
  if (hasCode(error, 'ENOTDIR', 'EEXIST')) {
    return new Failure(`${path} cannot be a folder, a file is in its way: set DATA_DIR to another path`);
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    return new Failure(`no space left for ${path}: free some, or set DATA_DIR to another disk`);
  }
  return error;
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
