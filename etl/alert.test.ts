import test from 'ava';
import { freePort } from '../test/harness/service.ts';
import { type AlertLimits, postAlert } from './alert.ts';
import { openWebhook } from './testing/webhook.ts';

const alert = { event: 'rebuild-failed', text: 'the host is away' };
/** Time enough for an answer on a machine that is busy. */
const patient: AlertLimits = { timeoutMs: 60_000, waitsMs: [0, 10, 20] };
const hurried: AlertLimits = { ...patient, timeoutMs: 200 };

test('a webhook gets the alert once', async (t) => {
  const hook = await openWebhook(t, 204);
  await postAlert(hook.url, alert, patient);
  t.deepEqual(hook.received, [alert]);
});

test('one that fails at first gets it again', async (t) => {
  const hook = await openWebhook(t, 503, 429, 200);
  await postAlert(hook.url, alert, patient);
  t.deepEqual(hook.received, [alert, alert, alert]);
});

test('one that hangs is not waited for', async (t) => {
  const hook = await openWebhook(t, 'hang');
  await t.throwsAsync(postAlert(hook.url, alert, hurried), {
    message: 'the alert webhook took nothing (no answer within 200 ms): check ALERT_WEBHOOK_URL',
  });
  // Three, unless the machine stood still for so long that one was given up before it had come.
  t.true(hook.received.length >= 1 && hook.received.length <= 3, String(hook.received.length));
});

test('an answer without end is not read', async (t) => {
  const hook = await openWebhook(t, (response) => {
    response.writeHead(200);
    response.write('and so on');
  });
  await t.notThrowsAsync(postAlert(hook.url, alert, patient));
});

for (const [status, attempts] of [
  [404, 1],
  [301, 3],
  [500, 3],
] as const) {
  test(`${status}: ${attempts} attempts`, async (t) => {
    const hook = await openWebhook(t, status);
    const error = await t.throwsAsync(postAlert(hook.url, alert, patient), {
      message: new RegExp(`it answered ${status}`),
    });
    t.is(hook.received.length, attempts);
    t.notRegex(error?.message ?? '', /s3cret/);
  });
}

test('nobody listens', async (t) => {
  const url = `http://127.0.0.1:${await freePort()}/hook`;
  await t.throwsAsync(postAlert(url, alert, patient), { message: /\(ECONNREFUSED\)/ });
});
