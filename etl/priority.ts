import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Not the lowest of all (19): a process that is put off for long while it holds a lock inside PostgreSQL puts off those
 * who wait for the lock. Ten steps leave it a tenth of what an ordinary process gets, where both want the same core.
 */
const LOW = 10;

/**
 * Has the system prefer other processes to this one, which must lead a session of its own. A wish: where it is not
 * granted (another OS user's process), nothing but the preference is lost.
 */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, LOW);
  } catch {
    return;
  }
  try {
    // Linux with autogroups shares a core out among sessions first: a priority counts inside its session only, and
    // that of the session is set here. Elsewhere there is no such file.
    writeFileSync(`/proc/${pid}/autogroup`, String(LOW));
  } catch {}
}
