/** What a section's last run found, as a file beside the document that is made of all of them. */

import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../server/config.ts';
import { Failure } from '../../server/failure.ts';

const FOLDER = 'docs/reliability';

const count = z.int().nonnegative();

const recordSchema = z.strictObject({
  name: z.string(),
  /** Day on which it ran. */
  on: z.iso.date(),
  commit: z.string(),
  share: z.number().positive(),
  seed: z.int(),
  seconds: count,
  machine: z.string(),
  counts: z.record(z.string(), z.number()),
  harm: z.strictObject({
    wrong: count,
    lost: count,
    unexpected5xx: count,
    crashes: count,
    hangs: count,
  }),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  objections: z.array(z.string()),
});

export type SectionRecord = z.output<typeof recordSchema>;

/** All that was found. @throws {Failure} when a file is not what a run writes */
export function readRecords(root = projectRoot): SectionRecord[] {
  return globSync(`${FOLDER}/*.json`, { cwd: root }).map((path) => {
    const parsed = recordSchema.safeParse(JSON.parse(readFileSync(join(root, path), 'utf8')));
    if (!parsed.success)
      throw new Failure(`${path} is not what a run writes: remove it and run its section again`);
    return parsed.data;
  });
}

export function writeRecord(record: SectionRecord, root = projectRoot): void {
  const path = join(root, FOLDER, `${record.name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** What the figures belong to. */
export function describeMachine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const cpu = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${cpu}, ${availableParallelism()} cores, ${memory} GB; ${distribution()}; Node ${process.version.slice(1)}`;
}

function distribution(): string {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? process.platform;
}
