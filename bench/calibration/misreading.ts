import type { Random } from './random.ts';

/*
 * How VINs get mistyped: the error model of docs/CONFIDENCE.md, in numbers. decoder.look_alikes and
 * decoder.misread_probability say the same in SQL; the benchmark refuses to run when they differ.
 */

/** Characters of a VIN; 49 CFR 565.13(b). */
export const vinCharacters = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';

/** Share of typed VINs that are wrong: an assumption, the one that the confidence is stated under. */
export const assumedRate = 0.05;

/** Other shares, to see how the confidence degrades where the assumption does not hold. */
export const otherRates: readonly number[] = [0.01, 0.2];

/**
 * Share of two swapped neighbours among wrong VINs, the others have one wrong character. J. Verhoeff, Error
 * Detecting Decimal Codes (1969): of 12,000 errors of people 79 % were one wrong character, 10.2 % two swapped
 * neighbours; these two kinds only: 0.885 and 0.115.
 */
export const swapShare = 0.115;

/** Share of wrong characters that are a look-alike of the right one, where it has any. */
export const lookAlikeShare = 0.6;

/** Characters that people take for each other, in writing, in print or stamped in metal; either way round. */
const lookAlikePairs: readonly string[] = [
  ...['8B', '5S', '0D', '17', '2Z', '6G', 'UV', 'MN', '4A', '38'],
  ...['CG', 'EF', 'PR', 'VY', 'T7', 'KX', '1L', 'WV', 'HN'],
];

const lookAlikesOf: ReadonlyMap<string, string> = new Map(
  Array.from(vinCharacters, (character) => [
    character,
    lookAlikePairs
      .filter((pair) => pair.includes(character))
      .map((pair) => pair.replace(character, ''))
      .sort()
      .join(''),
  ]),
);

/** The look-alikes of a VIN character, sorted; empty when it has none. */
export function lookAlikes(meant: string): string {
  return lookAlikesOf.get(meant) ?? '';
}

/** Probability that the wrong character typed for `meant` is `typed`; 0 when they are the same or not of a VIN. */
export function misreadProbability(meant: string, typed: string): number {
  if (meant === typed || !vinCharacters.includes(meant) || !vinCharacters.includes(typed)) return 0;
  const alike = lookAlikes(meant);
  const share = alike === '' ? 0 : lookAlikeShare;
  const misread = alike.includes(typed) ? share / alike.length : 0;
  return misread + (1 - share) / (vinCharacters.length - 1);
}

/** A typed VIN: `position` is 1-based, of two swapped characters the left one's. */
export interface Typed {
  vin: string;
  kind: 'right' | 'substituted' | 'swapped';
  position: number | null;
}

/** Types a VIN, wrongly with probability `rate`. */
export function type(vin: string, rate: number, random: Random): Typed {
  return random.next() < rate ? mistype(vin, random) : { vin, kind: 'right', position: null };
}

/** Types a VIN wrongly. */
export function mistype(vin: string, random: Random): Typed {
  if (random.next() < swapShare && new Set(vin).size > 1) return swap(vin, random);
  const at = random.below(vin.length);
  const meant = vin.charAt(at);
  return {
    vin: vin.slice(0, at) + misread(meant, random) + vin.slice(at + 1),
    kind: 'substituted',
    position: at + 1,
  };
}

function swap(vin: string, random: Random): Typed {
  for (;;) {
    const at = random.below(vin.length - 1);
    const [left, right] = [vin.charAt(at), vin.charAt(at + 1)];
    if (left === right) continue;
    return { vin: vin.slice(0, at) + right + left + vin.slice(at + 2), kind: 'swapped', position: at + 1 };
  }
}

function misread(meant: string, random: Random): string {
  const alike = lookAlikes(meant);
  if (alike !== '' && random.next() < lookAlikeShare) return random.character(alike);
  return random.character(vinCharacters.replace(meant, ''));
}
