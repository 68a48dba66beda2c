/**
 * The VIN mechanics exist twice, in TypeScript and in SQL. Here both are given the same texts and must say the same.
 */

import test from 'ava';
import fc from 'fast-check';
import pg from 'pg';
import { testServers } from '../test/harness/databases.ts';
import { checkDigit, descriptor, normalize, problems, wmi } from './vin.ts';

const TEXTS = 100_000;
const BATCH = 10_000;

/** What one side says about one text. */
interface Mechanics {
  normalized: string;
  problems: ReadonlyArray<{ position: number | null; reason: string }>;
  check_digit: string | null;
  wmi: string;
  descriptor: string;
}

const mechanicsInSql = `
  select n.normalized, vin.check_digit(n.normalized), vin.wmi(n.normalized), vin.descriptor(n.normalized),
      to_json(array(select p from vin.problems(n.normalized) as p (position, reason))) as problems
  from unnest($1::text[]) with ordinality as t (text, ordinal)
  cross join lateral (select vin.normalize(t.text) as normalized) as n
  order by t.ordinal`;

function mechanicsInTypeScript(text: string): Mechanics {
  const normalized = normalize(text);
  return {
    normalized,
    problems: problems(normalized).map(({ position, reason }) => ({ position, reason })),
    check_digit: checkDigit(normalized),
    wmi: wmi(normalized),
    descriptor: descriptor(normalized),
  };
}

/** Texts near VINs: legal characters, a few that are not, small makers, one too short or too long, blanks around. */
const vinCharacter = fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789');
const legalVin = fc.string({ unit: vinCharacter, minLength: 17, maxLength: 17 });
const smallMakerVin = legalVin.map((vin) => `${vin.slice(0, 2)}9${vin.slice(3)}`);
const oddCharacter = fc.oneof(
  fc.constantFrom(...'IOQioq*!_-,. \t\n\\%\'"{}éßıſ０🚗'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const mutatedVin = fc
  .tuple(fc.oneof(legalVin, smallMakerVin), fc.nat(17), fc.nat(2), fc.array(oddCharacter, { maxLength: 3 }))
  .map(([vin, at, removed, added]) => vin.slice(0, at) + added.join('') + vin.slice(at + removed));
const text = fc
  .oneof(
    { arbitrary: legalVin, weight: 3 },
    { arbitrary: smallMakerVin, weight: 1 },
    { arbitrary: mutatedVin, weight: 4 },
    { arbitrary: legalVin.map((vin) => ` ${vin.toLowerCase()} `), weight: 1 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 2 },
  )
  .filter((value) => !value.includes('\0'));

for (const { version, empty } of testServers()) {
  test.serial(
    `PostgreSQL ${version}: capitals differ only where neither is a character of a VIN`,
    async (t) => {
      await withClient(empty, async (client) => {
        const differing = await differentlyCapitalized(client);
        // Letters newer than one side's Unicode, and Greek ones with iota subscript (see normalize).
        t.true(differing.size < 300, `${differing.size} characters differ`);
        for (const [character, capital] of differing) {
          t.false(/[!-~]/.test(capital + normalize(character)), `${character}: ${capital}`);
        }
      });
    },
  );

  test.serial(`PostgreSQL ${version}: SQL and TypeScript agree on ${TEXTS} texts`, async (t) => {
    await withClient(empty, async (client) => {
      const differing = await differentlyCapitalized(client);
      const texts = fc
        .sample(text, TEXTS)
        .map((value) => Array.from(value, (c) => (differing.has(c) ? '?' : c)).join(''));
      let compared = 0;
      for (let start = 0; start < texts.length; start += BATCH) {
        const batch = texts.slice(start, start + BATCH);
        const { rows } = await client.query<Mechanics>(mechanicsInSql, [batch]);
        for (const [index, row] of rows.entries()) {
          const given = batch[index] ?? '';
          t.deepEqual({ ...row }, mechanicsInTypeScript(given), JSON.stringify(given));
          compared += 1;
        }
      }
      t.is(compared, TEXTS);
    });
  });
}

/** Every Unicode character that this server and Node capitalize differently, with the server's capital. */
async function differentlyCapitalized(client: pg.Client): Promise<Map<string, string>> {
  const characters: string[] = [];
  for (let point = 1; point <= 0x10ffff; point += 1) {
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    if (!isSurrogate) characters.push(String.fromCodePoint(point));
  }
  const { rows } = await client.query<{ capitals: string[] }>(
    'select array(select vin.normalize(t.c) from unnest($1::text[]) with ordinality as t (c, n) order by t.n) as capitals',
    [characters],
  );
  const capitals = rows[0]?.capitals ?? [];
  const differing = new Map<string, string>();
  for (const [index, character] of characters.entries()) {
    const capital = capitals[index] ?? '';
    if (capital !== normalize(character)) differing.set(character, capital);
  }
  return differing;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
