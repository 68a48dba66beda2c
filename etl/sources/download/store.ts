import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { removeDeadParts } from './part.ts';

/** This month's file and the one before it: enough to load the last data again without asking anyone. */
const KEPT = 2;
const DOWNLOADED = /\.(?:zip|sql|sql\.gz)$/i;

const storedFile = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  size: z.int(),
  sha256: z.string(),
});

/** What is remembered of a complete download. */
export type StoredFile = z.output<typeof storedFile>;

/**
 * Complete downloads, each with what is remembered of it as JSON beside it. Written without care for a death in
 * between: what cannot be read, or does not fit its file, counts as not there and costs one download.
 */
export class Store {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws SourceError when the data directory cannot be used. */
  static async open(dataDir: string): Promise<Store> {
    const folder = join(dataDir, 'downloads');
    try {
      await mkdir(folder, { recursive: true });
      return new Store(folder);
    } catch (error) {
      throw new SourceError(`the data directory ${dataDir} cannot be used: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** The download of that name if it is of that URL; its content may still have been changed since. */
  async find(name: string, url: string): Promise<StoredFile | null> {
    try {
      const stored = storedFile.parse(JSON.parse(await readFile(this.#recordOf(name), 'utf8')));
      const { size } = await stat(this.pathOf(name));
      return stored.url === url && stored.size === size ? stored : null;
    } catch {
      return null;
    }
  }

  async remember(name: string, stored: StoredFile): Promise<void> {
    await writeFile(this.#recordOf(name), JSON.stringify(stored, null, 2));
  }

  /** The file stays for a look, but is never again taken for a good one. */
  async forget(name: string): Promise<void> {
    await rm(this.#recordOf(name), { force: true });
  }

  /** Removes what no later run needs: old downloads, and parts that nobody will continue. */
  async prune(current: string): Promise<void> {
    await removeDeadParts(this.folder);
    const others = (await readdir(this.folder)).filter((name) => DOWNLOADED.test(name) && name !== current);
    const dated = await Promise.all(others.map(async (name) => ({ name, at: await this.#changedAt(name) })));
    dated.sort((a, b) => b.at - a.at);
    for (const { name } of dated.slice(KEPT - 1)) {
      await this.forget(name);
      await rm(this.pathOf(name), { force: true });
    }
  }

  async #changedAt(name: string): Promise<number> {
    return stat(this.pathOf(name)).then(
      (stats) => stats.mtimeMs,
      // Another process removed it.
      () => 0,
    );
  }

  #recordOf(name: string): string {
    return `${this.pathOf(name)}.json`;
  }
}
