#!/usr/bin/env node
/*
 * npm run bench:dump: a dump in NHTSA's format, as large as the real one, for measuring the rebuild. The makers,
 * models, schemas and keys are those of the bundled snapshot, so its VINs decode; what NHTSA's database has beyond
 * that is made up.
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ZipFile } from 'yazl';
import { describe, Failure } from '../server/failure.ts';
import { generateDump } from './generate-dump/dump.ts';

const usage = `usage: npm run bench:dump -- --out FILE.zip [options]

  --out FILE.zip   where it goes; a name such as vPICList_lite_2026_09.plain.zip gives the data version 2026-09
  --scale X        rows as a share of NHTSA's of September 2026, above 0 and up to 5 (1)
  --seed N         of everything that is made up (1)
`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      scale: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { out = '' } = values;
  const [scale, seed] = [Number(values.scale), Number(values.seed)];
  if (!/\.zip$/i.test(out)) throw new Failure(`--out is "${out}": must be the name of a .zip file`);
  if (!(scale > 0 && scale <= 5))
    throw new Failure(`--scale is "${values.scale}": must be above 0 and up to 5`);
  if (!Number.isSafeInteger(seed)) throw new Failure(`--seed is "${values.seed}": must be a whole number`);
  await write(resolve(out), scale, seed);
}

/** Writes beside the name and renames: a file of that name is always whole. */
async function write(out: string, scale: number, seed: number): Promise<void> {
  const begun = performance.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'mvp-generate-'));
  const part = `${out}.part`;
  let [tables, rows, bytes] = [0, 0, 0];
  const onTable = (name: string, count: number): void => {
    tables++;
    rows += count;
    if (count >= 10_000) console.error(`${name.padEnd(24)} ${count.toLocaleString('en-US').padStart(10)}`);
  };
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of generateDump({ dataDir, scale, seed, onTable })) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    const zip = new ZipFile();
    const sql = Readable.from(counted(), { objectMode: false });
    const failed = once(zip, 'error').then(([error]: unknown[]) => {
      throw error;
    });
    sql.on('error', (error) => zip.emit('error', error));
    // A fixed time: the same request gives the same file.
    zip.addReadStream(sql, basename(out).replace(/(?:\.plain)?\.zip$/i, '.sql'), {
      mtime: new Date(Date.UTC(2026, 8, 10)),
      mode: 0o100644,
    });
    zip.end();
    await Promise.race([pipeline(zip.outputStream, createWriteStream(part)), failed]);
    renameSync(part, out);
  } finally {
    rmSync(part, { force: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
  const megabytes = (size: number): string => `${(size / 1e6).toFixed(1)} MB`;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const memory = megabytes(process.resourceUsage().maxRSS * 1024);
  console.log(
    `${out}: ${tables} tables, ${rows.toLocaleString('en-US')} rows, ${megabytes(bytes)} of SQL, ` +
      `${megabytes(statSync(out).size)} zipped, in ${seconds} s with at most ${memory} of memory`,
  );
}

try {
  await run();
} catch (error) {
  console.error(`bench:dump: ${describe(error)}`);
  process.exitCode = 1;
}
