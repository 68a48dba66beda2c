import test, { type ExecutionContext } from 'ava';
import { Service } from '../test/harness/service.ts';
import { connectionVariables } from './cli/psql.ts';
import { renderDecode } from './cli/render.ts';

async function call(...args: string[]): Promise<{ code: number | null; out: string; lines: string[] }> {
  const command = new Service({ DATA_DIR: '/nowhere' }, 'server/cli.ts', args);
  const code = await command.ended();
  return { code, out: command.stdout, lines: command.lines };
}

async function refuses(t: ExecutionContext, args: string[], line: RegExp): Promise<void> {
  const { code, out, lines } = await call(...args);
  t.is(code, 1);
  t.is(out, '');
  t.is(lines.length, 1);
  t.regex(lines[0] ?? '', line);
}

test('--help of all and of each command', async (t) => {
  const all = await call('--help');
  t.is(all.code, 0);
  for (const name of ['decode', 'etl', 'migrate', 'psql']) {
    t.regex(all.out, new RegExp(`^  ${name} `, 'm'));
    const one = await call(name, '--help');
    t.is(one.code, 0);
    t.regex(one.out, new RegExp(`^usage: mvp-vehicles ${name}`));
  }
});

const mistakes: [args: string[], line: RegExp][] = [
  [['decod'], /^mvp-vehicles: there is no command decod: see mvp-vehicles --help$/],
  [['decode'], /decode takes one VIN or --file/],
  [['decode', 'A', 'B'], /decode takes one VIN or --file/],
  [['decode', 'A', '--yeer', '3'], /Unknown option '--yeer': see mvp-vehicles --help$/],
  [['decode', 'A', '--year', '03'], /--year is "03": must be a year of four digits/],
  [['etl'], /etl takes run, status, verify, cancel, rollback/],
  [['etl', 'run', '--force'], /--force needs --reason "…": it is kept with the run/],
  [['etl', 'run', '--force', '--reason', ' '], /--force needs --reason/],
  [['etl', 'run', '--reason', 'x'], /--reason goes with --force/],
  [['etl', 'cancel', '--source', 'bundled'], /etl cancel does not take --source/],
  [['etl', 'status', 'now'], /etl status does not take now/],
  [['etl', 'verify', '--release', 'the last'], /--release is "the last": must be a number or a data version/],
  [['etl', 'run', '--source', 'bundeld'], /--source is "bundeld": must be bundled, nhtsa/],
];

for (const [args, line] of mistakes) {
  test(`refused: ${args.join(' ')}`, async (t) => {
    await refuses(t, args, line);
  });
}

test('a decode as a table: what is known, how sure, what is wrong', (t) => {
  t.is(
    renderDecode({
      vin: '1HGCM82643A004352',
      make: 'HONDA',
      model: 'Accord',
      year: 2003,
      trim: null,
      confidence: 0.5,
      fieldConfidence: { make: 0.99, model: 0.973 },
      checkDigit: { valid: false, expected: '3', actual: '4' },
      errors: [{ code: 1, text: 'Check digit does not calculate properly' }],
      suggestedVin: '1HGCM82633A004352',
      dataVersion: '2026-03',
    }),
    [
      'VIN         1HGCM82643A004352  50 %',
      'Make        HONDA              99 %',
      'Model       Accord             97 %',
      'Model year  2003',
      '',
      '! Check digit does not calculate properly (1)',
      '! check digit: 4 is given, 3 would fit',
      '? 1HGCM82633A004352 is suggested',
      'data version 2026-03',
      '',
    ].join('\n'),
  );
});

test('a URL in the variables of psql', (t) => {
  t.deepEqual(
    connectionVariables('postgres://us%20er:p%40ss@[::1]:5433/mvp-platform-vehicles?sslmode=require'),
    {
      PGHOST: '::1',
      PGPORT: '5433',
      PGUSER: 'us er',
      PGPASSWORD: 'p@ss',
      PGDATABASE: 'mvp-platform-vehicles',
      PGSSLMODE: 'require',
    },
  );
});
