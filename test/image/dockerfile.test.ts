/** What can be read of the image without building it; npm run test:image does the rest. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { names, projectRoot } from '../../server/config.ts';
import { stagesOf } from './dockerfile.ts';

const text = readFileSync(join(projectRoot, 'Dockerfile'), 'utf8');
const stages = stagesOf(text);
const image = stages.at(-1);

test('the base is the Node of package.json, by its whole version', (t) => {
  const { dependencies } = z
    .object({ dependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')));
  const [, base = ''] = /^ARG BASE=(\S+)$/m.exec(text) ?? [];
  t.is(base, `node:${dependencies.node}-bookworm-slim`);
  t.true(text.includes(`base.name="docker.io/library/${base}"`));
  t.is(stages.length, 2);
  t.true(stages.every((stage) => /^\$\{BASE\}$/.test(stage.base)));
});

test('the image runs one process, as a user with a number, that gets the signals', (t) => {
  t.regex(image?.user ?? '', /^[1-9]\d*:[1-9]\d*$/);
  t.is(image?.stopSignal, 'SIGTERM');
  t.is(image?.command[0], 'node');
  t.true(existsSync(join(projectRoot, image?.command[1] ?? '')));
  t.is(image?.healthCheck[0], 'node');
  t.deepEqual(
    Object.keys(image?.env ?? {}).filter((name) => name !== 'NODE_ENV' && !names.includes(name)),
    [],
  );
});

test('what it is built from is there, and nothing of it is for development', (t) => {
  const copied = image?.steps.flatMap((step) =>
    step.kind === 'copy' && step.from === null ? step.sources : [],
  );
  t.deepEqual(copied, ['package.json', 'migrations', 'functions', 'sql', 'etl', 'server']);
  const [install] = stages[0]?.steps.filter((step) => step.kind === 'run') ?? [];
  t.regex(
    install?.kind === 'run' ? install.script : '',
    /^npm ci --omit=dev --omit=optional --ignore-scripts/,
  );
});

test('an instruction in the form of a command line is refused', (t) => {
  t.throws(() => stagesOf('FROM a\nCMD npm start'));
});
