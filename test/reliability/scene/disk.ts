/** A disk of a size that a test decides: a file system in memory. */

import { execFile, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from '../../../server/failure.ts';
import { temporaryFolder } from '../../harness/servers.ts';

const run = promisify(execFile);

const MEGABYTE = Buffer.alloc(2 ** 20);

export class Disk {
  readonly #outside: string;
  readonly folder: string;

  /** Makes one. @throws where only root may, or nobody: in most containers */
  static async mount(megabytes: number): Promise<Disk> {
    const outside = temporaryFolder();
    const disk = new Disk(outside);
    mkdirSync(disk.folder, { mode: 0o755 });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'reliability', disk.folder]);
    return disk;
  }

  private constructor(outside: string) {
    this.#outside = outside;
    this.folder = join(outside, 'disk');
  }

  /** Fills what is free with something that nobody needs. */
  fill(): void {
    const path = join(this.folder, 'filler');
    writeFileSync(path, '');
    for (const chunk of [MEGABYTE, MEGABYTE.subarray(0, 4_096)]) {
      try {
        for (;;) appendFileSync(path, chunk);
      } catch (error) {
        if (!hasCode(error, 'ENOSPC')) throw error;
      }
    }
  }

  /** Makes room again. */
  clear(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }

  /** Removes it at once, when the process ends. */
  abandon(): void {
    spawnSync('umount', ['-l', this.folder]);
  }

  async remove(): Promise<void> {
    await run('umount', ['-l', this.folder]);
    rmSync(this.#outside, { recursive: true, force: true });
  }
}
