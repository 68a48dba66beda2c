/** The last rebuilds: a table whose cells are drawn, so that it is a chart for the eye and a table for the ear. */

import type { Phase, Rebuild } from './answers.ts';
import { h, withSize } from './dom.ts';
import { capital, count, duration, moment } from './words.ts';

const PHASES: readonly { key: Phase; name: string }[] = [
  { key: 'fetch', name: 'fetch' },
  { key: 'load', name: 'load' },
  { key: 'compile', name: 'compile' },
  { key: 'check', name: 'check' },
];

/** How a run ended, in a word or two. */
const OUTCOMES: Readonly<Record<string, string>> = {
  published: 'published',
  unchanged: 'nothing new',
  refused: 'refused by a check',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** The chart; both bars have one scale over all rows. */
export function rebuildTable(rebuilds: readonly Rebuild[]): HTMLElement {
  const longest = Math.max(...rebuilds.map(({ seconds }) => seconds), 1);
  const most = Math.max(...rebuilds.map(({ rows }) => rows ?? 0), 1);
  return h(
    'div',
    {},
    legend(),
    h(
      'table',
      { class: 'rebuilds' },
      h('caption', { class: 'unseen' }, 'The last rebuilds, newest first'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['Begun', 'Outcome', 'Duration', 'Rows loaded'].map((title) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h('tbody', {}, ...rebuilds.map((rebuild) => rowOf(rebuild, longest, most))),
    ),
  );
}

function legend(): HTMLElement {
  return h(
    'ul',
    { class: 'legend', 'aria-hidden': 'true' },
    ...PHASES.map(({ key, name }) => h('li', {}, h('span', { class: `swatch phase-${key}` }), name)),
  );
}

function rowOf(rebuild: Rebuild, longest: number, most: number): HTMLElement {
  const { startedAt, source, status, dataVersion, isCurrent, reason, rows, step } = rebuild;
  const outcome = OUTCOMES[status] ?? (step === null ? 'running' : `running: ${step}`);
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      moment(startedAt),
      h('span', { class: 'under' }, source?.name ?? 'source not known'),
    ),
    h(
      'td',
      {},
      h('span', { class: `outcome outcome-${status}` }, capital(outcome)),
      isCurrent && h('span', { class: 'badge' }, 'current'),
      h('span', { class: 'under' }, reason ?? dataVersion ?? ''),
    ),
    h('td', { class: 'chart' }, durationBar(rebuild, longest)),
    h(
      'td',
      { class: 'chart' },
      rows === null
        ? h('span', { class: 'none' }, '–')
        : h(
            'span',
            { class: 'bar-line' },
            withSize(h('span', { class: 'bar bar-rows', 'aria-hidden': 'true' }), rows / most),
            h('span', { class: 'bar-number' }, count(rows), h('span', { class: 'unseen' }, ' rows')),
          ),
    ),
  );
}

function durationBar({ phases, seconds }: Rebuild, longest: number): HTMLElement {
  const known = PHASES.filter(({ key }) => (phases[key] ?? 0) > 0);
  const inWords = known.map(({ key, name }) => `${name} ${duration(phases[key] ?? 0)}`).join(', ');
  return h(
    'span',
    { class: 'bar-line', title: inWords },
    h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      ...known.map(({ key }) =>
        withSize(h('span', { class: `phase phase-${key}` }), (phases[key] ?? 0) / longest),
      ),
    ),
    h('span', { class: 'bar-number' }, duration(seconds)),
    h('span', { class: 'unseen' }, inWords === '' ? '' : `: ${inWords}`),
  );
}
