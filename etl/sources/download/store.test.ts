import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { Part } from './part.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-store-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const UUID = '01234567-89ab-4cde-8f01-23456789abcd';

test('a data directory that cannot be one is named', async (t) => {
  const occupied = join(folder, 'occupied');
  writeFileSync(occupied, '');
  await t.throwsAsync(Store.open(occupied), {
    name: 'SourceError',
    message: /^the data directory .*occupied cannot be used/,
  });
});

test('the current file and the one before it stay, with what is remembered of them', async (t) => {
  const store = await Store.open(mkdtempSync(join(folder, 'data-')));
  const stored = { url: 'https://h/x', etag: null, lastModified: null, size: 1, sha256: '' };
  for (const month of ['01', '03', '02', '04']) {
    const name = `vPICList_lite_2026_${month}.plain.zip`;
    writeFileSync(store.pathOf(name), 'x');
    utimesSync(store.pathOf(name), Number(month), Number(month));
    await store.remember(name, stored);
  }
  writeFileSync(store.pathOf('note.txt'), 'not ours');
  // Not the newest: somebody asked for an older month.
  await store.prune('vPICList_lite_2026_03.plain.zip');
  t.deepEqual(readdirSync(store.folder).sort(), [
    'note.txt',
    'vPICList_lite_2026_03.plain.zip',
    'vPICList_lite_2026_03.plain.zip.json',
    'vPICList_lite_2026_04.plain.zip',
    'vPICList_lite_2026_04.plain.zip.json',
  ]);
});

test('parts go when nobody can be writing them any more', async (t) => {
  const store = await Store.open(mkdtempSync(join(folder, 'data-')));
  const alive = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  const others = `x.zip.${alive.pid}-${UUID}.part`;
  const old = `y.zip.${alive.pid}-${UUID}.part`;
  const gone = [`x.zip.${dead.pid}-${UUID}.part`, `x.zip.${process.pid}-${UUID}.part`, old];
  for (const name of [others, ...gone]) {
    writeFileSync(store.pathOf(name), 'x');
    writeFileSync(store.pathOf(`${name}.json`), '{}');
  }
  for (const name of [old, `${old}.json`]) utimesSync(store.pathOf(name), 1, 1);
  const mine = await Part.claim(store.folder, 'z.zip', 'https://h/z.zip');
  await mine.append(Buffer.from('z'));
  await store.prune('x.zip');
  const left = readdirSync(store.folder).sort();
  t.deepEqual(left.slice(0, 2), [others, `${others}.json`]);
  t.is(left.length, 3);
  t.regex(left[2] ?? '', new RegExp(`^z\\.zip\\.${process.pid}-`));
  await mine.discard();
  t.is(readdirSync(store.folder).length, 2);
  alive.stdin.end();
  await once(alive, 'exit');
});

test('of several parts that dead processes left the largest is taken over', async (t) => {
  const store = await Store.open(mkdtempSync(join(folder, 'data-')));
  const state = { url: 'https://h/x.zip', etag: '"a"', lastModified: null, ifRange: '"a"', total: 9 };
  for (const [digit, text] of ['x', 'xxx', 'xx'].entries()) {
    const name = store.pathOf(`x.zip.${process.pid}-${UUID.slice(1)}${digit}.part`);
    writeFileSync(name, text);
    writeFileSync(`${name}.json`, JSON.stringify(state));
  }
  const [one, two] = await Promise.all([1, 2].map(() => Part.claim(store.folder, 'x.zip', state.url)));
  if (!one || !two) return t.fail();
  t.deepEqual([one.size, two.size].sort(), [2, 3]);
  t.deepEqual(one.state, state);
  await one.finish(store.pathOf('x.zip'));
  await two.release();
  const empty = await Part.claim(store.folder, 'y.zip', 'https://h/y.zip');
  t.is(empty.size, 0);
  await empty.release();
  await store.prune('x.zip');
  t.deepEqual(readdirSync(store.folder), ['x.zip']);
});
