import type pg from 'pg';
import { Failure } from '../../server/failure.ts';
import type { Catalog } from './catalog.ts';
import { type Decoded, decodeAll } from './decode.ts';
import { type DrawnVin, drawVin } from './draw.ts';
import { type Typed, type } from './misreading.ts';
import { createRandom } from './random.ts';

/** A vehicle of the simulation: its VIN, what is true of it, and what its VIN alone decodes to. */
export interface Vehicle extends DrawnVin {
  /** The decode of the right VIN with the right model year. */
  truth: Decoded;
  /** The decode of the right VIN alone. */
  answer: Decoded;
}

/** How many VINs were drawn for the simulation, and why some were not used. */
export interface Drawing {
  drawn: number;
  /** Models without a model year, keys that no VIN can satisfy. */
  impossible: number;
  /** VINs that do not decode cleanly with their model year: patterns that contradict each other. */
  unclean: number;
}

type Say = (line: string) => void;

const allowedCodes: ReadonlySet<number> = new Set([0, 9, 10, 12, 14]);

/** Draws `count` vehicles whose VINs decode cleanly when their model year is known. */
export async function drawVehicles(
  pool: pg.Pool,
  catalog: Catalog,
  count: number,
  seed: number,
  say: Say,
): Promise<{ vehicles: Vehicle[]; drawing: Drawing }> {
  const random = createRandom(seed, 'draw');
  const drawing: Drawing = { drawn: 0, impossible: 0, unclean: 0 };
  const kept: { drawn: DrawnVin; truth: Decoded }[] = [];
  while (kept.length < count) {
    const wanted = count - kept.length;
    const round: DrawnVin[] = [];
    while (round.length < wanted) {
      const drawn = drawVin(catalog, random);
      drawing.drawn++;
      if (drawn === null) drawing.impossible++;
      else round.push(drawn);
      if (drawing.drawn > 20 * count + 1000) {
        throw new Failure(
          'hardly any VIN that is drawn from this data decodes cleanly: is it compiled wrongly?',
        );
      }
    }
    const truths = await decodeAll(pool, round, (done) =>
      say(`${kept.length + done} of ${count} VINs drawn`),
    );
    for (const [index, drawn] of round.entries()) {
      const truth = truths[index];
      if (truth !== undefined && isClean(drawn, truth)) kept.push({ drawn, truth });
      else drawing.unclean++;
    }
  }
  const questions = kept.map(({ drawn }) => ({ vin: drawn.vin, year: null }));
  const answers = await decodeAll(pool, questions, (done) => say(`${done} of ${count} right VINs decoded`));
  const vehicles = kept.flatMap(({ drawn, truth }, index): Vehicle[] => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ ...drawn, truth, answer }];
  });
  return { vehicles, drawing };
}

/** A wrong check digit is no fault of a VIN whose maker does not use one. */
function isClean(drawn: DrawnVin, truth: Decoded): boolean {
  const codes = drawn.isForeign ? truth.codes.filter((code) => code !== 1) : truth.codes;
  return codes.every((code) => allowedCodes.has(code)) && truth.values.make !== null;
}

/** A vehicle whose VIN somebody has typed. */
export interface Case {
  vehicle: Vehicle;
  typed: Typed;
  answer: Decoded;
}

/** Types every vehicle's VIN, wrongly with probability `rate`, and decodes it. */
export async function typeVins(
  pool: pg.Pool,
  vehicles: readonly Vehicle[],
  rate: number,
  seed: number,
  say: Say,
): Promise<Case[]> {
  // Each vehicle has a stream of its own, so that a VIN that is wrong at 1 % is wrong in the same way at 20 %.
  const typed = vehicles.map(({ vin }, index) => type(vin, rate, createRandom(seed, `type ${index}`)));
  const wrong = typed.filter(({ kind }) => kind !== 'right').map(({ vin }) => ({ vin, year: null }));
  const answers = await decodeAll(pool, wrong, (done) =>
    say(`${done} of ${wrong.length} wrong VINs decoded`),
  );
  let next = 0;
  return vehicles.flatMap((vehicle, index): Case[] => {
    const text = typed[index];
    const answer = text?.kind === 'right' ? vehicle.answer : answers[next++];
    return text === undefined || answer === undefined ? [] : [{ vehicle, typed: text, answer }];
  });
}
