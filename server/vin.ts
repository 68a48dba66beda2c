/**
 * The mechanics of a vehicle identification number that need no database: what a VIN may be made of, its check
 * digit, the parts of it that name the manufacturer and the vehicle line, and the model years it can mean.
 *
 * Sources: 49 CFR 565.13 (content and characters), 565.15 (check digit, year letter). Twins in SQL, value for
 * value: `vin.normalize`, `vin.problems`, `vin.check_digit`, `vin.wmi`, `vin.descriptor`; a test compares them.
 * As there, every function but `normalize` takes a normalized text, and characters are Unicode code points, as
 * PostgreSQL counts them, never UTF-16 units.
 */

/** Characters of a complete VIN; 49 CFR 565.13(b). */
export const VIN_LENGTH = 17;

/** One reason why a text cannot be a VIN. `position` is 1-based, null when the reason is the length. */
export interface VinProblem {
  position: number | null;
  /** The offending character; null when the reason is the length. */
  character: string | null;
  /** A sentence for people. */
  reason: string;
}

/** Letter values of 49 CFR 565.15(c), Table III; I, O and Q have none. Digits stand for themselves. */
const VALUES: ReadonlyMap<string, number> = new Map(
  [...'0123456789ABCDEFGHJKLMNPRSTUVWXYZ'].map((character, index) => [
    character,
    Number('012345678912345678123457923456789'[index]),
  ]),
);

/** Weights by position of 49 CFR 565.15(c), Table IV. Position 9 is the check digit itself and weighs nothing. */
const WEIGHTS: readonly number[] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Position 10 in the order of the years, from 2010 on and (30 years earlier) from 1980 on; Table VII of 565.15(d). */
const YEAR_CHARACTERS = 'ABCDEFGHJKLMNPRSTVWXY123456789';

/** Seventeen characters of a VIN: most texts are, and for them every answer below is had without taking them apart. */
const WELL_FORMED = /^[A-HJ-NPR-Z0-9]{17}$/;

/** {@link isRegular}, but for the check digit. */
const REGULAR =
  /^(?:[A-HJ-NPR-Z0-9]{8}[0-9X][1-9A-HJ-NPR-TV-Y][A-HJ-NPR-Z0-9]{2}[0-9]{2}|[A-HJ-NPR-Z0-9]{2}9[A-HJ-NPR-Z0-9]{5}[0-9X][1-9A-HJ-NPR-TV-Y][A-HJ-NPR-Z0-9]{4})[0-9]{3}$/;

/** Positions that are looked at for characters: in a text much longer than a VIN, the first show why it is none. */
const EXAMINED = 40;

/** vPIC plans at most this many model years ahead of the calendar. */
const YEARS_AHEAD = 2;

/**
 * A VIN as it is compared: upper case, without blanks (U+0020 only) at either end.
 * Every code point stays one code point: a character whose capital is longer ("ß" → "SS") is left alone, since
 * positions are what a VIN is about. PostgreSQL capitalizes a few of those (Greek letters with iota subscript), and
 * each side the letters of its own Unicode version; no such capital is a character of a VIN.
 */
export function normalize(text: string): string {
  if (WELL_FORMED.test(text)) return text;
  return Array.from(text.replace(/^ +| +$/g, ''), (character) => {
    const capital = character.toUpperCase();
    return Array.from(capital).length === 1 ? capital : character;
  }).join('');
}

/**
 * Every reason why a text cannot be a VIN, the length first, then the characters from left to right (of the first
 * 40); empty when it can be one. The check digit is not judged here: a VIN with a wrong one is only mistyped.
 */
export function problems(vin: string): VinProblem[] {
  if (WELL_FORMED.test(vin)) return [];
  const characters = Array.from(vin);
  const found: VinProblem[] = [];
  if (characters.length !== VIN_LENGTH) {
    const reason = `a VIN has ${VIN_LENGTH} characters, this has ${characters.length}`;
    found.push({ position: null, character: null, reason });
  }
  for (const [index, character] of characters.slice(0, EXAMINED).entries()) {
    if (!VALUES.has(character)) {
      found.push({ position: index + 1, character, reason: reasonAgainst(character) });
    }
  }
  return found;
}

/** Why a character cannot be in a VIN, for people; I, O and Q are named because they are misread digits. */
function reasonAgainst(character: string): string {
  return 'IOQ'.includes(character)
    ? `${character} is never used in a VIN; 1 or 0 is meant`
    : 'only the letters A-Z without I, O, Q and the digits 0-9 occur in a VIN';
}

