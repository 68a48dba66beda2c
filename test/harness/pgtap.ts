import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type pg from 'pg';

/** Where pgTAP lives in a test database: apart from everything that is tested. */
export const tapSchema = 'tap';

/**
 * Installs pgTAP into a database. The npm package carries it for PGlite; it is plain SQL and works in any
 * PostgreSQL, without a file on the server's disk.
 */
export async function installPgtap(client: pg.Client): Promise<void> {
  const sql = readPgtap();
  await client.query(`create schema ${tapSchema}; grant usage on schema ${tapSchema} to public`);
  await client.query(`set search_path = ${tapSchema}; set client_min_messages = error`);
  // Psql's own lines (\echo … \quit) guard the file against being run by hand.
  await client.query(sql.replaceAll(/^\\.*$/gm, ''));
  await client.query('reset search_path; reset client_min_messages');
  // A house rule takes execute from public in the databases under test; the tests' own tools stay usable.
  await client.query(`grant execute on all functions in schema ${tapSchema} to public`);
}

let cached: string | null = null;

function readPgtap(): string {
  if (cached === null) {
    const archive = fileURLToPath(new URL('pgtap.tar.gz', import.meta.resolve('@electric-sql/pglite-pgtap')));
    const files = readTar(gunzipSync(readFileSync(archive)));
    const control = files.get('share/postgresql/extension/pgtap.control')?.toString() ?? '';
    const version = /default_version\s*=\s*'([^']+)'/.exec(control)?.[1];
    const script = files.get(`share/postgresql/extension/pgtap--${version}.sql`);
    if (script === undefined) throw new Error(`${archive} has no script for pgTAP ${version}`);
    cached = script.toString();
  }
  return cached;
}

/** Regular files of a tar archive: a header of 512 bytes each, then the content, filled up to 512. */
function readTar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= archive.length; ) {
    const field = (from: number, to: number): string =>
      archive.toString('utf8', at + from, at + to).replace(/\0.*$/s, '');
    const name = field(0, 100);
    if (name === '') break;
    const size = Number.parseInt(field(124, 136).trim(), 8);
    const content = archive.subarray(at + 512, at + 512 + size);
    if (field(156, 157) === '0' || field(156, 157) === '') files.set(name.replace(/^\.\//, ''), content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
