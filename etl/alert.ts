import { setTimeout as sleep } from 'node:timers/promises';

/** How long one attempt may take, and how long to wait before each. */
export interface AlertLimits {
  readonly timeoutMs: number;
  readonly waitsMs: readonly number[];
}

/** Chat services answer in under a second. Three attempts in ten seconds ride out a restart; longer is the queue's job. */
export const ALERT_LIMITS: AlertLimits = { timeoutMs: 5_000, waitsMs: [0, 1_000, 4_000] };

/** Answers that a repetition will not change: the address or the body is wrong. */
const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/**
 * Posts an alert as JSON.
 * @param url A webhook; it often is a secret and is in no message.
 * @throws Error in one line when no attempt was accepted (status 2xx).
 */
export async function postAlert(url: string, alert: object, limits = ALERT_LIMITS): Promise<void> {
  let failure = '';
  for (const wait of limits.waitsMs) {
    await sleep(wait);
    try {
      const status = await post(url, alert, limits.timeoutMs);
      if (status >= 200 && status < 300) return;
      failure = `it answered ${status}`;
      if (isFinal(status)) break;
    } catch (error) {
      failure = reasonOf(error, limits.timeoutMs);
    }
  }
  throw new Error(`the alert webhook took nothing (${failure}): check ALERT_WEBHOOK_URL`);
}

async function post(url: string, alert: object, timeoutMs: number): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alert),
    // A redirected POST becomes a GET somewhere else.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Whatever it has to say, we do not wait for it.
  await response.body?.cancel().catch(() => {});
  return response.status;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  // fetch says "fetch failed" and keeps the reason to itself.
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause ? String(cause.code) : cause.message;
}
