// Fetches a file onto a disk of one megabyte: node small-disk.ts <url> <folder>, run where a disk may be mounted
// (unshare -rm). Prints what came of it and what is on the disk then, as JSON.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fetching } from '../sources/remote.ts';

const [address = '', folder = ''] = process.argv.slice(2);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
if (mounted.status !== 0) {
  console.log(JSON.stringify({ outcome: 'no disk' }));
} else {
  const url = new URL(address);
  const report = await fetching(url, folder, {}, (fetch) => fetch(url)).then(
    ({ outcome }) => ({ outcome }),
    (error: Error) => ({ outcome: { ...error, name: error.name }, message: error.message }),
  );
  console.log(JSON.stringify({ ...report, left: readdirSync(join(folder, 'downloads')) }));
}
