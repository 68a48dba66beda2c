import { type Field, fields, judge } from './decode.ts';
import type { Case, Vehicle } from './simulate.ts';

/** A group of answers: weights count how often its like is met, sums are weighted. */
interface Group {
  cases: number;
  weight: number;
  confidence: number;
  right: number;
}

interface Observation {
  group: string;
  weight: number;
  confidence: number;
  isRight: boolean;
}

const shownGroups = 25;

/**
 * Where the confidence is off. First by what the decoder sees (error codes): there mean confidence and share right
 * should agree, right VINs included. Then, wrong VINs only, by what the decoder cannot see (the kind and position of
 * the mistake): there they cannot agree, but show which mistakes mislead it.
 * @param wrong every vehicle's VIN mistyped; right and wrong ones are weighted to `rate`
 */
export function diagnose(vehicles: readonly Vehicle[], wrong: readonly Case[], rate: number): string {
  return fields
    .map((field) => {
      const right = vehicles.flatMap((vehicle) =>
        observe(field, vehicle, vehicle.answer, 1 - rate, seen(vehicle.answer)),
      );
      const mistyped = wrong.flatMap(({ vehicle, answer }) =>
        observe(field, vehicle, answer, rate, seen(answer)),
      );
      const hidden = (groupOf: (one: Case) => string): Observation[] =>
        wrong.flatMap((one) => observe(field, one.vehicle, one.answer, 1, groupOf(one)));
      return [
        `\n=== ${field} ===`,
        table(`by what the decoder sees, ${rate * 100} % wrong VINs`, [...right, ...mistyped]),
        table('right VINs by what the decoder sees', right),
        table('wrong VINs by position and check digit', hidden(place)),
        table(
          'wrong VINs by kind, position, check digit, codes',
          hidden((one) => `${one.typed.kind} ${place(one)} ${seen(one.answer)}`),
        ),
      ].join('\n');
    })
    .join('\n');
}

function observe(
  field: Field,
  vehicle: Vehicle,
  answer: Case['answer'],
  weight: number,
  group: string,
): Observation[] {
  const isRight = judge(field, answer, vehicle.truth);
  if (isRight === null) return [];
  return [{ group, weight, confidence: answer.confidences[field], isRight }];
}

/** What the decoder can see of how a VIN was typed. */
function seen(answer: Case['answer']): string {
  return `codes ${answer.codes.join(',')}`;
}

function place({ typed, answer }: Case): string {
  const position = String(typed.position).padStart(2);
  return `at ${position}, check digit ${answer.isCheckDigitValid ? 'right' : 'wrong'}`;
}

/** Groups with the largest part in the calibration error first. */
function table(title: string, observations: readonly Observation[]): string {
  const groups = new Map<string, Group>();
  for (const { group, weight, confidence, isRight } of observations) {
    const sum = groups.get(group) ?? { cases: 0, weight: 0, confidence: 0, right: 0 };
    sum.cases++;
    sum.weight += weight;
    sum.confidence += weight * confidence;
    sum.right += weight * Number(isRight);
    groups.set(group, sum);
  }
  const all = observations.reduce((sum, { weight }) => sum + weight, 0);
  const part = ({ confidence, right }: Group): number => (confidence - right) / all;
  const lines = [...groups]
    .sort(([, a], [, b]) => Math.abs(part(b)) - Math.abs(part(a)))
    .slice(0, shownGroups)
    .map(([name, sum]) =>
      [
        name.padEnd(58),
        String(sum.cases).padStart(6),
        percent(sum.weight / all),
        percent(sum.confidence / sum.weight),
        percent(sum.right / sum.weight),
        percent(part(sum)),
      ].join(' '),
    );
  const head = `${title.padEnd(58)} ${'cases'.padStart(6)} ${['share', 'conf.', 'right', 'error'].map((text) => text.padStart(8)).join(' ')}`;
  return ['', head, ...lines].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`.padStart(8);
}
