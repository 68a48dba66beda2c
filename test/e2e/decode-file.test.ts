/** `decode --file` as a person calls it: what goes to standard output, what to standard error, and the exit code. */

// needs: fixture

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { projectRoot } from '../../server/config.ts';
import { testServers } from '../harness/databases.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { Service } from '../harness/service.ts';

const folder = temporaryFolder();
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

const VIN = '1AAB1BC21LF000001';

/** A file of these lines. */
function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

interface Ended {
  code: number | null;
  output: Record<string, unknown>[];
  lines: string[];
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  const database = { DATA_DIR: '/nowhere', PLATFORM_DATABASE_URL: server.fixture ?? '' };

  async function decodeFile(path: string, env: Record<string, string> = database): Promise<Ended> {
    const command = new Service(env, 'server/cli.ts', ['decode', '--file', path]);
    const code = await command.ended();
    const output = command.stdout.split('\n').filter(Boolean);
    return { code, output: output.map((line) => JSON.parse(line)), lines: command.lines };
  }

  test.serial(title('thousands of lines come out in their order, and nothing else'), async (t) => {
    // Right and wrong check digits in turn: some answers are there at once, others take the database.
    const vins = Array.from({ length: 3000 }, (_, serial) => `1AAB1BC21LF${String(serial).padStart(6, '0')}`);
    const { code, output, lines } = await decodeFile(fileOf('many.txt', vins));
    t.is(code, 0, lines.join('\n'));
    t.deepEqual(lines, []);
    t.deepEqual(
      output.map(({ vin }) => vin),
      vins,
    );
  });

  test.serial(title('years, JSON and texts that are no VIN'), async (t) => {
    const path = fileOf('kinds.txt', [
      `${VIN},1990\r`,
      '',
      `{"vin":"${VIN}","modelYear":2020}`,
      `"${VIN}"`,
      'no VIN',
      '',
    ]);
    const { code, output } = await decodeFile(path);
    t.is(code, 0);
    t.deepEqual(
      output.map(({ vin, valid }) => [vin, valid]),
      [
        [VIN, true],
        [VIN, true],
        [VIN, true],
        ['NO VIN', false],
      ],
    );
    t.true(JSON.stringify(output[0]).includes('12 - '), 'the year that was given was looked at');
  });

  test.serial(
    title('lines that cannot be read: the others are decoded, and the exit code tells'),
    async (t) => {
      const { code, output, lines } = await decodeFile(fileOf('bad.txt', [VIN, '{"vin":', `${VIN},x`, VIN]));
      t.is(code, 1);
      t.deepEqual(
        output.map(({ vin, line }) => vin ?? line),
        [VIN, 2, 3, VIN],
      );
      t.deepEqual(lines, [
        'mvp-vehicles: 2 of 4 lines were not decoded: their lines of the output have "error" and say why',
      ]);
    },
  );

  test.serial(title('an empty file is no mistake; one that cannot be read is'), async (t) => {
    t.like(await decodeFile(fileOf('empty.txt', [])), { code: 0, output: [], lines: [] });
    for (const path of [join(folder, 'nowhere.txt'), folder]) {
      const { code, lines } = await decodeFile(path);
      t.is(code, 1);
      t.deepEqual(lines, [`mvp-vehicles: ${path} cannot be read: name a file with one VIN a line`]);
    }
  });

  test.serial(title('nothing published: one line that says so'), async (t) => {
    const path = fileOf('one.txt', [VIN]);
    const { code, output, lines } = await decodeFile(path, {
      ...database,
      PLATFORM_DATABASE_URL: server.empty,
    });
    t.is(code, 1);
    t.deepEqual(output, []);
    t.is(lines.length, 1);
    t.regex(lines[0] ?? '', /^mvp-vehicles: .*(published|data)/);
  });

  test.serial(title('standard input, and a reader that has seen enough'), (t) => {
    const path = fileOf(
      'stdin.txt',
      Array.from({ length: 50_000 }, () => VIN),
    );
    const pipe = `"${process.execPath}" server/cli.ts decode --file - < "${path}" | head -n 2; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', pipe], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...database },
      encoding: 'utf8',
    });
    const [first = '', second = '', code] = stdout.split('\n');
    t.like(JSON.parse(first), { vin: VIN });
    t.like(JSON.parse(second), { vin: VIN });
    t.is(code, '0');
    t.is(stderr, '');
  });
}
