/** docs/RELIABILITY.md, made of what the sections' last runs found. */

import type { SectionRecord } from './record.ts';
import type { Section } from './section.ts';

export const DOCUMENT = 'docs/RELIABILITY.md';

const INTRODUCTION = `# Reliability

What was done to the service to break it, and what its clients noticed. Made by \`npm run test:reliability -- --write\` of what each section's last run wrote
into docs/reliability; \`npm test\` holds the two together, and runs some of the sections for seconds.

Clients know the right answers and compare every answer with them. Harm is: an answer that says something else; a write that was acknowledged and is
not there; a 5xx other than the 503 (or 501) that [api.md](api.md) describes; a process that ended by itself; a request that was never answered. A
section whose harm is not zero, or that objects to something else, ends the run with exit code 1.

What to do when one of these happens for real: [runbook](runbook.md).`;

const HARMS = {
  wrong: 'wrong answers',
  lost: 'acknowledged writes lost',
  unexpected5xx: 'other 5xx',
  crashes: 'crashes',
  hangs: 'hangs',
} as const;

/** What a section is for, and what came of it. */
interface Entry {
  readonly section: Pick<Section, 'name' | 'title' | 'about'>;
  readonly record: SectionRecord;
}

/** The document, whole: the sections that have run, in their order. */
export function renderReport(
  sections: readonly Entry['section'][],
  records: readonly SectionRecord[],
): string {
  const entries = sections.flatMap((section) => {
    const record = records.find(({ name }) => name === section.name);
    return record === undefined ? [] : [{ section, record }];
  });
  return `${[INTRODUCTION, renderOverview(entries), ...entries.flatMap(renderSection)].join('\n\n')}\n`;
}

/** Whether the section has shown what it is for. */
export function isGood({ harm, objections }: Pick<SectionRecord, 'harm' | 'objections'>): boolean {
  return objections.length === 0 && Object.values(harm).every((harmed) => harmed === 0);
}

function renderOverview(entries: readonly Entry[]): string {
  const rows = entries.map(({ section, record: { seconds, harm, objections } }) => ({
    section: section.title,
    '`--only`': `\`${section.name}\``,
    ran: duration(seconds),
    ...Object.fromEntries(
      Object.entries(HARMS).map(([key, label]) => [label, harm[key as keyof typeof HARMS]]),
    ),
    objections: objections.length,
  }));
  return table(rows);
}

function renderSection({ section: { title, about }, record }: Entry): string[] {
  const { on, commit, share, seed, seconds, machine, counts, rows, objections } = record;
  const extent = share === 1 ? 'the whole of it' : `a share of ${share}`;
  const counted = Object.entries(counts).map(([name, number]) => `${formatted(number)} ${name}`);
  return [
    `## ${title}`,
    about,
    `${on}, commit ${commit}, ${extent}, seed ${seed}, ${duration(seconds)}. ${machine}.`,
    ...(counted.length === 0 ? [] : [`Done: ${counted.join(', ')}.`]),
    ...(rows.length === 0 ? [] : [table(rows)]),
    ...(objections.length === 0 ? [] : ['Objections:', objections.map((line) => `- ${line}`).join('\n')]),
  ];
}

function table(rows: readonly Readonly<Record<string, string | number>>[]): string {
  if (rows.length === 0) return 'Nothing has run.';
  const head = Object.keys(rows[0] ?? {});
  const isFigure = head.map((name) => rows.every((row) => typeof row[name] === 'number'));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(isFigure.map((figure) => (figure ? '---:' : '---'))),
    ...rows.map((row) => line(head.map((name) => cell(row[name] ?? '')))),
  ].join('\n');
}

function cell(content: string | number): string {
  return typeof content === 'number' ? formatted(content) : content.replaceAll('|', '\\|');
}

function formatted(number: number): string {
  return number.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
