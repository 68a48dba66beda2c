/** The results of a run as JSON and as Markdown, and where they stand in docs/SCALING.md. */

import { availableParallelism, cpus } from 'node:os';
import { describeFailures } from './failures.ts';
import type { Outcome } from './steps/step.ts';
import type { Throughput } from './throughput.ts';

export interface StepResult extends Outcome {
  readonly name: string;
  readonly title: string;
  /** Kinds of failures that belong to the step, and why. */
  readonly expected: Readonly<Record<string, string>>;
}

export interface Results {
  readonly measuredAt: string;
  readonly machine: string;
  readonly rate: number;
  /** 1 for all of the data, else that of every so many schemas. */
  readonly every: number;
  readonly throughput: readonly Throughput[];
  readonly steps: readonly StepResult[];
}

/** This machine in a few words. */
export function machine(): string {
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
}

/** Between these lines of docs/SCALING.md stands what a run has written. */
const BEGIN = '<!-- npm run test:topology -- --write: from here -->';
const END = '<!-- npm run test:topology -- --write: to here -->';

/** The results as text for people. */
export function render({ measuredAt, machine: on, rate, every, throughput, steps }: Results): string {
  const data =
    every === 1 ? 'all of the bundled data' : `the bundled data with the patterns of every ${every}th schema`;
  const lines = [
    `Measured ${measuredAt.slice(0, 10)} on ${on}, clients included, with ${data}; ${rate} requests a second while something happens.`,
  ];
  if (throughput.length > 0) {
    lines.push(
      '',
      '| requests/s | one server | one behind the balancer | three behind the balancer | three ÷ one behind it |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...throughput.map(({ what, direct, one, three }) =>
        row([what, ...[direct, one, three].map(count), `${(three / one).toFixed(2)} ×`]),
      ),
    );
  }
  lines.push(
    '',
    '| what happens | requests | failed | wrong | slowest answer | until all is well |',
    '| --- | ---: | --- | ---: | ---: | --- |',
    ...steps.map(({ title, met, verdict, timings }) =>
      row([
        title,
        count(met.requests),
        describeFailures(met.failures),
        count(verdict.wrong),
        seconds(met.slowestMs),
        timings.map(timing).join('; '),
      ]),
    ),
  );
  const notes = steps.flatMap(({ expected, met, notes: own, title }) => [
    ...own.map((note) => `${title}: ${note}`),
    ...Object.keys(met.failures).map((kind) => `${kind}: ${expected[kind] ?? 'not expected'}`),
  ]);
  if (notes.length > 0) lines.push('', ...[...new Set(notes)].map((note) => `- ${note}`));
  return lines.join('\n');
}

/** @throws Error when the document has no such place */
export function withResults(document: string, text: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the document lacks the lines "${BEGIN}" and "${END}"`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function timing({ what, ms }: { what: string; ms: number }): string {
  return `${what} ${seconds(ms)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
