// A worker in a process of its own, to be killed: node run-worker.ts <url> <source> <data directory> [now [seconds]]; with "now" it
// asks for a rebuild itself, which waits for so long before another attempt.
import { REBUILD } from '../schedule.ts';
import { currentJob, requestRebuild } from '../trigger.ts';
import { Worker } from '../worker.ts';
import { HURRY, hurriedWorker } from './workers.ts';

const [url = '', source = '', dataDir = '', now, seconds = '0'] = process.argv.slice(2);
const timing = { ...HURRY, retryDelay: Number(seconds), retryDelayMax: Number(seconds) };
const worker = await Worker.start(hurriedWorker({ url, source, dataDir, timing }));
if (now !== undefined) {
  // That of a worker killed before: it would be missed in ten seconds.
  const abandoned = await currentJob(worker.jobs);
  if (abandoned !== null) await worker.jobs.cancel(REBUILD, abandoned.id);
  await requestRebuild(worker.jobs, { requestedBy: 'a worker that will be killed' });
}
process.stdout.write('ready\n');
