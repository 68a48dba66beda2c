import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { Download } from '../sources/download/download.ts';
import { type FetchOptions, fetching } from '../sources/remote.ts';
import { type Site, startSite } from './site.ts';

/** Long enough that bytes at different places differ, whatever piece is repeated or left out. */
export const BODY = Buffer.from([...Array(60_000).keys()].map((n) => `${n};`).join(''));
export const NAME = 'vPICList_lite_2026_03.plain.zip';
/** What a download leaves when all went well. */
export const DONE: readonly string[] = [NAME, `${NAME}.json`];

/** Waits are short; the limits on time are not, because a busy machine is no fault of the network. */
const QUICK = {
  connectMs: 60_000,
  idleMs: 60_000,
  totalMs: 240_000,
  retries: 3,
  progressBytes: 1000,
  backoffMs: 4,
  maxBackoffMs: 20,
};

/** A site, and a data directory to download into; both are gone after the test. */
export interface DownloadCase {
  readonly site: Site;
  readonly dataDir: string;
  get(
    options?: FetchOptions,
    published?: { etag: string | null; lastModified: string | null },
  ): Promise<Download>;
  /** Files of the downloads folder, the names of parts shortened. */
  files(): string[];
}

export async function prepareDownload(t: ExecutionContext): Promise<DownloadCase> {
  const site = await startSite();
  const dataDir = mkdtempSync(join(tmpdir(), 'mvp-download-'));
  t.teardown(async () => {
    await site.close();
    rmSync(dataDir, { recursive: true });
  });
  return {
    site,
    dataDir,
    async get(options = {}, published) {
      const url = new URL(NAME, site.url);
      const file = { name: NAME, path: '', size: 1, sha256: '', version: '2026-03' };
      const known = published ? { kind: 'download' as const, ...file, url: url.href, ...published } : null;
      const limits = { ...QUICK, ...options.limits };
      return fetching(url, dataDir, { ...options, limits, published: known }, (fetch) => fetch(url));
    },
    files: () =>
      readdirSync(join(dataDir, 'downloads'))
        .map((name) => name.replace(/\.\d+-[0-9a-f-]{36}\.part/, '.part'))
        .sort(),
  };
}

/** The bytes of a file that was downloaded. */
export function content(t: ExecutionContext, result: Download): Buffer {
  if (result.outcome !== 'file') return t.fail(result.outcome) as never;
  return readFileSync(result.path);
}