/**
 * The check digit (0-9 or X) that the VIN should carry in position 9; 49 CFR 565.15(c).
 * Null when the text cannot be a VIN (see {@link problems}), except that position 9 itself is not looked at.
 */
export function checkDigit(vin: string): string | null {
  // Seventeen UTF-16 units are seventeen code points, or hold a surrogate, which has no value: null either way.
  const characters = vin.length === VIN_LENGTH ? vin : Array.from(vin);
  if (characters.length !== VIN_LENGTH) return null;
  let sum = 0;
  for (let index = 0; index < VIN_LENGTH; index += 1) {
    const weight = WEIGHTS[index] ?? 0;
    if (weight === 0) continue;
    const value = VALUES.get(characters[index] ?? '');
    if (value === undefined) return null;
    sum += weight * value;
  }
  const remainder = sum % 11;
  return remainder === 10 ? 'X' : String(remainder);
}

/** Whether position 9 carries the digit that {@link checkDigit} expects; false when none can be expected. */
export function isCheckDigitValid(vin: string): boolean {
  const expected = checkDigit(vin);
  return expected !== null && Array.from(vin)[8] === expected;
}

/**
 * Whether the VIN is written as 49 CFR 565.15 has it: a digit or X in position 9 that is the right one, a year
 * character in position 10, a serial number of digits from position 13 on (from 15 on for small makers, whose
 * identifier takes positions 12 to 14). Of such VINs, those with the same {@link descriptor} have the same decode as
 * far as the database says so (`is_common` of `api.decode_vin_text`).
 */
export function isRegular(vin: string): boolean {
  return REGULAR.test(vin) && checkDigit(vin) === vin[8];
}

/**
 * The world manufacturer identifier: the first 3 characters or, for a maker of fewer than 1,000 vehicles a year
 * ('9' in position 3; 565.15(a)), those and positions 12 to 14. As vPIC does, the long form needs position 14 to
 * be there, and a shorter text than 3 characters is its own identifier.
 */
export function wmi(vin: string): string {
  const characters = Array.from(vin);
  const head = characters.slice(0, 3);
  const isSmallMaker = head[2] === '9' && characters.length >= 14;
  return (isSmallMaker ? [...head, ...characters.slice(11, 14)] : head).join('');
}

/**
 * What all vehicles of one description share: the VIN padded with `*` to 17, the check digit masked by `*`, cut
 * after position 11 (14 for a small maker, whose identifier reaches that far). vPIC's element 196.
 */
export function descriptor(vin: string): string {
  if (WELL_FORMED.test(vin)) return `${vin.slice(0, 8)}*${vin.slice(9, vin[2] === '9' ? 14 : 11)}`;
  const characters = Array.from(vin);
  const length = characters[2] === '9' ? 14 : 11;
  return Array.from({ length }, (_, index) => (index === 8 ? '*' : (characters[index] ?? '*'))).join('');
}

/** The model years a VIN can mean, the likelier first, and whether that leaves no doubt. */
export interface ModelYears {
  /** One year, two 30 years apart, or none when position 10 is no year character or missing. */
  candidates: number[];
  /** False when both of two candidates remain possible. */
  isConclusive: boolean;
}

/**
 * The model years that position 10 allows. The characters repeat every 30 years; for a passenger car, MPV or light
 * truck position 7 tells the cycles apart (a digit up to 2009, a letter from 2010 on; 565.15(d)(2)).
 * The decoder in the database goes further: where a year is conclusive but no pattern of the maker covers it,
 * it tries the other cycle.
 *
 * @param isLight whether the vehicle is a passenger car, MPV or light truck; undefined (unknown) counts as false,
 *   which keeps both cycles
 * @param currentYear the calendar year; no model year lies more than two years ahead of it
 */
export function modelYearCandidates(
  vin: string,
  isLight: boolean | undefined,
  currentYear: number,
): ModelYears {
  const characters = Array.from(vin);
  const offset = YEAR_CHARACTERS.indexOf(characters[9] ?? '-');
  if (offset < 0) return { candidates: [], isConclusive: true };

  const later = 2010 + offset;
  const earlier = later - 30;
  const cycle = isLight === true ? (characters[6] ?? '') : '';
  if (/^[0-9]$/.test(cycle) || later > currentYear + YEARS_AHEAD) {
    return { candidates: [earlier], isConclusive: true };
  }
  if (/^[A-Z]$/.test(cycle)) return { candidates: [later], isConclusive: true };
  return { candidates: [later, earlier], isConclusive: false };
}
