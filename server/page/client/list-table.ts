/** The outcomes of a list as a table that grows while they arrive. */

import { confidenceBar } from './confidence.ts';
import { h } from './dom.ts';
import { isRefused, type Outcome, type Row } from './lines.ts';
import { nameCase } from './words.ts';

/** Rows shown; a browser slows down with tens of thousands, and nobody reads them. The file has all. */
export const MOST_ROWS = 1000;

const TITLES = ['VIN', 'Year', 'Make', 'Model', 'Trim', 'Body', 'Engine', 'How sure'];

/** The table of a list. */
export class ListTable {
  readonly element: HTMLElement;
  readonly #body = h('tbody');

  constructor() {
    this.element = h(
      'table',
      { class: 'list' },
      h('caption', { class: 'unseen' }, 'The vehicles of the list'),
      h('thead', {}, h('tr', {}, ...TITLES.map((title) => h('th', { scope: 'col' }, title)))),
      this.#body,
    );
  }

  /** Adds a row, as long as there is room; `line` is what was asked. */
  add(outcome: Outcome, line: string): void {
    if (this.#body.rows.length < MOST_ROWS) this.#body.append(rowOf(outcome, line));
  }

  /** Shows all rows, or only those with a problem. */
  showOnlyProblems(isOnly: boolean): void {
    this.element.classList.toggle('only-problems', isOnly);
  }
}

function rowOf(outcome: Outcome, line: string): HTMLElement {
  if (isRefused(outcome)) {
    return h(
      'tr',
      { class: 'has-problem' },
      h('th', { scope: 'row', class: 'mono' }, line),
      h('td', { colspan: TITLES.length - 1, class: 'problem' }, outcome.detail),
    );
  }
  const { vin, year, make, model, trim, bodyType, engineType, confidence } = outcome;
  const problems = problemsOf(outcome);
  return h(
    'tr',
    { class: problems === '' ? null : 'has-problem' },
    h(
      'th',
      { scope: 'row' },
      h('a', { href: `/?vin=${encodeURIComponent(vin)}`, class: 'mono' }, vin),
      problems !== '' && h('span', { class: 'under problem' }, problems),
    ),
    ...[year, make && nameCase(make), model, trim, bodyType?.split(/[/(]/)[0], engineType].map((text) =>
      h('td', {}, text ?? h('span', { class: 'none' }, '–')),
    ),
    h('td', { class: 'value-sure' }, confidenceBar(confidence)),
  );
}

/** NHTSA's texts fill paragraphs; a row has room for a few words. The VIN's own page has all of it. */
const SHORT: Readonly<Record<number, string>> = {
  1: 'check digit',
  2: 'mistyped character',
  3: 'mistyped character',
  4: 'mistyped character',
  5: 'several mistyped characters',
  6: 'incomplete',
  7: 'unknown manufacturer',
  8: 'no details known',
  11: 'no model year',
  12: 'model year in doubt',
  14: 'unknown characters',
  400: 'characters that no VIN has',
};

/** Problems that a row names. */
const NAMED = 2;

function problemsOf(outcome: Row): string {
  const words = outcome.errors.filter(({ code }) => code !== 0).map(({ code, text }) => SHORT[code] ?? text);
  const distinct = [...new Set(words)];
  const rest = distinct.length - NAMED;
  return [...distinct.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
