import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isAbandoned } from '../leftovers.ts';

const PART = /^(.+)\.(\d+)-[0-9a-f-]{36}\.part$/;
/** Longer than any download may take: whatever the process id says, nobody writes to it any more. */
const DEAD_AFTER_MS = 24 * 3_600_000;
/** Parts that this process writes to. */
const inUse = new Set<string>();

const partState = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** The value for If-Range. */
  ifRange: z.string().nullable(),
  total: z.int().nullable(),
});

/** What a part is a part of. */
export type PartState = z.output<typeof partState>;

/**
 * A download on its way to disk: `<name>.<process>-<uuid>.part` and, beside it in JSON, what it is a part of. The name
 * is the lock: a part of a process that died is taken over by renaming it, which only one process can do.
 */
export class Part {
  readonly #path: string;
  readonly #file: string;
  readonly #handle: FileHandle;
  #state: PartState | null;
  #size: number;

  private constructor(path: string, file: string, handle: FileHandle, state: PartState | null, size: number) {
    this.#path = path;
    this.#file = file;
    this.#handle = handle;
    this.#state = state;
    this.#size = size;
  }

  /** Takes over what a dead process left of the same URL, or begins anew. */
  static async claim(folder: string, name: string, url: string): Promise<Part> {
    const file = `${name}.${process.pid}-${randomUUID()}.part`;
    const path = join(folder, file);
    inUse.add(file);
    try {
      for (const left of await abandonedParts(folder, name)) {
        if (await takeOver(join(folder, left), path)) break;
      }
      const handle = await open(path, 'a', 0o600);
      const state = await readState(path);
      const { size } = await handle.stat();
      if (state?.url === url) return new Part(path, file, handle, state, size);
      await handle.truncate();
      return new Part(path, file, handle, null, 0);
    } catch (error) {
      inUse.delete(file);
      throw error;
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Null before the first answer. */
  get state(): PartState | null {
    return this.#state;
  }

  /** Forgets what has come, which does not belong to what the server has. */
  async clear(): Promise<void> {
    await this.#handle.truncate();
    this.#size = 0;
    this.#state = null;
  }

  /** Begins anew with the file that the server has now. */
  async restart(state: PartState): Promise<void> {
    await this.clear();
    // Before the first byte of it: bytes never stand under another file's state.
    await writeFile(stateOf(this.#path), JSON.stringify(state), { mode: 0o600 });
    this.#state = state;
  }

  async append(chunk: Buffer): Promise<void> {
    await this.#handle.appendFile(chunk);
    this.#size += chunk.length;
  }

  /** Gives the part its final name, once it is on the disk. */
  async finish(target: string): Promise<void> {
    await this.#handle.datasync();
    await this.#handle.close();
    await rename(this.#path, target);
    await rm(stateOf(this.#path), { force: true });
    inUse.delete(this.#file);
  }

  /** Leaves the part to the next attempt to continue it. */
  async release(): Promise<void> {
    await this.#handle.close();
    inUse.delete(this.#file);
    if (this.#size === 0) await removePart(this.#path);
  }

  async discard(): Promise<void> {
    await this.#handle.close();
    await removePart(this.#path);
    inUse.delete(this.#file);
  }
}

/** Removes parts that nobody will continue: of other files, and of processes that are gone. */
export async function removeDeadParts(folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    const pid = Number(PART.exec(file.replace(/\.json$/, ''))?.[2]);
    if (!pid || inUse.has(file.replace(/\.json$/, ''))) continue;
    const path = join(folder, file);
    if (isAbandoned(pid) || (await ageOf(path)) > DEAD_AFTER_MS) await rm(path, { force: true });
  }
}

/** Largest first: the one that saves the most. */
async function abandonedParts(folder: string, name: string): Promise<string[]> {
  const sized: { file: string; size: number }[] = [];
  for (const file of await readdir(folder)) {
    const [, of, pid] = PART.exec(file) ?? [];
    if (of !== name || inUse.has(file) || !isAbandoned(Number(pid))) continue;
    const size = await stat(join(folder, file)).then(
      (stats) => stats.size,
      () => 0,
    );
    sized.push({ file, size });
  }
  return sized.sort((a, b) => b.size - a.size).map(({ file }) => file);
}

/** False when another process was quicker. */
async function takeOver(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
  } catch {
    return false;
  }
  // Without its state the part is of no use, and begins anew.
  await rename(stateOf(from), stateOf(to)).catch(() => {});
  return true;
}

async function readState(path: string): Promise<PartState | null> {
  try {
    return partState.parse(JSON.parse(await readFile(stateOf(path), 'utf8')));
  } catch {
    return null;
  }
}

function stateOf(path: string): string {
  return `${path}.json`;
}

async function removePart(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(stateOf(path), { force: true });
}

async function ageOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => Date.now() - stats.mtimeMs,
    () => 0,
  );
}
