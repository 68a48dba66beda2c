import { formatNumber, isMet } from './figures.ts';
import type { Machine, Ratio, Results, SectionResult, Table } from './result.ts';

/** The results as Markdown: the ratios of all sections first, then the machine, then each section's tables. */
export function renderResults(results: Results): string {
  const sections = Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...ratioTable(sections),
    ...machines(sections).map(([letters, machine]) => renderMachine(letters, machine)),
    ...sections.flatMap(([letter, section]) => renderSection(letter, section)),
  ].join('\n\n');
}

function ratioTable(sections: readonly [string, SectionResult][]): string[] {
  const rows = sections.flatMap(([letter, { ratios }]) =>
    ratios.map((ratio) => [
      letter,
      ratio.name,
      value(ratio.value),
      requirement(ratio),
      verdict(ratio),
      ratio.of,
    ]),
  );
  if (rows.length === 0) return [];
  const head = ['section', 'ratio', 'measured', 'required', 'met', 'medians'];
  return [renderTable({ title: 'Ratios', head, rows })];
}

function value(ratio: number | null): string {
  return ratio === null ? 'not measured' : `${formatNumber(ratio)} ×`;
}

function requirement({ required }: Ratio): string {
  return required === null ? '' : `${required.kind} ${formatNumber(required.value)} ×`;
}

function verdict(ratio: Ratio): string {
  const met = isMet(ratio);
  return met === null ? '' : met ? 'yes' : 'no';
}

/** The machines that the sections ran on, usually one, with the letters of their sections. */
function machines(sections: readonly [string, SectionResult][]): [string, Machine][] {
  const groups = Map.groupBy(sections, ([, { machine }]) => JSON.stringify(machine));
  return [...groups.values()].flatMap((group): [string, Machine][] => {
    const [first] = group;
    return first === undefined ? [] : [[group.map(([letter]) => letter).join(', '), first[1].machine]];
  });
}

function renderMachine(letters: string, machine: Machine): string {
  return [
    `${letters}: ${machine.cpu}, ${machine.cores} cores, ${formatNumber(machine.memoryGb)} GB of memory; ${machine.system}.`,
    `${machine.postgres}; Node ${machine.node}; data ${machine.dataVersion} (${machine.dataSource}).`,
  ].join('\n');
}

function renderSection(letter: string, section: SectionResult): string[] {
  const day = section.measuredAt.slice(0, 10);
  return [
    `### ${letter}. ${section.title}`,
    `${day}, ${formatNumber(Math.round(section.seconds))} s; load average before: ${section.loadBefore.toFixed(1)}.`,
    ...section.tables.map((table) => renderTable(table)),
    ...(section.notes.length === 0 ? [] : [section.notes.map((note) => `- ${note}`).join('\n')]),
  ];
}

/** A Markdown table with its title above: the first column and words to the left, figures to the right. */
export function renderTable({ title, head, rows }: Table): string {
  const cells = rows.map((row) => row.map(cell));
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const isFigure = head.map(
    (_, column) => column > 0 && rows.some((row) => typeof row[column] === 'number' || isTimes(row[column])),
  );
  const line = (texts: readonly string[]): string =>
    `| ${widths.map((width, at) => (isFigure[at] ? (texts[at] ?? '').padStart(width) : (texts[at] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = widths.map((width, at) => (isFigure[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [`**${title}**`, '', line(head), line(rule), ...cells.map(line)].join('\n');
}

function isTimes(content: unknown): boolean {
  return typeof content === 'string' && /\d ×$/.test(content);
}

function cell(content: string | number | null): string {
  if (content === null) return '–';
  return typeof content === 'number' ? formatNumber(content) : content.replaceAll('|', '\\|');
}
