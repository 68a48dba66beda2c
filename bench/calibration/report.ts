import { mkdir, writeFile } from 'node:fs/promises';
import { type Field, fields } from './decode.ts';
import { drawDiagram } from './diagram.ts';
import type { RateScore } from './rate-score.ts';
import { renderReadme } from './readme.ts';
import type { Drawing, Vehicle } from './simulate.ts';

/** What is reported of one run. */
export interface Report {
  seed: number;
  /** Passenger cars, MPVs and light trucks only. */
  isLightOnly: boolean;
  dataVersion: string;
  source: string;
  vehicles: readonly Vehicle[];
  drawing: Drawing;
  scores: readonly RateScore[];
}

/** How the fields are called for people. */
export const titles: Readonly<Record<Field, string>> = {
  make: 'make',
  model: 'model',
  year: 'model year',
  body: 'body class',
  fuel: 'fuel',
  overall: 'overall (make, model and year)',
};

/** The scores as a table for a terminal. */
export function printScores(scores: readonly RateScore[]): string {
  const head = [
    'wrong VINs',
    'field',
    'stated',
    'missed',
    'confidence',
    'right',
    'ECE',
    'ECE=n',
    'Brier',
    'AUC',
  ];
  const rows = scores.flatMap(({ rate, fields: scored }) =>
    fields.map((field) => {
      const { count, missed, confidence, right, ece, eceOfEqualCounts, brier, auc } = scored[field];
      const shares = [confidence, right, ece, eceOfEqualCounts, brier].map((value) => value.toFixed(4));
      return [percent(rate), field, String(count), percent(missed), ...shares, auc?.toFixed(3) ?? '-'];
    }),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => `${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}

/** Writes the tables (JSON per rate, README.md) and a diagram per field (SVG). */
export async function writeReport(folder: string, report: Report): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { seed, isLightOnly, dataVersion, source, vehicles, drawing, scores } = report;
  const run = { seed, isLightOnly, dataVersion, source, vehicles: vehicles.length, drawing };
  await Promise.all([
    ...scores.map((score) =>
      writeFile(`${folder}/rate-${score.rate}.json`, `${JSON.stringify({ ...run, ...score }, round, 2)}\n`),
    ),
    ...fields.map((field) =>
      writeFile(
        `${folder}/${field}.svg`,
        drawDiagram(
          titles[field],
          scores.map(({ rate, fields: scored }) => ({
            label: `${percent(rate)} wrong VINs`,
            bins: scored[field].bins,
          })),
        ),
      ),
    ),
    writeFile(`${folder}/README.md`, renderReadme(report)),
  ]);
}

/** Five digits say all that 20,000 VINs can tell, and keep the files comparable. */
function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(5)) : value;
}

/** A share as a percentage with at most two decimals. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
