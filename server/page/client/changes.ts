/** What the newest release has, and what it changed against the one before. */

import type { Changes, NameChange } from './answers.ts';
import { h, withSize } from './dom.ts';
import { capital, count, nameCase } from './words.ts';

/** The tables that mean something to people, in the order of a vehicle's description. */
const TABLES: readonly (readonly [table: string, name: string])[] = [
  ['manufacturer', 'Manufacturers'],
  ['wmi', 'Manufacturer identifiers'],
  ['make', 'Makes'],
  ['model', 'Models'],
  ['schema_name', 'Schemas of manufacturers'],
  ['pattern', 'Patterns'],
  ['vehicle_option', 'Trims and engines by vehicle'],
  ['vehicle_spec', 'Specifications'],
];

/** Rows of the release as bars, on a scale of powers of ten: patterns are a hundred times as many as makes. */
export function rowCounts({ tables }: Changes): HTMLElement {
  const known = TABLES.flatMap(([table, name]) => {
    const entry = tables[table];
    return entry === undefined ? [] : [{ name, ...entry }];
  });
  const most = Math.max(...known.map(({ rows }) => Math.log10(rows + 1)), 1);
  return h(
    'table',
    { class: 'counts' },
    h('caption', {}, 'What is in it ', h('span', { class: 'quiet' }, '(bars in powers of ten)')),
    h(
      'thead',
      { class: 'unseen' },
      h('tr', {}, ...['What', 'Rows', 'Change'].map((title) => h('th', { scope: 'col' }, title))),
    ),
    h(
      'tbody',
      {},
      ...known.map(({ name, rows, change }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          h(
            'td',
            { class: 'chart' },
            h(
              'span',
              { class: 'bar-line' },
              withSize(
                h('span', { class: 'bar bar-rows', 'aria-hidden': 'true' }),
                Math.log10(rows + 1) / most,
              ),
              h('span', { class: 'bar-number' }, count(rows)),
            ),
          ),
          h('td', { class: 'change' }, changeOf(change)),
        ),
      ),
    ),
  );
}

function changeOf(change: number | null): string {
  if (change === null) return '';
  return change === 0 ? 'as before' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`;
}

/** Makes and models that came, went or were renamed; null when none were. */
export function nameChanges({ previousDataVersion, names }: Changes): HTMLElement | null {
  const groups = Object.entries(names).flatMap(([kind, changes]) =>
    Object.entries(changes).map(([what, change]) => group(`${capital(kind)} ${what}`, change)),
  );
  if (previousDataVersion === null)
    return h('p', { class: 'quiet' }, 'It is the first release: everything is new.');
  if (groups.length === 0) {
    return h(
      'p',
      { class: 'quiet' },
      `No make or model came, went or was renamed since ${previousDataVersion}.`,
    );
  }
  return h('div', {}, h('p', { class: 'quiet' }, `Since ${previousDataVersion}:`), ...groups);
}

function group(title: string, { count: number, names }: NameChange): HTMLElement {
  const more = number - names.length;
  return h(
    'details',
    { open: names.length <= 20 },
    h('summary', {}, `${title} `, h('span', { class: 'badge' }, count(number))),
    h(
      'ul',
      { class: 'chips' },
      ...names.map((name) =>
        h(
          'li',
          {},
          typeof name === 'string' ? nameCase(name) : `${nameCase(name.from)} → ${nameCase(name.to)}`,
        ),
      ),
      more > 0 && h('li', { class: 'quiet' }, `and ${count(more)} more`),
    ),
  );
}
