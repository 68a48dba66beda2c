/** Texts that nobody means as a make, a year or a VIN, and the ways to write one into an address. */

import fc from 'fast-check';

/** Each has broken some program: ends of strings, of lines and of numbers, of planes of Unicode, and names of objects. */
const KNOWN = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\n',
  '\r\nX-Injected: 1',
  '\t',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u0130', // İ: longer in lower case
  'ß',
  'ﬁ',
  'Å',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞',
  '\u202e12FA',
  '\u200f\u2067rtl\u2069',
  '\ufeffHONDA',
  '\ufffe\uffff',
  '１ＨＧＣＭ８２６３３Ａ００４３５２', // a VIN in full-width characters
  '１９９９',
  '٢٠٢٠',
  'Ⅷ',
  '😀👨‍👩‍👧‍👦',
  '\ud800',
  'a\udfff',
  '\udc00\ud800',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'true',
  'NaN',
  '-0',
  '-1',
  '+1',
  '0x7e4',
  '1e3',
  '2020.0',
  '2147483647',
  '2147483648',
  '9223372036854775808',
  '1'.repeat(400),
  '..',
  '../..',
  '../../../../etc/passwd',
  '/',
  '\\',
  '%',
  '%00',
  '%2e%2e%2f',
  '*',
  '#',
  '[A-Z]',
  '(((((',
  '{}',
  '[]',
  '"',
  "'",
  '`',
  '<script>alert(1)</script>',
  '#{7*7}',
  '{{7*7}}',
  '=1+1',
  '\\u0000',
] as const;

const loneSurrogate = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));

/** Any text at all, often one of the known ones. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(loneSurrogate, fc.string({ maxLength: 3 })), { maxLength: 8 })
      .map((parts) => parts.join('')),
  },
);

/** Longer than anything is, up to what fits in a request line. */
export const hugeText = fc
  .tuple(fc.constantFrom('x', '1', 'É', '%', "'", '\u0301', '中', '[A-Z]', '1HGCM82633A004352;'), fc.nat(5))
  .map(([unit, size]) => unit.repeat(Math.ceil((200 * 2 ** size) / unit.length)));

/** A text percent-encoded; half a surrogate pair as the three bytes that UTF-8 has for nobody. */
export function encoded(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  return Array.from(text, (character) =>
    character.isWellFormed()
      ? encodeURIComponent(character)
      : percented([
          0xe0 | (character.charCodeAt(0) >> 12),
          0x80 | ((character.charCodeAt(0) >> 6) & 0x3f),
          0x80 | (character.charCodeAt(0) & 0x3f),
        ]),
  ).join('');
}

function percented(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Ways to write the same address, or none: every byte encoded, twice encoded, overlong, broken off, not hexadecimal. */
const TRICKS: readonly ((text: string) => string)[] = [
  (text) => percented(Buffer.from(text)),
  (text) => percented(Buffer.from(text)).toUpperCase(),
  (text) => encodeURIComponent(encoded(text)),
  (text) => percented(Buffer.from(text, 'latin1')),
  (text) => percented(Buffer.from(text, 'utf16le')),
  (text) => `${encoded(text)}%`,
  (text) => `${encoded(text)}%z`,
  (text) => `${encoded(text)}%zz`,
  (text) => `${encoded(text)}%c0%af..%c0%af`,
  (text) => `${encoded(text)}%e0%80%80`,
  (text) => `${encoded(text)}%f8%88%80%80%80`,
  (text) => `${encoded(text)}%00`,
  (text) => `..%2f${encoded(text)}`,
  (text) => `%2e%2e/${encoded(text)}`,
  (text) => `./${encoded(text)}`,
  (text) => `/${encoded(text)}`,
  (text) => `${encoded(text)}/`,
  (text) => `${encoded(text)};jsessionid=1`,
  (text) => encoded(text).replaceAll('%20', '+'),
  (text) => `%u0041${encoded(text)}`,
];

/** A text written into an address in a way that most programs read otherwise than the one before. */
export const tricked = fc
  .tuple(fc.oneof(fc.constantFrom('Aster', '1AA', '2020', 'a b'), anyText), fc.constantFrom(...TRICKS))
  .map(([text, trick]) => trick(text));
