import { checkDigit, VIN_LENGTH } from '../../server/vin.ts';
import type { Catalog, Segment } from './catalog.ts';
import { common, type Demand, demandsOf } from './keys.ts';
import { vinCharacters } from './misreading.ts';
import type { Random } from './random.ts';

/** A VIN that could be on a vehicle, with what the VIN alone may leave open. */
export interface DrawnVin {
  vin: string;
  year: number;
  isLight: boolean;
  vehicleType: string;
  /** The maker does not use check digits: position 9 is wrong on purpose. */
  isForeign: boolean;
}

/** Share of vehicles whose makers put no check digit into position 9 (those not made for North America). */
export const foreignShare = 0.0005;

/** How many keys are tried to fill the positions that the model's key leaves open. */
const fillTries = 400;

const firstYear = 1980;
/** Model years run ahead of the calendar by one; links without an end reach beyond any. */
const yearsAhead = 1;
const yearCharacters = 'ABCDEFGHJKLMNPRSTVWXY123456789';
const digits = '0123456789';
const letters = vinCharacters.replace(/\d/g, '');
const describing: readonly number[] = [4, 5, 6, 7, 8, 11];

/**
 * Draws a VIN: a make, all alike, so that small makes count; one of its models; a model year that the model was made
 * in; one of its WMIs; then characters that some pattern knows wherever the model's key leaves them open.
 * Null when the drawn model has no such year or no VIN can satisfy its key.
 */
export function drawVin(catalog: Catalog, random: Random): DrawnVin | null {
  const model = random.pick(random.pick(catalog.makes));
  const lastYear = catalog.year + yearsAhead;
  const sites = model.flatMap(({ schemaId, keys }) =>
    (catalog.segmentsOfSchema.get(schemaId) ?? []).map((segment) => ({ segment, keys })),
  );
  const years = new Set<number>();
  for (const { segment } of sites) {
    const to = Math.min(segment.yearTo, lastYear);
    for (let year = Math.max(segment.yearFrom, firstYear); year <= to; year++) years.add(year);
  }
  if (years.size === 0) return null;
  const year = random.pick([...years].sort());
  const covering = sites.filter(({ segment }) => segment.yearFrom <= year && year <= segment.yearTo);
  const wmi = random.pick([...new Set(covering.map(({ segment }) => segment.wmi))]);
  const { segment, keys } = random.pick(covering.filter((site) => site.segment.wmi === wmi));

  const draft = new Draft(segment, year);
  if (!draft.satisfy(demandsOf(keys), random)) return null;
  fillFromKeys(draft, catalog, segment, random);
  const vin = draft.finish(random);
  if (vin === null) return null;
  const isForeign = random.next() < foreignShare;
  return {
    vin: withCheckDigit(vin, isForeign, random),
    year,
    isLight: segment.isLight,
    vehicleType: segment.vehicleType,
    isForeign,
  };
}

/** Real VINs say something at every position: keys of other patterns fill what the model's key leaves open. */
function fillFromKeys(draft: Draft, catalog: Catalog, segment: Segment, random: Random): void {
  const pool = segment.schemaIds.map((schemaId) => catalog.keysOfSchema.get(schemaId) ?? []);
  const size = pool.reduce((sum, keys) => sum + keys.length, 0);
  for (let tries = Math.min(fillTries, 4 * size); tries > 0 && draft.isOpen(); tries--) {
    let at = random.below(size);
    for (const keys of pool) {
      const candidate = keys[at];
      if (candidate !== undefined) {
        draft.satisfy(demandsOf(candidate), random);
        break;
      }
      at -= keys.length;
    }
  }
}

function withCheckDigit(vin: string, isForeign: boolean, random: Random): string {
  const right = checkDigit(vin) ?? '0';
  const digit = isForeign ? random.character(`${digits}X`.replace(right, '')) : right;
  return vin.slice(0, 8) + digit + vin.slice(9);
}

/** A VIN in the making. */
class Draft {
  readonly #characters: string[] = Array.from({ length: VIN_LENGTH }, () => '');
  /** What may stand at each position (index 0 is position 1). */
  readonly #allowed: string[] = Array.from({ length: VIN_LENGTH }, () => vinCharacters);

  constructor(segment: Segment, year: number) {
    this.#write(1, segment.wmi.slice(0, 3));
    this.#write(9, '0');
    this.#write(10, yearCharacters.charAt((year - firstYear) % yearCharacters.length));
    for (const [index, valid] of segment.validCharacters.entries()) {
      // A position whose patterns know no VIN character is left to chance, as if none looked.
      if (valid !== null) this.#allow(index + 4, common(valid, vinCharacters) || vinCharacters);
    }
    // 49 CFR 565.15(d)(2): position 7 tells the two cycles of the year's character apart.
    if (segment.isLight) this.#allow(7, year < 2010 ? digits : letters);
    const isSmallMaker = segment.wmi.length > 3;
    if (isSmallMaker) this.#write(12, segment.wmi.slice(3));
    const digitsFrom = isSmallMaker ? 15 : segment.isLight ? 13 : 14;
    for (let position = digitsFrom; position <= VIN_LENGTH; position++) this.#allow(position, digits);
  }

  #write(from: number, text: string): void {
    for (const [index, character] of Array.from(text).entries()) {
      this.#characters[from - 1 + index] = character;
    }
  }

  #allow(position: number, characters: string): void {
    this.#allowed[position - 1] = common(this.#allowed[position - 1] ?? '', characters);
  }

  /** Whether a position that describes the vehicle is still open. */
  isOpen(): boolean {
    return describing.some((position) => this.#characters[position - 1] === '');
  }

  /** Chooses characters so that a key matches; false, and nothing chosen, when it cannot. */
  satisfy(demands: readonly Demand[], random: Random): boolean {
    const choices: { position: number; characters: string }[] = [];
    for (const { position, characters } of demands) {
      const chosen = this.#characters[position - 1] ?? '';
      if (chosen !== '') {
        if (!characters.includes(chosen)) return false;
        continue;
      }
      const fitting = common(characters, this.#allowed[position - 1] ?? '');
      if (fitting === '') return false;
      choices.push({ position, characters: fitting });
    }
    for (const { position, characters } of choices) this.#write(position, random.character(characters));
    return true;
  }

  /** The VIN, with chance in what is still open; serial numbers are digits where they may be. Null when nothing may. */
  finish(random: Random): string | null {
    const vin = this.#characters
      .map((chosen, index) => {
        const allowed = this.#allowed[index] ?? '';
        const likely = index >= 11 ? common(allowed, digits) || allowed : allowed;
        return chosen || random.character(likely);
      })
      .join('');
    return vin.length === VIN_LENGTH ? vin : null;
  }
}
