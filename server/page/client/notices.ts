/** What is said instead of an answer, or beside a stale one. */

import { Failure, type FailureKind } from './api.ts';
import { fill, h, speak } from './dom.ts';
import { counted } from './words.ts';

const TITLES: Readonly<Record<FailureKind, string>> = {
  refused: 'This cannot be answered',
  limited: 'Too many questions at once',
  away: 'The vehicle data is away at the moment',
  unreachable: 'No connection',
  fault: 'The service failed',
};

/** When the service does not say when to ask again. */
const RETRY_SECONDS = 10;

/** Stops the count-down of the notice that stands there now. */
let stopWaiting: (() => void) | undefined;

/** Forgets what a notice was waiting for; to be called before anything else is asked. */
export function stopRetries(): void {
  stopWaiting?.();
  stopWaiting = undefined;
}

/**
 * Shows why there is no answer. Where asking again can help, it is asked again by itself when the time has come, with a
 * button for those who do not wait.
 */
export function showFailure(place: Element, error: unknown, retry: () => void): void {
  stopRetries();
  const failure =
    error instanceof Failure ? error : new Failure('fault', 'Something went wrong in this page itself.');
  const canRetry = failure.kind !== 'refused';
  const waits = failure.kind === 'limited' || failure.kind === 'away';
  const again = (): void => {
    stopRetries();
    retry();
  };
  const button = h('button', { type: 'button', class: 'button', onclick: again }, 'Ask again now');
  const wait = h('span', { class: 'notice-wait' });
  fill(
    place,
    h(
      'div',
      { class: `notice notice-${failure.kind === 'refused' ? 'bad' : 'wait'}`, 'data-kind': failure.kind },
      h('h2', {}, TITLES[failure.kind]),
      h('p', {}, sentence(failure.message)),
      canRetry && h('p', { class: 'row' }, button, wait),
      failure.kind === 'fault' &&
        failure.requestId !== null &&
        h('p', { class: 'quiet' }, 'Request ', h('code', {}, failure.requestId), ' in the log tells why.'),
    ),
  );
  speak(`${TITLES[failure.kind]}. ${sentence(failure.message)}`);
  if (waits) countDown(wait, failure.retryAfter ?? RETRY_SECONDS, again);
  if (failure.kind === 'unreachable') whenOnline(again);
}

function countDown(place: HTMLElement, seconds: number, then: () => void): void {
  let left = seconds;
  const show = (): void => {
    place.textContent = `It is asked again in ${counted(left, 'second')}.`;
  };
  show();
  const timer = setInterval(() => {
    left -= 1;
    if (left <= 0) then();
    else show();
  }, 1000);
  stopWaiting = () => clearInterval(timer);
}

function whenOnline(then: () => void): void {
  addEventListener('online', then, { once: true });
  stopWaiting = () => removeEventListener('online', then);
}

/** Said beside an answer that the service kept from before. */
export function staleNotice(): HTMLElement {
  return h(
    'p',
    { class: 'notice notice-wait notice-small' },
    'The vehicle data is away at the moment. This answer was kept from before.',
  );
}

/** The service's details are clauses; people read sentences. */
function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
