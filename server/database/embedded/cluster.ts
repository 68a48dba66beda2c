import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure, hasCode } from '../../failure.ts';
import { asAccount } from './account.ts';
import { asFailure, type Home, makeFolder } from './home.ts';
import { isAlive } from './postmaster.ts';

/** The superuser of the embedded cluster. */
export const superuser = 'postgres';

/**
 * Makes the cluster when there is none, and checks that this PostgreSQL can run it.
 * @returns the superuser's password
 * @throws {Failure} another version's data directory, no space, no permission
 */
export async function ensureCluster(
  home: Home,
  note: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  removeDeadDrafts(home.base);
  const exists = !isEmpty(home.cluster);
  if (exists) checkVersion(home);
  const password = readPassword(home, exists);
  if (!exists) {
    note(`creating the database in ${home.cluster}`);
    await create(home, password, signal);
  }
  return password;
}

function isEmpty(cluster: string): boolean {
  try {
    return readdirSync(cluster).length === 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    if (!hasCode(error, 'EACCES', 'EPERM')) throw asFailure(error, cluster);
    throw new Failure(`${cluster} belongs to another OS user: start as that user, or set another DATA_DIR`);
  }
}

function checkVersion(home: Home): void {
  const file = join(home.cluster, 'PG_VERSION');
  let version: string;
  try {
    version = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      throw new Failure(
        `${home.cluster} is not a PostgreSQL data directory: move it away, or set another DATA_DIR`,
      );
    }
    throw error;
  }
  if (version !== String(home.binaries.major)) {
    throw new Failure(
      `${home.cluster} was made by PostgreSQL ${version}, this program brings ${home.binaries.major}: save your vehicles with pg_dump of PostgreSQL ${version}, then move the folder away or set another DATA_DIR`,
    );
  }
}

/** Reads the password, or makes one: linked into place, so that two starts at once agree on one password. */
function readPassword(home: Home, clusterExists: boolean): string {
  const path = join(home.dataDir, 'postgres.password');
  try {
    if (!existsSync(path)) {
      if (clusterExists)
        throw new Failure(
          `${path} is missing and the database needs it: put it back, or set another DATA_DIR`,
        );
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
      try {
        linkSync(draft, path);
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      } finally {
        rmSync(draft);
      }
    }
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'EACCES') && clusterExists) {
      throw new Failure(`${path} belongs to another OS user: start as that user, or set another DATA_DIR`);
    }
    throw asFailure(error, home.dataDir);
  }
}

/** Made beside its place and renamed into it: a start that dies half-way leaves no half cluster behind. */
async function create(home: Home, password: string, signal?: AbortSignal): Promise<void> {
  const draft = `${home.cluster}.new-${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    makeFolder(draft, home.account, 0o700);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (home.account !== null) chownSync(passwordFile, home.account.uid, home.account.gid);
    await runInitdb(home, draft, passwordFile, signal);
    renameSync(draft, home.cluster);
  } catch (error) {
    // Another start was faster: its cluster has the same password.
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw asFailure(error, home.base);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

async function runInitdb(
  home: Home,
  folder: string,
  passwordFile: string,
  signal?: AbortSignal,
): Promise<void> {
  const child = spawn(
    home.binaries.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The built-in provider sorts and folds the same on every machine, whatever locales that has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    { ...asAccount(home.account), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  // SIGINT lets initdb remove what it made; it goes to its whole group, which includes the server it runs.
  const cancel = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  };
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    signal?.throwIfAborted();
    if (code !== 0) throw new Failure(explain(said, home));
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function explain(said: string, home: Home): string {
  if (/No space left|quota exceeded/i.test(said)) {
    return `no space left for ${home.base}: free some, or set DATA_DIR to another disk`;
  }
  const line =
    said.split('\n').find((candidate) => /error|fatal|could not|cannot/i.test(candidate)) ?? said.trim();
  return `the database in ${home.cluster} cannot be created: ${line || 'initdb gave no reason'}`;
}

/** What starts that died half-way left: the number at the end is the process that made it. */
function removeDeadDrafts(base: string): void {
  let names: string[];
  try {
    names = readdirSync(base);
  } catch (error) {
    throw asFailure(error, base);
  }
  for (const name of names) {
    const pid = /^postgres\.(?:new-|password\.)(\d+)(?:\.password)?$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(base, name), { recursive: true, force: true });
  }
}
