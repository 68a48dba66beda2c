import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import test from 'ava';
import { lowerPriority } from './priority.ts';

test('a process and its session get a low priority; one that is gone is no error', async (t) => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const pid = child.pid ?? 0;
  lowerPriority(pid);
  t.is(getPriority(pid), 10);
  const session = `/proc/${pid}/autogroup`;
  // Linux with CONFIG_SCHED_AUTOGROUP has the file, and another system nothing to look at.
  if (existsSync(session)) t.regex(readFileSync(session, 'utf8'), / nice 10$/m);
  child.kill();
  await gone;
  t.notThrows(() => lowerPriority(pid));
});
