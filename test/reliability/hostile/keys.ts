/** Pattern keys that would keep a matcher busy for ever, compiled into a release, and VINs decoded against them. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { rebuild } from '../../../etl/rebuild.ts';
import { makeDump } from '../../../etl/testing/dump-text.ts';
import { smallTables } from '../../../etl/testing/small-vpic.ts';
import { createPool } from '../../../server/database/pool.ts';
import { fuzz } from '../../fuzz/fuzz.ts';
import { KINDS, randomFrom } from '../../fuzz/texts.ts';
import { ownDatabase, type TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { Ledger } from './ledger.ts';

/** Keys, and texts that are decoded, in the full run. */
const KEYS = 20_000;
const TEXTS = 60_000;

/** For any one statement. A key of a megabyte took hours before it was cut, and a backtracking matcher would take years. */
const STATEMENT_MS = 120_000;

const PIECES = [
  '[',
  ']',
  '[A-Z]',
  '[A-Z*|',
  '[^',
  '*',
  '|',
  '#',
  '_',
  '-',
  '1-A',
  '[Z-A]',
  '(',
  '(a+)+$',
  '.*',
  '\\',
  '%',
  'é',
  '[[:alpha:]]',
  'A',
  '5',
  'CM8',
  '{1,99999}',
  '+?',
];
const LONGEST = 900_000;

/** Schema 1 of the small database is that of its one WMI. */
const DECODED = '1HGCM82633A004352';

/** Compiles odd keys and decodes odd texts over them. */
export async function compileOddKeys(server: TestServer, extent: Extent): Promise<Outcome> {
  const ledger = new Ledger();
  const random = randomFrom(extent.seed);
  const integer = (below: number): number => Math.floor(random() * below);
  const keys = Array.from({ length: Math.max(200, Math.round(KEYS * extent.share)) }, (_, at) =>
    oddKey(integer, at),
  );
  const folder = mkdtempSync(join(tmpdir(), 'mvp-hostile-keys-'));
  const own = await ownDatabase(server, 'empty');
  const client = new pg.Client({ connectionString: own.url, statement_timeout: STATEMENT_MS });
  await client.connect();
  try {
    const name = decodeURIComponent(new URL(own.url).pathname.slice(1));
    await client.query(`alter database ${pg.escapeIdentifier(name)} set statement_timeout = ${STATEMENT_MS}`);
    const source = join(folder, 'keys.sql');
    writeFileSync(source, dumpWith(keys));
    await rebuild({ url: own.url, source, dataDir: folder, forcedReason: 'odd keys on purpose' });
    ledger.count('keys', keys.length);
    const { rows } = await client.query<{ compiled: number; model: string | null }>(
      "select (select count(*)::int from catalog.pattern_key) as compiled, api.decode_vin($1) ->> 'model' as model",
      [DECODED],
    );
    ledger.count('keys that compile', rows[0]?.compiled ?? 0);
    if (rows[0]?.model !== 'Accord') ledger.harmed('wrong', `${DECODED} is decoded to ${rows[0]?.model}`);
    extent.say(`${keys.length} keys, ${rows[0]?.compiled} compiled`);
    await decodeOddTexts(own.url, extent, ledger);
  } catch (error) {
    ledger.harmed('hangs', `odd keys or texts: ${error}`);
  } finally {
    await client.end();
    await own.drop();
    rmSync(folder, { recursive: true, force: true });
  }
  return ledger.outcome();
}

/** Mostly short, some of many thousand characters; one in a hundred the longest that a line of a dump can be. */
function oddKey(integer: (below: number) => number, at: number): string {
  const unit = Array.from({ length: 1 + integer(6) }, () => PIECES[integer(PIECES.length)] ?? '*').join('');
  const length = at % 100 === 0 && at < 300 ? LONGEST : at % 10 === 0 ? integer(5_000) : integer(40);
  return unit.repeat(Math.ceil(length / unit.length));
}

function dumpWith(keys: readonly string[]): string {
  return makeDump(
    smallTables.map((table) =>
      table.name === 'pattern'
        ? {
            ...table,
            rows: [...table.rows, ...keys.map((key, at) => [1_000 + at, 1, key, 5, '13', null, null])],
          }
        : table,
    ),
  );
}

/** By what `npm run fuzz` does (test/fuzz), over the schema with the odd keys; then through every other function that takes a VIN. */
async function decodeOddTexts(url: string, { share, seed }: Extent, ledger: Ledger): Promise<void> {
  const pool = createPool({ url, role: 'mvp_platform_user', applicationName: 'hostile texts', max: 1 });
  try {
    const count = Math.max(500, Math.round(TEXTS * share));
    const report = await fuzz(pool, { count, seed, wmis: ['1HG', '000', '1A9001'] });
    for (const kind of KINDS) ledger.count('texts decoded', report.kinds[kind].texts);
    for (const { text, code, message } of report.raised)
      ledger.harmed('wrong', `${text} raised ${code}: ${message}`);
    const odd = [
      '',
      ' ',
      '[',
      '%',
      '*'.repeat(17),
      "'; drop table x; --",
      'é'.repeat(17),
      '１ＨＧＣＭ８２６３３Ａ００４３５２',
      '\u202e',
      DECODED,
      'x'.repeat(1_000_000),
    ];
    for (const call of CALLS) {
      for (const text of odd) {
        await pool
          .query(call, [text])
          .catch((error: unknown) =>
            ledger.harmed('wrong', `${call} of ${JSON.stringify(text.slice(0, 40))}: ${error}`),
          );
        ledger.count('calls of other functions');
      }
    }
  } finally {
    await pool.end();
  }
}

/** What takes a VIN beside the two that the fuzzer calls. */
const CALLS = [
  'select api.explain_vin($1)',
  'select api.vpic_decode_vin($1, null, true)',
  'select r.results from api.vpic_decode_vin_values($1, null, true) as r',
  'select api.vpic_decode_vins_values(array[$1], array[null]::int[])',
  'select d.decoded from api.decode_vins(array[$1, $1]) as d',
  'select api.vpic_decode_wmi($1)',
];
