/** One stated value: how sure the decode was, and whether the value was right. */
export interface Statement {
  confidence: number;
  isRight: boolean;
}

/** One bin of a reliability table. */
export interface Bin {
  from: number;
  to: number;
  count: number;
  /** Means over the bin; null when it is empty. */
  confidence: number | null;
  right: number | null;
}

/** How well confidence says what is right. */
export interface Reliability {
  count: number;
  confidence: number;
  right: number;
  /** Expected calibration error over ten bins of equal width: mean distance of confidence and share right. */
  ece: number;
  /** The same over ten bins of equal counts, which looks closer where nearly all confidences are high. */
  eceOfEqualCounts: number;
  /** Mean squared distance of confidence and outcome (Brier 1950). */
  brier: number;
  /** Probability that a right value has a higher confidence than a wrong one, ties count half; null without both. */
  auc: number | null;
  bins: Bin[];
}

const binCount = 10;

/** Scores statements; all figures are 0 when there are none. */
export function score(statements: readonly Statement[]): Reliability {
  const sorted = statements.toSorted((a, b) => a.confidence - b.confidence);
  const equalWidth = Array.from({ length: binCount }, (_, index) =>
    sorted.filter(({ confidence }) => Math.min(Math.floor(confidence * binCount), binCount - 1) === index),
  );
  return {
    count: sorted.length,
    confidence: meanConfidence(sorted),
    right: shareRight(sorted),
    ece: calibrationError(equalWidth, sorted.length),
    eceOfEqualCounts: calibrationError(splitEvenly(sorted), sorted.length),
    brier: mean(sorted, ({ confidence, isRight }) => (confidence - Number(isRight)) ** 2),
    auc: areaUnderCurve(sorted),
    bins: equalWidth.map((bin, index) => ({
      from: index / binCount,
      to: (index + 1) / binCount,
      count: bin.length,
      confidence: bin.length === 0 ? null : meanConfidence(bin),
      right: bin.length === 0 ? null : shareRight(bin),
    })),
  };
}

function mean(statements: readonly Statement[], of: (statement: Statement) => number): number {
  return statements.reduce((sum, statement) => sum + of(statement), 0) / Math.max(statements.length, 1);
}

function meanConfidence(statements: readonly Statement[]): number {
  return mean(statements, ({ confidence }) => confidence);
}

function shareRight(statements: readonly Statement[]): number {
  return mean(statements, ({ isRight }) => Number(isRight));
}

function calibrationError(bins: readonly (readonly Statement[])[], count: number): number {
  return bins
    .filter((bin) => bin.length > 0)
    .reduce((sum, bin) => sum + (bin.length / count) * Math.abs(meanConfidence(bin) - shareRight(bin)), 0);
}

/** Bins of (nearly) equal counts; equal confidences stay in one bin, or the cut between them would be chance. */
function splitEvenly(sorted: readonly Statement[]): Statement[][] {
  const bins: Statement[][] = [];
  let from = 0;
  for (let cut = 1; cut <= binCount; cut++) {
    let to = Math.round((cut * sorted.length) / binCount);
    while (to < sorted.length && sorted[to]?.confidence === sorted[to - 1]?.confidence) to++;
    if (to <= from) continue;
    bins.push(sorted.slice(from, to));
    from = to;
  }
  return bins;
}

/** Mann and Whitney's rank statistic; tied confidences share their mean rank. */
function areaUnderCurve(sorted: readonly Statement[]): number | null {
  const right = sorted.filter(({ isRight }) => isRight).length;
  const wrong = sorted.length - right;
  if (right === 0 || wrong === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to++;
    const ties = sorted.slice(from, to).filter(({ isRight }) => isRight).length;
    rankSum += ties * ((from + 1 + to) / 2);
    from = to;
  }
  return (rankSum - (right * (right + 1)) / 2) / (right * wrong);
}
