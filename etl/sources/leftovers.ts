/**
 * Whether a process that wrote its id into a file name is gone. Our own id counts as gone: a container's process has
 * the same id after a restart, so the caller has to know which files are its own.
 */
export function isAbandoned(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
