/**
 * What a container engine does, by the kernel's own means: a folder as root, with the machine's programs below /usr, in a mount namespace
 * of its own; for the finished image read-only and as another user. Needs root on Linux.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RunOptions {
  /** Folder that is the root. */
  root: string;
  workdir: string;
  env: Readonly<Record<string, string>>;
  /** `uid:gid` and a root that nobody can write to; the machine's root who can, when absent. */
  user?: string;
  /** Folders in memory that may be written to. */
  tmpfs?: readonly string[];
  /** Folders of the machine that are shown as they are, to read. */
  shown?: readonly string[];
}

/** Run by sh with the root as $1, the user as $2, then the folders in memory and those shown, each list ended by "--", then a command. */
const ENTER = `set -e
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
for one in usr bin sbin lib lib64 etc; do
  [ -d "/$one" ] || continue
  mkdir -p "$root/$one"; mount --rbind "/$one" "$root/$one"
done
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/node"
mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"
[ -z "$user" ] || mount -o remount,bind,ro "$root"
while [ "$1" != -- ]; do mount -t tmpfs -o mode=1777,size=512m tmpfs "$root$1"; shift; done; shift
while [ "$1" != -- ]; do [ -d "$root$1" ] || mkdir -p "$root$1"; mount --rbind "$1" "$root$1"; shift; done; shift
[ -n "$user" ] || exec chroot "$root" "$@"
exec chroot "$root" setpriv --reuid "\${user%:*}" --regid "\${user#*:}" --clear-groups --no-new-privs --bounding-set=-all "$@"`;

/** Whether this machine lets us. */
export function canContain(): boolean {
  return (
    process.platform === 'linux' &&
    spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0 &&
    spawnSync('setpriv', ['--version']).status === 0
  );
}

/** A root with this process's Node and what the machine's folders are mounted on. */
export function makeRoot(root: string): void {
  mkdirSync(join(root, 'node/bin'), { recursive: true });
  cpSync(process.execPath, join(root, 'node/bin/node'));
}

function argumentsOf(
  { root, workdir, env, user = '', tmpfs = [], shown = [] }: RunOptions,
  command: readonly string[],
) {
  for (const path of [...tmpfs, ...shown]) mkdirSync(join(root, path), { recursive: true });
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  // The image's Node is the one that runs this, which is the version that package.json names.
  const inside = [
    'env',
    '-i',
    '--chdir',
    workdir,
    'PATH=/node/bin:/usr/local/bin:/usr/bin:/bin',
    ...settings,
  ];
  return [
    ...['--mount', '--propagation', 'private', 'sh', '-c', ENTER, 'sh', resolve(root), user],
    ...[...tmpfs, '--', ...shown, '--', ...inside, ...command],
  ];
}

/** Runs a command to its end. @throws with what it said when it fails */
export function run(options: RunOptions, command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('unshare', argumentsOf(options, command), {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Runs a step of a build with a shell; npm finds the settings and the cache of whoever runs this. */
export function runStep(options: RunOptions, script: string): string {
  const home = homedir();
  return run({ ...options, env: { ...options.env, HOME: home }, shown: [home] }, ['sh', '-ec', script]);
}

/** Starts a command and leaves it running. A signal to it reaches the command itself: every step before it was an exec. */
export function start(options: RunOptions, command: readonly string[]): ChildProcess {
  return spawn('unshare', argumentsOf(options, command), { stdio: ['ignore', 'pipe', 'pipe'] });
}
