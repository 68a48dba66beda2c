import { readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { Failure, hasCode } from '../failure.ts';

/** One SQL file of a load list. */
export interface ListedFile {
  /** Path from the project root, with `/`: the name people and errors use. */
  path: string;
  sql: string;
}

/**
 * Reads the files that a load list names, in order. A list is a psql script of remarks (`-- …`), empty lines
 * and `\ir path` lines, relative to the list; a file of that kind may list others. psql runs it as it is.
 * @throws {Failure} a line of another kind, a missing file, a file twice, a test file, a path out of the project
 */
export function readLoadList(root: string, list: string): ListedFile[] {
  const files: ListedFile[] = [];
  const seen = new Set<string>();
  const visit = (path: string, from: string): void => {
    if (seen.has(path)) throw new Failure(`${from}: ${path} is listed twice`);
    seen.add(path);
    const sql = readSql(root, path, from);
    if (!isList(sql)) {
      files.push({ path, sql });
      return;
    }
    for (const [index, line] of sql.split('\n').entries()) {
      const here = `${path}:${index + 1}`;
      const named = includedPath(line, here);
      if (named === null) continue;
      const target = normalize(join(dirname(path), named))
        .split(sep)
        .join('/');
      if (target.startsWith('..')) throw new Failure(`${here}: ${named} is outside the project`);
      if (target.endsWith('.test.sql')) throw new Failure(`${here}: ${named} is a test and is never loaded`);
      visit(target, here);
    }
  };
  visit(list, 'the migrator');
  return files;
}

/** The path on an `\ir` line; null for remarks and empty lines. */
function includedPath(line: string, here: string): string | null {
  const text = line.trim();
  if (text === '' || text.startsWith('--')) return null;
  const match = /^\\ir\s+(?:'([^']+)'|(\S+))(?:\s+--.*)?$/.exec(text);
  const path = match?.[1] ?? match?.[2];
  if (path === undefined)
    throw new Failure(`${here}: a load list holds remarks and \\ir lines, not: ${text}`);
  return path;
}

/** A file is a list when its first line that is no remark begins with a backslash, or when there is none. */
function isList(sql: string): boolean {
  const first = sql.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('--'));
  return first === undefined || first.trim().startsWith('\\');
}

/** A file's text with Unix line ends, so that its checksum is the same on every checkout. */
export function readSql(root: string, path: string, from: string): string {
  try {
    return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new Failure(`${from}: ${path} does not exist`);
    throw error;
  }
}
