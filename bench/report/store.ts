import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Failure, hasCode } from '../../server/failure.ts';
import { type Results, resultsSchema } from './result.ts';

/** What an earlier run wrote; nothing when there was none. @throws {Failure} when the file is not what a run writes */
export async function readResults(path: string): Promise<Results> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return {};
    throw error;
  }
  const parsed = resultsSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Failure(`${path} is not what a bench writes: remove it`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function writeResults(path: string, results: Results): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
}

/**
 * New sections beside the old ones that still compare with them. A figure of another machine, version or data set in
 * the same report would be read as a difference of the code.
 */
export function mergeResults(before: Results, now: Results): Results {
  const [machine] = Object.values(now).map((section) => section.machine);
  if (machine === undefined) return before;
  const comparable = Object.entries(before).filter(([, section]) =>
    isDeepStrictEqual(section.machine, machine),
  );
  return { ...Object.fromEntries(comparable), ...now };
}

const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

/** The document with everything between its two markers replaced. @throws {Failure} when it has no such markers */
export function replaceBetweenMarkers(document: string, name: string, text: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Failure(`${name} has no lines "${begin}" and "${end}": put them back`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
