import { basename, resolve } from 'node:path';
import { openDumpText } from './archive.ts';
import { readDump } from './dump-reader.ts';
import { sha256OfFile } from './file.ts';
import { DUMP_LIMITS, type DumpLimits } from './limits.ts';
import type { Source } from './source.ts';

/**
 * Opens NHTSA's standalone vPIC database: pg_dump's plain format as `.zip`, `.sql` or `.sql.gz`.
 * @param knownSha256 Of the file, where somebody has read it already.
 * @throws SourceError when the file is missing or not such a file; reading the tables throws for what is inside.
 */
export async function openDump(
  path: string,
  limits: DumpLimits = DUMP_LIMITS,
  knownSha256?: string,
): Promise<Source> {
  const file = resolve(path);
  const text = await openDumpText(file, limits);
  const sha256 = knownSha256 ?? (await sha256OfFile(file));
  const version = versionOf(file, sha256);
  const name = basename(file);
  return {
    spec: path,
    version,
    totalRows: null,
    totalBytes: text.bytes,
    describe: () => ({ kind: 'dump', name, path: file, size: text.fileSize, sha256, version }),
    tables: () => readDump(text.chunks, limits),
    // The file is open only while its tables are read.
    close: async () => {},
  };
}

/**
 * NHTSA puts year and month into the name (`vPICList_lite_2026_03.plain.zip`). A file under another name is known
 * by its content, so that two different files never share cache keys.
 */
export function versionOf(path: string, sha256: string): string {
  const month = /(?<!\d)(20\d\d)[_-](0[1-9]|1[0-2])(?!\d)/.exec(basename(path));
  return month ? `${month[1]}-${month[2]}` : `file-${sha256.slice(0, 12)}`;
}
