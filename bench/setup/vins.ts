import type pg from 'pg';
import { Failure } from '../../server/failure.ts';
import { checkDigit, descriptor, VIN_LENGTH } from '../../server/vin.ts';
import { type Catalog, readCatalog } from '../calibration/catalog.ts';
import { drawVin } from '../calibration/draw.ts';
import { createRandom, type Random } from '../calibration/random.ts';

/** The catalog that VINs are drawn from. */
export interface Makers {
  /** Every make alike, so mostly small ones: what a decoder cannot have ready. */
  all: Catalog;
  /** Passenger cars, MPVs and light trucks: what a fleet consists of. */
  light: Catalog;
}

/** Reads what VINs are drawn from. @throws {Failure} when there is nothing */
export async function readMakers(pool: pg.Pool): Promise<Makers> {
  const all = await readCatalog(pool, false);
  const light = await readCatalog(pool, true);
  if (all === null || light === null || all.makes.length === 0 || light.makes.length === 0) {
    throw new Failure('the data has no models to draw VINs from: is ETL_SOURCE a whole vPIC database?');
  }
  return { all, light };
}

/** Draws in vain before a catalog counts as used up. */
const patience = 200_000;

/**
 * VINs for one section, all with the right check digit. Whatever it gives out is new: no descriptor twice, over all
 * calls. The same seed and section, the same VINs.
 */
export class VinLists {
  readonly #makers: Makers;
  readonly #random: Random;
  readonly #seen = new Set<string>();

  constructor(makers: Makers, seed: number, section: string) {
    this.#makers = makers;
    this.#random = createRandom(seed, `bench ${section}`);
  }

  /**
   * VINs of which no two have one descriptor, and none that this object gave before.
   * @throws {Failure} when the data does not have that many
   */
  new(count: number, makers: keyof Makers = 'all'): string[] {
    const vins: string[] = [];
    let vain = 0;
    while (vins.length < count) {
      if (vain > patience)
        throw new Failure(`the data has no ${count} different kinds of VIN: ask for fewer`);
      const drawn = drawVin(this.#makers[makers], this.#random);
      const kind = drawn === null ? null : descriptor(drawn.vin);
      // A few keys name I, O or Q, which the service refuses in a VIN.
      if (
        drawn === null ||
        kind === null ||
        drawn.isForeign ||
        /[IOQ]/.test(drawn.vin) ||
        this.#seen.has(kind)
      ) {
        vain++;
        continue;
      }
      vain = 0;
      this.#seen.add(kind);
      vins.push(drawn.vin);
    }
    return vins;
  }

  /** A fleet's VINs, shuffled: 1 to `2 × each − 1` vehicles of each kind, `each` on average; no VIN twice. */
  fleet(count: number, each: number): string[] {
    const vins = new Set<string>();
    while (vins.size < count) {
      const [first = ''] = this.new(1, 'light');
      const vehicles = 1 + this.#random.below(2 * each - 1);
      vins.add(first);
      for (let more = 1; more < vehicles && vins.size < count; more++) vins.add(sibling(first, this.#random));
    }
    return shuffle([...vins], this.#random);
  }

  /** For each VIN another one of the same kind. */
  siblings(vins: readonly string[]): string[] {
    return vins.map((vin) => {
      let other = sibling(vin, this.#random);
      while (other === vin) other = sibling(vin, this.#random);
      return other;
    });
  }
}

/** A VIN with the same descriptor: another serial number, in digits, with the check digit that belongs to it. */
export function sibling(vin: string, random: Random): string {
  // Position 12 may be a letter that patterns of some makers look at; small makers are told apart by 12 to 14.
  const kept = vin.charAt(2) === '9' ? 14 : 12;
  let text = vin.slice(0, kept);
  while (text.length < VIN_LENGTH) text += String(random.below(10));
  return text.slice(0, 8) + (checkDigit(text) ?? '0') + text.slice(9);
}

function shuffle<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}
