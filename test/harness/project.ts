import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A throw-away folder with files, for code that reads migrations and load lists. */
export interface Project {
  root: string;
  /** Writes files; `null` removes one. */
  write(files: Record<string, string | null>): void;
  remove(): void;
}

export function makeProject(files: Record<string, string>): Project {
  const root = mkdtempSync(join(tmpdir(), 'mvp-project-'));
  const project: Project = {
    root,
    write(changes) {
      for (const [path, text] of Object.entries(changes)) {
        const target = join(root, path);
        mkdirSync(dirname(target), { recursive: true });
        if (text === null) rmSync(target);
        else writeFileSync(target, text);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  project.write(files);
  return project;
}
