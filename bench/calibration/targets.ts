import { fields } from './decode.ts';
import { assumedRate } from './misreading.ts';
import type { RateScore } from './rate-score.ts';

/** What the confidence must reach: at the assumed rate of wrong VINs, and where that assumption does not hold. */
export const targets = { eceAssumed: 0.02, eceOther: 0.05, auc: 0.9 } as const;

/** The targets that are missed, a line each. */
export function findFailures(scores: readonly RateScore[]): string[] {
  return scores.flatMap(({ rate, fields: scored }) => {
    const most = rate === assumedRate ? targets.eceAssumed : targets.eceOther;
    return fields.flatMap((field) => {
      const { ece, auc } = scored[field];
      const of = `of ${field} at ${rate * 100} % wrong VINs`;
      return [
        ...(ece > most ? [`ECE ${of} is ${ece.toFixed(4)}, more than ${most}`] : []),
        ...(auc !== null && auc < targets.auc
          ? [`AUC ${of} is ${auc.toFixed(3)}, less than ${targets.auc}`]
          : []),
      ];
    });
  });
}
