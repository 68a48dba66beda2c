/** Dumps as a thief of data, a bad disk or a bad line would make them, from a good one. */

import { deflateRawSync, gzipSync } from 'node:zlib';
import { makeZip } from '../../../etl/testing/zip.ts';

export interface BrokenDump {
  readonly kind: string;
  readonly name: string;
  readonly content: Buffer;
}

/** Random numbers from 0 to below `n`. */
export type Draw = (n: number) => number;

type Damage = (sql: Buffer, draw: Draw) => Buffer;

/** Text that would do something if anybody executed it. */
const ORDERS = [
  'DROP SCHEMA catalog CASCADE;',
  'CREATE ROLE intruder SUPERUSER;',
  "COPY vpic.make FROM PROGRAM 'touch /tmp/was-here';",
  'DO $$ begin perform pg_sleep(1000); end $$;',
  "INSERT INTO vpic.make (id, name) VALUES (99999, 'Intruder');",
  '\\! touch /tmp/was-here',
  "\\copy vpic.make from program 'id'",
  '\\.\nDROP SCHEMA etl CASCADE;\nCOPY vpic.make (id, name) FROM stdin;',
  "COPY vpic.make (id, name) FROM '/etc/passwd';",
  'COPY vpic.make FROM stdin WITH (FORMAT csv);\n1,Intruder\n\\.',
  'COPY "vpic"."make" ("id", "name") FROM stdin;\n99998\tIntruder of another spelling\n\\.',
  'copy vpic.make (id, name) from stdin;\n99997\tIntruder\n\\.',
  '/* COPY vpic.make (id, name) FROM stdin;\n99996\tIntruder\n\\.\n*/',
  "SELECT '\nCOPY vpic.make (id, name) FROM stdin;\n99995\tIntruder\n\\.\n';",
  'SELECT $x$\nCOPY vpic.make (id, name) FROM stdin;\n99994\tIntruder\n\\.\n$x$;',
  'COPY vpic."ma\0ke" (id) FROM stdin;\n1\n\\.',
  'COPY vpic."x""; DROP TABLE vpic.make; --" ("a""b") FROM stdin;\n1\n\\.',
  `COPY vpic."${'n'.repeat(500)}" (id) FROM stdin;\n1\n\\.`,
  `COPY vpic.wide (${Array.from({ length: 2_000 }, (_, at) => `c${at}`).join(', ')}) FROM stdin;\n\\.`,
  'COPY pg_catalog.pg_authid (rolname, rolsuper) FROM stdin;\nintruder\tt\n\\.',
];

function between(sql: Buffer, draw: Draw): number {
  const at = sql.indexOf('\n', draw(sql.length));
  return at < 0 ? sql.length : at + 1;
}

function inserted(sql: Buffer, at: number, what: Buffer | string): Buffer {
  return Buffer.concat([sql.subarray(0, at), Buffer.from(what), sql.subarray(at)]);
}

/** What may happen to the text. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'as it is': (sql) => sql,
  'cut off': (sql, draw) => sql.subarray(0, draw(sql.length)),
  'its beginning lost': (sql, draw) => sql.subarray(draw(sql.length)),
  'a byte changed': (sql, draw) => {
    const changed = Buffer.from(sql);
    changed[draw(sql.length)] = draw(256);
    return changed;
  },
  'many bytes changed': (sql, draw) => {
    const changed = Buffer.from(sql);
    for (let i = 0; i < 50; i += 1) changed[draw(sql.length)] = draw(256);
    return changed;
  },
  'a part twice': (sql, draw) => {
    const from = draw(sql.length);
    return inserted(sql, from, sql.subarray(from, from + draw(2_000)));
  },
  'orders between lines': (sql, draw) =>
    inserted(sql, between(sql, draw), `${ORDERS[draw(ORDERS.length)]}\n`),
  'orders within lines': (sql, draw) => inserted(sql, draw(sql.length), ORDERS[draw(ORDERS.length)] ?? ''),
  'a quote opened': (sql, draw) =>
    inserted(
      sql,
      between(sql, draw),
      ["'", '"', '$$', '$a$', '/*', '--', "E'\\", 'begin atomic '][draw(8)] ?? '',
    ),
  'zero bytes': (sql, draw) => inserted(sql, draw(sql.length), '\0'.repeat(1 + draw(10))),
  'ill-formed UTF-8': (sql, draw) => inserted(sql, draw(sql.length), Buffer.from([0xc3, 0x28, 0xff])),
  'UTF-16': (sql) => Buffer.from(sql.toString(), 'utf16le'),
  'a byte order mark': (sql) => inserted(sql, 0, '\ufeff'),
  'ends of lines of Windows': (sql) => Buffer.from(sql.toString().replaceAll('\n', '\r\n')),
  'a long line': (sql, draw) => inserted(sql, draw(sql.length), 'x'.repeat(1_100_000 + draw(1_000_000))),
  'a thousand tables': (sql) =>
    inserted(
      sql,
      0,
      Array.from({ length: 1_200 }, (_, at) => `COPY vpic.t${at} (id) FROM stdin;\n\\.\n`).join(''),
    ),
  'deep comments': (sql) => inserted(sql, 0, `${'/*'.repeat(300_000)}\n`),
};

/** What may happen to the file around it. */
const CONTAINERS: Readonly<
  Record<string, (sql: Buffer, draw: Draw) => Pick<BrokenDump, 'name' | 'content'>>
