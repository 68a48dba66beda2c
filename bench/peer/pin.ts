import { spawnSync } from 'node:child_process';
import { findProgram } from '../setup/programs.ts';

/** A command line that stays on one processor core; as it is when core is null or the machine has no taskset. */
export function pinned(core: number | null, command: readonly [string, ...string[]]): [string, ...string[]] {
  const taskset = core === null ? null : findProgram('taskset');
  return taskset === null ? [...command] : [taskset, '--cpu-list', String(core), ...command];
}

/** Keeps a running process on one core. @returns whether that could be done */
export function pinProcess(pid: number, core: number): boolean {
  const taskset = findProgram('taskset');
  if (taskset === null) return false;
  return (
    spawnSync(taskset, ['--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' }).status === 0
  );
}
