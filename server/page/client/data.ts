/** The page `/data`: which release answers, how old it is, how the last rebuilds went and what they changed. */

import type { Rebuild, Status } from './answers.ts';
import { ask } from './api.ts';
import { nameChanges, rowCounts } from './changes.ts';
import { byId, fill, h, speak } from './dom.ts';
import { showFailure, stopRetries } from './notices.ts';
import { rebuildTable } from './rebuild-table.ts';
import { age, moment } from './words.ts';

const result = byId('result');

/** The worker confirms the schedule every minute; longer ago than this, none is there. */
const WORKER_GONE = 'overdue';

async function show(): Promise<void> {
  stopRetries();
  fill(result, h('p', { class: 'loading' }, 'Asking for the state of the data …'));
  try {
    const [status, rebuilds] = await Promise.all([
      ask<Status>('/api/platform/status'),
      ask<Rebuild[]>('/api/platform/rebuilds'),
    ]);
    draw(status.value, rebuilds.value);
  } catch (error) {
    showFailure(result, error, () => void show());
  }
  result.removeAttribute('aria-busy');
}

function draw(status: Status, rebuilds: readonly Rebuild[]): void {
  const current = rebuilds.find(({ isCurrent }) => isCurrent);
  const changes = current?.changes ?? null;
  fill(
    result,
    ...warnings(status, rebuilds[0]),
    facts(status),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'rebuilds-title' },
      h('h2', { id: 'rebuilds-title' }, 'The last rebuilds'),
      h(
        'p',
        { class: 'quiet' },
        'A rebuild fetches the source, loads it beside the data that answers, compiles and checks it, and then takes its place at once.',
      ),
      h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of the last rebuilds' },
        rebuildTable(rebuilds),
      ),
    ),
    changes !== null &&
      h(
        'div',
        { class: 'halves' },
        h('section', { class: 'card', 'aria-label': 'Row counts' }, rowCounts(changes)),
        h(
          'section',
          { class: 'card', 'aria-labelledby': 'changes-title' },
          h('h2', { id: 'changes-title' }, 'What changed'),
          nameChanges(changes),
        ),
      ),
  );
  speak(`Release ${status.dataVersion}, ${age(status.ageSeconds)} old.`);
}

function facts(status: Status): HTMLElement {
  const source = status.sourceDetail.name ?? status.source;
  const entries: [string, string, string][] = [
    ['Release', status.dataVersion, source],
    ['Age', age(status.ageSeconds), `built ${moment(status.builtAt)}`],
    ['Last good rebuild', `${age(status.lastGoodAgeSeconds)} ago`, moment(status.lastGoodAt)],
    status.nextRunAt === null
      ? ['Next rebuild', 'not planned', 'no worker has ever started']
      : [
          'Next rebuild',
          isPast(status.nextRunAt)
            ? WORKER_GONE
            : `in ${age((Date.parse(status.nextRunAt) - Date.now()) / 1000)}`,
          moment(status.nextRunAt),
        ],
  ];
  return h(
    'dl',
    { class: 'facts' },
    ...entries.map(([name, value, under]) =>
      h(
        'div',
        { class: 'card fact' },
        h('dt', {}, name),
        h('dd', {}, value),
        h('dd', { class: 'under' }, under),
      ),
    ),
  );
}

const isPast = (iso: string): boolean => Date.parse(iso) < Date.now();

function warnings(status: Status, last: Rebuild | undefined): HTMLElement[] {
  const texts: string[] = [];
  if (status.isStale) {
    texts.push(`The data is too old: no rebuild has ended well for ${age(status.lastGoodAgeSeconds)}.`);
  }
  if (status.isOutdated) {
    texts.push(
      'The data was loaded before this version of the service; some lists wait for the next rebuild.',
    );
  }
  if (last?.status === 'failed' || last?.status === 'refused') {
    texts.push(
      `The last rebuild did not end well: ${last.reason ?? last.status}. The data from before goes on answering.`,
    );
  }
  return texts.map((text) => h('p', { class: 'notice notice-wait notice-small' }, text));
}

void show();