> = {
  sql: (sql) => ({ name: 'dump.sql', content: sql }),
  gz: (sql) => ({ name: 'dump.sql.gz', content: gzipSync(sql, { level: 1 }) }),
  zip: (sql) => ({ name: 'dump.zip', content: makeZip([{ name: 'dump.sql', data: sql }]) }),
};

/** Containers that are broken themselves, around a good text. */
const BROKEN_CONTAINERS: Readonly<
  Record<string, (sql: Buffer, draw: Draw) => Pick<BrokenDump, 'name' | 'content'>>
> = {
  'a zip cut off': (sql, draw) => {
    const zip = makeZip([{ name: 'dump.sql', data: sql }]);
    return { name: 'dump.zip', content: zip.subarray(0, 1 + draw(zip.length - 1)) };
  },
  'a byte of a zip changed': (sql, draw) => {
    const zip = makeZip([{ name: 'dump.sql', data: sql }]);
    const at = draw(zip.length);
    zip[at] = (zip[at] ?? 0) ^ (1 << draw(8));
    return { name: 'dump.zip', content: zip };
  },
  'a byte of a gzip changed': (sql, draw) => {
    const packed = gzipSync(sql);
    const at = draw(packed.length);
    packed[at] = (packed[at] ?? 0) ^ (1 << draw(8));
    return { name: 'dump.sql.gz', content: packed };
  },
  'a gzip cut off': (sql, draw) => {
    const packed = gzipSync(sql);
    return { name: 'dump.sql.gz', content: packed.subarray(0, 1 + draw(packed.length - 1)) };
  },
  'a zip in a zip': (sql) => ({
    name: 'dump.zip',
    content: makeZip([{ name: 'dump.zip', data: makeZip([{ name: 'dump.sql', data: sql }]) }]),
  }),
  'a gzip in a gzip': (sql) => ({ name: 'dump.sql.gz', content: gzipSync(gzipSync(sql)) }),
  'a wrong size': (sql, draw) => ({
    name: 'dump.zip',
    content: makeZip([{ name: 'dump.sql', data: sql, claimedSize: draw(2 ** 31) }]),
  }),
  'two dumps': (sql) => ({
    name: 'dump.zip',
    content: makeZip([
      { name: 'a.sql', data: sql },
      { name: '../../b.sql', data: sql },
    ]),
  }),
  'a name that leads elsewhere': (sql) => ({
    name: 'dump.zip',
    content: makeZip([{ name: '../../../../tmp/was-here.sql', data: sql }]),
  }),
  'a bomb': () => ({
    name: 'dump.zip',
    content: makeZip([{ name: 'dump.sql', data: Buffer.alloc(8 * 1024 * 1024, '-- \n') }]),
  }),
  'a bomb of gzip': () => ({
    name: 'dump.sql.gz',
    content: gzipSync(Buffer.alloc(8 * 1024 * 1024, '-- \n')),
  }),
  'a bomb that lies': () => ({
    name: 'dump.zip',
    content: makeZip([
      { name: 'dump.sql', data: Buffer.alloc(8 * 1024 * 1024, '-- \n'), claimedSize: 1_000 },
    ]),
  }),
  'raw deflate': (sql) => ({ name: 'dump.sql.gz', content: deflateRawSync(sql) }),
  noise: (_sql, draw) => ({
    name: ['dump.sql', 'dump.zip', 'dump.sql.gz'][draw(3)] ?? '',
    content: Buffer.from(Array.from({ length: 1 + draw(5_000) }, () => draw(256))),
  }),
  nothing: (_sql, draw) => ({
    name: ['dump.sql', 'dump.zip', 'dump.sql.gz'][draw(3)] ?? '',
    content: Buffer.alloc(0),
  }),
};

/** One of each kind, in every container, over and over with other numbers. */
export function* brokenDumps(sql: Buffer, draw: Draw): Generator<BrokenDump, never> {
  const pack = Object.values(CONTAINERS);
  for (let round = 0; ; round += 1) {
    for (const [kind, damage] of Object.entries(DAMAGES)) {
      const container = pack[(round + draw(pack.length)) % pack.length];
      if (container !== undefined) yield { kind, ...container(damage(sql, draw), draw) };
    }
    for (const [kind, make] of Object.entries(BROKEN_CONTAINERS)) yield { kind, ...make(sql, draw) };
  }
}
