/** Follows the Dockerfile into folders, one for each stage. */

import { chmodSync, copyFileSync, cpSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectRoot } from '../../server/config.ts';
import { makeRoot, runStep } from './container.ts';
import { type Stage, type Step, stagesOf } from './dockerfile.ts';

export interface Image {
  stage: Stage;
  root: string;
  workdir: string;
}

/** Builds the last stage below `folder`. */
export function buildImage(folder: string, note: (line: string) => void): Image {
  const stages = stagesOf(readFileSync(join(projectRoot, 'Dockerfile'), 'utf8'));
  const roots = new Map<string, string>();
  let image: Image | null = null;
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, `stage-${index}`);
    makeRoot(root);
    chmodSync(root, 0o755);
    roots.set(stage.name, root);
    let workdir = '/';
    for (const step of stage.steps) {
      note(describeStep(step));
      if (step.kind === 'workdir') workdir = resolve(workdir, step.path);
      mkdirSync(join(root, workdir), { recursive: true });
      if (step.kind === 'run') runStep({ root, workdir, env: stage.env }, step.script);
      if (step.kind === 'copy')
        copy(step, join(root, workdir), step.from === null ? null : (roots.get(step.from) ?? ''));
    }
    image = { stage, root, workdir };
  }
  if (image === null) throw new Error('the Dockerfile has no stage');
  return image;
}

function describeStep(step: Step): string {
  if (step.kind === 'run') return `RUN ${step.script.replaceAll(/\s+/g, ' ')}`;
  return step.kind === 'copy' ? `COPY ${step.sources.join(' ')}` : `WORKDIR ${step.path}`;
}

function copy(
  { sources, target }: Extract<Step, { kind: 'copy' }>,
  into: string,
  stage: string | null,
): void {
  const files = stage === null ? contextFiles() : null;
  for (const source of sources) {
    const to = target.endsWith('/') ? join(into, target, source) : join(into, target);
    if (files === null) {
      cpSync(join(stage ?? '', source), to, { recursive: true, verbatimSymlinks: true });
      continue;
    }
    const chosen = files.filter((file) => file === source || file.startsWith(`${source}/`));
    if (chosen.length === 0) throw new Error(`COPY ${source}: .dockerignore leaves nothing of it`);
    for (const file of chosen) {
      const path = join(to, file.slice(source.length));
      mkdirSync(dirname(path), { recursive: true });
      copyFileSync(join(projectRoot, file), path);
    }
  }
}

/** What .dockerignore lets into the build: its last line that fits a file, or a folder that it is in, decides. */
function contextFiles(): string[] {
  const lines = readFileSync(join(projectRoot, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const refused = lines.filter((line) => !line.startsWith('!') && line !== '*');
  const options = { cwd: projectRoot };
  const left = new Set(refused.flatMap((pattern) => [...globSync([pattern, `${pattern}/**`], options)]));
  return allowed
    .flatMap((path) => globSync([path, `${path}/**`], options))
    .filter((file) => !left.has(file) && statSync(join(projectRoot, file)).isFile());
}
