import { type Field, fields, isMissed, judge } from './decode.ts';
import { type Reliability, type Statement, score } from './score.ts';
import type { Case, Vehicle } from './simulate.ts';

/** The scores of one field at one rate of wrong VINs. */
export interface FieldScore extends Reliability {
  /** Share of the vehicles with a value whose decode states none. */
  missed: number;
}

export interface RateScore {
  rate: number;
  wrongVins: number;
  fields: Record<Field, FieldScore>;
  /** The overall confidence by type of vehicle. */
  types: { type: string; vehicles: number; score: Reliability }[];
}

/** What the answers state about a field. */
function statements(cases: readonly Case[], field: Field): Statement[] {
  return cases.flatMap(({ vehicle, answer }): Statement[] => {
    const isRight = judge(field, answer, vehicle.truth);
    return isRight === null ? [] : [{ confidence: answer.confidences[field], isRight }];
  });
}

/** NHTSA's vehicle types, but for trucks that count as light. */
function typeOf({ isLight, vehicleType }: Vehicle): string {
  const name = vehicleType === '' ? 'unknown' : vehicleType.toLowerCase();
  return isLight && name === 'truck' ? 'light truck' : name;
}

/** Scores all fields of the cases typed at one rate. */
export function scoreCases(cases: readonly Case[], rate: number): RateScore {
  const scoreField = (field: Field): FieldScore => {
    const withValue = cases.filter(({ vehicle }) => judge(field, vehicle.truth, vehicle.truth) !== null);
    const missed = cases.filter(({ vehicle, answer }) => isMissed(field, answer, vehicle.truth));
    return {
      ...score(statements(cases, field)),
      missed: withValue.length === 0 ? 0 : missed.length / withValue.length,
    };
  };
  return {
    rate,
    wrongVins: cases.filter(({ typed }) => typed.kind !== 'right').length,
    fields: Object.fromEntries(fields.map((field) => [field, scoreField(field)])) as Record<
      Field,
      FieldScore
    >,
    types: Array.from(Map.groupBy(cases, ({ vehicle }) => typeOf(vehicle)))
      .map(([name, ofType]) => ({
        type: name,
        vehicles: ofType.length,
        score: score(statements(ofType, 'overall')),
      }))
      .sort((a, b) => b.vehicles - a.vehicles),
  };
}
