import type { Figure, Ratio, Table } from './result.ts';

/** The middle value; of an even number of values the mean of the two in the middle. Null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** The best round: the most of a rate, the least of a time or a size. */
export function best({ unit, rounds }: Figure): number | null {
  if (rounds.length === 0) return null;
  return isRate(unit) ? Math.max(...rounds) : Math.min(...rounds);
}

/** More of it is better. */
export function isRate(unit: string): boolean {
  return unit.endsWith('/s');
}

/** What is asked of a ratio. */
export const atLeast = (value: number): Ratio['required'] => ({ kind: 'at least', value });
export const atMost = (value: number): Ratio['required'] => ({ kind: 'at most', value });

/** The medians of two figures, one divided by the other; null when either is missing or the second is zero. */
export function ratio(
  name: string,
  of: Figure | undefined,
  to: Figure | undefined,
  required: Ratio['required'] = null,
): Ratio {
  const above = median(of?.rounds ?? []);
  const below = median(to?.rounds ?? []);
  const value = above === null || below === null || below === 0 ? null : above / below;
  return { name, value, of: `${inWords(of, above)} ÷ ${inWords(to, below)}`, required };
}

function inWords(figure: Figure | undefined, value: number | null): string {
  return figure === undefined || value === null ? 'not measured' : `${formatNumber(value)} ${figure.unit}`;
}

/** Whether a ratio is as required; null when nothing is required. What was not measured does not meet anything. */
export function isMet({ value, required }: Ratio): boolean | null {
  if (required === null) return null;
  if (value === null) return false;
  return required.kind === 'at least' ? value >= required.value : value <= required.value;
}

/** Figures as a table: median, best, and how many rounds. */
export function figureTable(title: string, figures: readonly Figure[]): Table {
  return {
    title,
    head: ['', 'unit', 'median', 'best', 'rounds'],
    rows: figures.map((figure) => [
      figure.name,
      figure.unit,
      median(figure.rounds),
      best(figure),
      figure.rounds.length,
    ]),
  };
}

/** Three significant digits, whole numbers from a hundred on, thousands apart. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3);
}
