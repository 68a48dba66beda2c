import { PassThrough } from 'node:stream';
import test from 'ava';
import { until } from '../test/harness/until.ts';
import { createProgress, type ProgressStream } from './progress.ts';

function capture(isTTY: boolean): { stream: ProgressStream; text: () => string } {
  const through = new PassThrough();
  const parts: string[] = [];
  through.on('data', (part: Buffer) => parts.push(part.toString()));
  // What cli-progress asks of a terminal.
  const stream = Object.assign(through, { isTTY, columns: 200 });
  return { stream, text: () => parts.join('') };
}

test('piped: a line for each step when it is complete, few within', (t) => {
  let now = 0;
  const { stream, text } = capture(false);
  const progress = createProgress(stream, () => now);
  progress.step('loading', { share: 0.25, totalBytes: 4_000_000 });
  for (let i = 0; i < 400; i++) {
    now += 10;
    progress.detail('pattern');
    progress.advance(1000, 10_000);
  }
  progress.step('compiling', { share: 0.75 });
  now += 75_400;
  progress.done('release 1');
  t.deepEqual(text().split('\n'), [
    ' 12% loading: pattern, 200,000 rows, 2.0 MB, 100,000 rows/s, 1.0 MB/s',
    ' 25% loading: pattern, 400,000 rows, 4.0 MB, 100,000 rows/s, 1.0 MB/s',
    ' 25% loading: 400,000 rows, 4.0 MB, 4.0 s',
    '100% compiling: 1 min 15 s',
    'release 1',
    '',
  ]);
});

test('a download has bytes and no rows; who has not seen every step says what is done', (t) => {
  let now = 0;
  const { stream, text } = capture(false);
  const progress = createProgress(stream, () => now);
  progress.step('opening', { share: 0.02 });
  progress.step('downloading', { done: 0, share: 0.02, totalBytes: 76_000_000 });
  now += 4_000;
  progress.advance(0, 38_000_000);
  progress.step('compiling', { done: 0.6, share: 0.3 });
  now += 1_000;
  progress.done('release 1');
  t.deepEqual(text().split('\n'), [
    '  2% opening: 0.0 s',
    '  1% downloading: 38.0 MB, 9.5 MB/s',
    '  2% downloading: 38.0 MB, 4.0 s',
    ' 90% compiling: 1.0 s',
    'release 1',
    '',
  ]);
});

test('piped: nothing but text, also when it ends early', (t) => {
  const { stream, text } = capture(false);
  const progress = createProgress(stream);
  progress.step('loading');
  progress.fail('the disk is full');
  t.is(text(), 'the disk is full\n');
});

test('a terminal gets a bar with percentage, step, rates and time left, and its cursor back', async (t) => {
  let now = 0;
  const { stream, text } = capture(true);
  const progress = createProgress(stream, () => now);
  progress.step('loading', { share: 0.5, totalRows: 1000 });
  now = 10_000;
  progress.detail('wmi');
  progress.advance(500, 2_500_000);
  // The bar draws by its own clock, ten times a second.
  await until(() => /█+░+ 25% loading: wmi · 50 rows\/s, 0\.3 MB\/s · 30 s left/.test(text()), text);
  progress.step('compiling', { share: 0.5 });
  progress.done('release 1');
  t.true(text().endsWith('release 1\n'));
  t.true(text().lastIndexOf('\u001b[?25h') > text().lastIndexOf('\u001b[?25l'), 'the cursor is shown again');
});

test('a bar that never began, and one that was ended, stay silent', (t) => {
  const { stream, text } = capture(true);
  createProgress(stream).fail('no database');
  t.is(text(), 'no database\n');
});
