/** Bodies: values for the documented schemas, and what becomes of their text on the way. */

import fc, { type Arbitrary } from 'fast-check';
import { valueFor } from './schema.ts';
import { anyText, hugeText } from './texts.ts';

export interface Body {
  readonly content: string | Buffer;
  readonly type: string;
  /** How it differs from what the document asks for. */
  readonly kind: string;
}

/** Levels of nesting; the parser of a program that recurses ends far below. */
const DEEP = [100, 5_000, 60_000];

const NUMBERS = [
  '1e400',
  '-1e400',
  '1e-400',
  '-0',
  '99999999999999999999',
  'NaN',
  'Infinity',
  '0x10',
  '010',
  '+1',
  '1.',
  '.5',
  '1_000',
];

const NEVER_ASKED_FOR =
  '"__proto__":{"vin":"polluted","status":200},"constructor":{"prototype":{"polluted":true}},"toString":null,';

/** What a text of JSON can become; `at` says where, as a part of its length. */
const MUTATIONS: Readonly<Record<string, (text: string, at: number, pick: number) => string | Buffer>> = {
  'as it is': (text) => text,
  'cut off': (text, at) => text.slice(0, Math.floor(text.length * at)),
  'a byte changed': (text, at, pick) => {
    const bytes = Buffer.from(text);
    if (bytes.length > 0) bytes[Math.floor((bytes.length - 1) * at)] = pick & 0xff;
    return bytes;
  },
  'members of Object.prototype': (text) => text.replace('{', `{${NEVER_ASKED_FOR}`),
  'a member twice': (text) => text.replace(/\{("[^"]*":)/, '{$1null,$1'),
  'a number that is none': (text, _at, pick) =>
    text.replace(/"[^"]*"(?=[,\]}])|\d+/, NUMBERS[pick % NUMBERS.length] ?? '0'),
  'deep lists': (text, _at, pick) => {
    const levels = DEEP[pick % DEEP.length] ?? 1;
    return text.replace(/"[^"]*"(?=[,\]}])|\d+|null|$/, '['.repeat(levels) + ']'.repeat(levels));
  },
  'deep objects': (text, _at, pick) => {
    const levels = Math.min(DEEP[pick % DEEP.length] ?? 1, 35_000);
    return text.replace(/"[^"]*"(?=[,\]}])|\d+|null|$/, `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`);
  },
  'never closed': (_text, _at, pick) => '[{"vins":'.repeat(1 + (pick % 20_000)),
  'unknown members': (text, _at, pick) =>
    text.replace('{', `{${Array.from({ length: 1 + (pick % 15_000) }, (_, i) => `"m${i}":0,`).join('')}`),
  'many entries': (_text, _at, pick) => `{"vins":[${'1,'.repeat(1 + (pick % 120_000))}1]}`,
  'a byte order mark': (text) => `\ufeff${text}`,
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'ill-formed UTF-8': (text, at) => {
    const bytes = Buffer.from(text);
    const middle = Math.floor(bytes.length * at);
    return Buffer.concat([
      bytes.subarray(0, middle),
      Buffer.from([0xff, 0xc0, 0x80]),
      bytes.subarray(middle),
    ]);
  },
  'half a surrogate pair': (text) => text.replace(/"[^"]*"(?=[,\]}])/, '"\\ud800\\u0000\\udfff"'),
  'a line break in a text': (text) => text.replace(/"[^"]*"(?=[,\]}])/, '"a\nb\0c"'),
  'something behind': (text) => `${text}}{"vins":[]}`,
  'single quotes': (text) => text.replaceAll('"', "'"),
  'a comment': (text) => `/* ${text} */ ${text} // end`,
  nothing: () => '',
};

const TYPES = [
  'application/json; charset=utf-16',
  'application/json;charset=',
  'application/vnd.api+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/x-ndjson',
  'multipart/form-data; boundary=x',
  'application/xml',
  '',
  ';;;',
  '*/*',
];

/** Bodies for an operation that takes these media types. */
export function bodyFor(bodies: ReadonlyMap<string, unknown>, served: unknown): Arbitrary<Body> {
  const each = [...bodies].map(([type, schema]) =>
    type.endsWith('x-www-form-urlencoded')
      ? formBody
      : type.endsWith('ndjson')
        ? lines
        : jsonBody(schema, served),
  );
  return fc
    .tuple(fc.oneof(...each), fc.nat(11), fc.constantFrom(...TYPES))
    .map(([body, odd, type]) => (odd > 0 ? body : { ...body, type, kind: 'another media type' }));
}

function jsonBody(schema: unknown, served: unknown): Arbitrary<Body> {
  return fc
    .tuple(
      valueFor(schema, served),
      fc.constantFrom(...Object.entries(MUTATIONS)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
    )
    .map(([value, [kind, mutate], at, pick]) => ({
      content: mutate(JSON.stringify(value) ?? 'null', at, pick),
      type: 'application/json',
      kind,
    }));
}

const formText = fc.oneof(anyText, hugeText).map((text) => encodeURIComponent(text.toWellFormed()));

const formBody: Arbitrary<Body> = fc
  .array(
    fc.tuple(
      fc.constantFrom('data', 'DATA', 'format', 'data[]', '__proto__', 'x'),
      fc.constantFrom('=', '=', ''),
      formText,
    ),
    { maxLength: 6 },
  )
  .map((pairs) => ({
    content: pairs.map((pair) => pair.join('')).join('&'),
    type: 'application/x-www-form-urlencoded',
    kind: 'a form',
  }));

const lines: Arbitrary<Body> = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom('1AAB1BC21LF000001', '{"vin":"1AA"}', '{', '"', '1AA,2020'),
      fc.jsonValue().map((value) => JSON.stringify(value) ?? ''),
    ),
    {
      maxLength: 20,
    },
  )
  .map((all) => ({ content: all.join('\n'), type: 'application/x-ndjson', kind: 'lines' }));
