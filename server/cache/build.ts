import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../config.ts';

/** All that decides what is answered from the same data. */
const SOURCES = [
  'package-lock.json',
  'server/**/*.ts',
  'functions/**/*.sql',
  'sql/**/*.sql',
  'migrations/**/*.sql',
];

/**
 * Which program this is, as a digest of its sources. Answers outlive it in Redis: a deploy that answers something else from the
 * same data must not be given the answers of the one before, nor, while both run, the other way round.
 */
export function buildOf(root: string = projectRoot): string {
  const files = globSync(SOURCES, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('.test.'))
    .sort();
  const digests = files.map((path) => `${path} ${hash('sha256', readFileSync(join(root, path)))}`);
  return hash('sha256', digests.join('\n'), 'base64url').slice(0, 16);
}
