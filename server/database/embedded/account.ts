import { execFileSync, spawnSync } from 'node:child_process';
import { Failure } from '../../failure.ts';

/** The OS user that PostgreSQL runs as. `null`: our own, which is the ordinary case. */
export type Account = { uid: number; gid: number } | null;

/** The OS user for root to run PostgreSQL as: PostgreSQL refuses root. Distributions use the same name. */
const accountName = 'postgres';

/** Children get nothing of our environment: no PG* variable or locale may change what they do. */
export const plainEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Options for `spawn` that run a program as `account`, from a folder that everyone may enter. */
export function asAccount(account: Account): {
  uid?: number;
  gid?: number;
  cwd: string;
  env: NodeJS.ProcessEnv;
} {
  return { ...(account ?? {}), cwd: '/', env: plainEnvironment };
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Root only: the account to run as, created when the machine has none. @throws {Failure} */
export function serviceAccount(): { uid: number; gid: number } {
  const found = lookUp();
  if (found !== null) return found;
  // useradd is everywhere but on BusyBox systems, which have adduser.
  for (const [command, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', accountName],
    ['adduser', '-S', '-H', '-D', accountName],
  ] as const) {
    spawnSync(command, args, { env: plainEnvironment, stdio: 'ignore' });
    const created = lookUp();
    if (created !== null) return created;
  }
  throw new Failure(
    `PostgreSQL does not run as root and the OS user ${accountName} cannot be created: start as a normal user`,
  );
}

function lookUp(): { uid: number; gid: number } | null {
  const id = (flag: string): number =>
    Number(
      execFileSync('id', [flag, accountName], { env: plainEnvironment, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/**
 * Whether `account` may enter `folder`. Asked of the system, by entering it as that user, rather than read
 * from mode bits: access lists, mounts and every parent folder count too.
 */
export function canEnter(folder: string, account: Account): boolean {
  const shell = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...asAccount(account),
    stdio: 'ignore',
  });
  if (shell.error !== undefined) {
    throw new Failure(
      `cannot start a process as the OS user ${accountName} (${shell.error.message}): start as a normal user`,
    );
  }
  return shell.status === 0;
}

/** Whether `account` may run the program: false when a folder above it is closed, or a library is missing. */
export function canRun(program: string, account: Account): boolean {
  return spawnSync(program, ['--version'], { ...asAccount(account), stdio: 'ignore' }).status === 0;
}
