import { type Field, fields } from './decode.ts';
import { foreignShare } from './draw.ts';
import { assumedRate, lookAlikeShare, swapShare } from './misreading.ts';
import type { FieldScore, RateScore } from './rate-score.ts';
import { percent, type Report, titles } from './report.ts';
import type { Reliability } from './score.ts';
import { targets } from './targets.ts';

/** The report for people: what was measured and how, the scores, the reliability tables, the diagrams. */
export function renderReadme(report: Report): string {
  const assumed = report.scores.find(({ rate }) => rate === assumedRate);
  return [
    '<!-- Written by npm run bench:calibration: change bench/calibration/readme.ts, not this file. -->',
    '# How calibrated the confidence is',
    introduction(report),
    '## Scores',
    `Targets: ECE at most ${targets.eceAssumed} at ${percent(assumedRate)} wrong VINs and ${targets.eceOther} at the other rates, AUC at least ${targets.auc}.`,
    ...report.scores.map(scoreTable),
    scoreNotes,
    ...(assumed === undefined ? [] : [typeTable(assumed)]),
    '## Reliability',
    diagrams(),
    ...(assumed === undefined ? [] : [reliabilityNotes, ...fields.map((field) => binTable(field, assumed))]),
  ]
    .join('\n\n')
    .concat('\n');
}

function introduction({ vehicles, isLightOnly, drawing, seed, dataVersion, scores }: Report): string {
  const otherYear = vehicles.filter(({ truth, answer }) => truth.values.year !== answer.values.year).length;
  const rates = scores.map(({ rate }) => percent(rate)).join(', ');
  const population = isLightOnly
    ? 'passenger cars, MPVs and light trucks'
    : 'all types, and as most makes are small makers of trailers, so are most vehicles here';
  return [
    `A simulation: ${vehicles.length} vehicles (${population}) drawn from the data of release ${dataVersion}, seed ${seed}.`,
    'A make is drawn, each as likely, then one of its models, a model year and a WMI; the VIN gets characters that the',
    'patterns of that WMI and year know, a serial number and the right check digit',
    `(but for ${percent(foreignShare)}, whose makers use none). Each VIN is then typed: wrongly in ${rates} of the cases,`,
    `${percent(swapShare)} of those with two neighbours swapped, the others with one wrong character, ${percent(lookAlikeShare)} of which`,
    'look like the right one (CONFIDENCE.md has the error model and its sources). What was typed is decoded',
    'without its model year; a stated value is right when it is the one that the right VIN decodes to with its model year.',
    '',
    `Of ${drawing.drawn} VINs drawn ${drawing.unclean} were dropped because they do not decode cleanly, ${drawing.impossible} because no VIN fits the model's pattern in the year drawn.`,
    `${otherYear} of the ${vehicles.length} right VINs decode to another model year than the vehicle's: the year's character repeats`,
    'after 30 years, and where the maker was there in both, the VIN of anything but a light vehicle cannot tell.',
    `The confidence assumes ${percent(assumedRate)} wrong VINs; the other rates show what happens where that does not hold.`,
    '',
    'What this does not show: the vehicles are made from the same data that decodes them, so gaps and mistakes in that data',
    'are not in these figures, and the mix of makes, models and years is not that of the road.',
  ].join('\n');
}

function scoreTable({ rate, wrongVins, fields: scored }: RateScore): string {
  const isAssumed = rate === assumedRate ? ', as the confidence assumes' : '';
  const rows = fields.map((field) => {
    const { count, missed, confidence, right, ece, eceOfEqualCounts, brier, auc } = scored[field];
    return [
      titles[field],
      String(count),
      percent(missed),
      ...[confidence, right, ece, eceOfEqualCounts, brier].map(four),
      auc?.toFixed(3) ?? '–',
    ];
  });
  return [
    `### ${percent(rate)} wrong VINs (${wrongVins})${isAssumed}`,
    '',
    table(
      [
        'field',
        'stated',
        'missed',
        'mean confidence',
        'share right',
        'ECE',
        'ECE, equal counts',
        'Brier',
        'AUC',
      ],
      rows,
    ),
  ].join('\n');
}

const scoreNotes = [
  '_stated_: decodes that state a value; _missed_: of the vehicles that have one, the share whose decode states none.',
  '_ECE_: mean distance of confidence and share right over ten bins of equal width; as most confidences are high, also over',
  'ten bins of equal counts. _Brier_: mean squared distance of confidence and outcome. _AUC_: how often a right value has a',
  'higher confidence than a wrong one.',
].join('\n');

function typeTable({ types }: RateScore): string {
  const rows = types.map(({ type, vehicles, score }) => [type, String(vehicles), ...summary(score)]);
  return [
    `Overall, by type of vehicle, at ${percent(assumedRate)} wrong VINs:`,
    '',
    table(['type', 'vehicles', 'mean confidence', 'share right', 'ECE', 'AUC'], rows),
  ].join('\n');
}

function summary({ confidence, right, ece, auc }: Reliability): string[] {
  return [four(confidence), four(right), four(ece), auc?.toFixed(3) ?? '–'];
}

function diagrams(): string {
  return fields.map((field) => `![Reliability of ${titles[field]}](${field}.svg)`).join('\n');
}

const reliabilityNotes = `The tables behind the diagrams at ${percent(assumedRate)} wrong VINs; those of the other rates are in the JSON files.`;

function binTable(field: Field, { fields: scored }: { fields: Record<Field, FieldScore> }): string {
  const rows = scored[field].bins
    .filter(({ count }) => count > 0)
    .map(({ from, to, count, confidence, right }) => [
      `${from.toFixed(1)}–${to.toFixed(1)}`,
      String(count),
      four(confidence ?? 0),
      four(right ?? 0),
    ]);
  return [
    `### ${titles[field]}`,
    '',
    table(['confidence', 'VINs', 'mean confidence', 'share right'], rows),
  ].join('\n');
}

/** A Markdown table as Biome formats it: the first column to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function four(value: number): string {
  return value.toFixed(4);
}
