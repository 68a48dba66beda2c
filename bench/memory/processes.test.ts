import test from 'ava';
import { isPostgres, memoryOf, parentOf, parseRollup } from './processes.ts';

test('the figures of a process are read in MB', (t) => {
  const text =
    '5581-7ffd ---p 00000000 00:00 0 [rollup]\nRss:               20480 kB\nPss:                5120 kB\nPss_Anon: 1 kB\n';
  t.deepEqual(parseRollup(text), { rss: 20, pss: 5 });
  t.deepEqual(parseRollup(''), { rss: 0, pss: 0 });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('of this process, its parent, and one that is gone', (t) => {
  const memory = memoryOf(process.pid);
  t.true((memory?.rss ?? 0) > 10);
  t.true((memory?.pss ?? 0) <= (memory?.rss ?? 0));
  t.is(parentOf(process.pid), process.ppid);
  t.false(isPostgres(process.pid));
  // Beyond the largest process number that Linux gives.
  t.is(memoryOf(2 ** 22 + 1), null);
  t.is(parentOf(2 ** 22 + 1), null);
  t.false(isPostgres(2 ** 22 + 1));
});
