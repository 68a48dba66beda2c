import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test from 'ava';
import { type Fault, startSite } from '../../testing/site.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-disk-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const script = join(import.meta.dirname, '../../testing/small-disk.ts');

interface Report {
  outcome: unknown;
  message?: string;
  left?: string[];
}

/** A real disk of one megabyte, in a mount namespace of its own; null where the system does not give us one. */
async function fetchOntoSmallDisk(url: string): Promise<Report | null> {
  const child = spawn('unshare', ['-rm', process.execPath, script, url, mkdtempSync(join(folder, 'disk-'))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const failed = new Promise<string>((resolve) => child.on('error', () => resolve('')));
  const output = await Promise.race([text(child.stdout), failed]);
  const report: Report | null = output === '' ? null : JSON.parse(output);
  return report?.outcome === 'no disk' ? null : report;
}

test('a full disk is told in one line and keeps nothing half', async (t) => {
  const site = await startSite();
  t.teardown(() => site.close());
  site.put('big.zip', Buffer.alloc(3 * 1024 * 1024, 'x'));
  site.put('small.zip', Buffer.alloc(100_000, 'x'));
  const small = await fetchOntoSmallDisk(`${site.url}small.zip`);
  if (small === null) {
    t.pass('left out: no disk can be mounted here');
    return;
  }
  t.is(small.outcome, 'file');
  // Known beforehand by its announced size, and found out while writing.
  for (const fault of [{}, { claims: null }] satisfies Fault[]) {
    site.fail('big.zip', fault);
    const report = await fetchOntoSmallDisk(`${site.url}big.zip`);
    t.like(report, { outcome: { name: 'RebuildError', failure: 'disk_full' }, left: [] });
    t.regex(
      report?.message ?? '',
      /^the disk of .*downloads is full: free some space .*, then run the rebuild again$/,
    );
  }
});
