/** The page when something is away: the database, the network, the patience of a gateway. */

// needs: fixture

import test, { type ExecutionContext } from 'ava';
import type { Browser, Page } from 'playwright-core';
import { type Cable, layCable } from '../harness/cable.ts';
import { chromium } from '../harness/chromium.ts';
import { testServers } from '../harness/databases.ts';
import { type OpenService, openService } from './service.ts';
import { type Gateway, isAccessible, openBrowser, openGateway, visit } from './visitor.ts';

/** Of the fixture: Aster Alpha 2020, and another of its kind. */
const VIN = '1AAB1BC21LF000001';
const OTHER = '1ANA1BC07LF000001';

const [server] = testServers();
const drive = chromium === undefined ? test.skip : test.serial;

let browser: Browser;
let cable: Cable;
let service: OpenService;
let gateway: Gateway;

test.before(async () => {
  if (chromium === undefined) return;
  if (typeof server?.fixture !== 'string') throw new Error('this file says that it needs the fixture');
  cable = await layCable(server.fixture);
  [browser, service] = await Promise.all([openBrowser(), openService(cable.url)]);
  gateway = await openGateway(service.url);
});

test.after.always(async () => {
  gateway?.close();
  await Promise.all([browser?.close(), service?.close()]);
  await cable?.close();
});

async function open(t: ExecutionContext, path: string): Promise<Page> {
  const page = await visit(t, browser);
  await page.goto(gateway.url + path);
  return page;
}

const notice = (page: Page, kind: string) => page.locator(`.notice[data-kind="${kind}"]`);
const vehicle = (page: Page) => page.getByRole('heading', { name: '2020 Aster Alpha' });

drive('the database away: said so on every page, asked again, and a kept answer is marked', async (t) => {
  t.is((await service.ask(`/api/vehicles/decode/${VIN}/explain`)).status, 200);
  await cable.cut();
  const page = await open(t, `/?vin=${VIN}`);
  await page.getByText('This answer was kept from before').waitFor();
  await vehicle(page).waitFor();
  await isAccessible(t, page, 'a kept answer');

  await page.goto(`${gateway.url}/?vin=${OTHER}`);
  await notice(page, 'away').waitFor();
  t.regex((await notice(page, 'away').textContent()) ?? '', /It is asked again in \d+ seconds?\./);
  await isAccessible(t, page, 'away');

  const others = await Promise.all(['/browse', '/data'].map((path) => open(t, path)));
  await Promise.all(others.map((other) => notice(other, 'away').waitFor()));
  const list = await open(t, '/list');
  await list.getByLabel('VINs').fill(`${OTHER}\n${VIN}`);
  await list.getByRole('button', { name: 'Decode the list' }).click();
  await notice(list, 'away').waitFor();

  await cable.mend();
  await vehicle(page).waitFor();
  t.is(await notice(page, 'away').count(), 0, 'it asked again by itself');
  await others[1]?.getByRole('heading', { name: 'The last rebuilds' }).waitFor();
  await list.locator('.summary', { hasText: '2 VINs decoded' }).waitFor();
});

drive('no network: said so, and asked again when it is back', async (t) => {
  const page = await open(t, '/');
  await page.context().setOffline(true);
  await page.getByLabel('Vehicle identification number').fill(OTHER);
  await notice(page, 'unreachable').waitFor();
  await isAccessible(t, page, 'unreachable');
  await page.context().setOffline(false);
  await vehicle(page).waitFor();
});

drive('a gateway that wants slower questions: its time is told and kept', async (t) => {
  gateway.retryAfter = 30;
  const page = await open(t, `/?vin=${OTHER}`);
  await notice(page, 'limited').waitFor();
  t.regex((await notice(page, 'limited').textContent()) ?? '', /It is asked again in (30|[12]\d) seconds\./);
  await isAccessible(t, page, 'limited');
  gateway.retryAfter = null;
  await notice(page, 'limited').getByRole('button', { name: 'Ask again now' }).click();
  await vehicle(page).waitFor();
});

drive('an answer that is no longer wanted does not replace a newer one', async (t) => {
  const page = await open(t, '/');
  const held: (() => void)[] = [];
  // The first question waits on its way until the second one is answered.
  await page.route(`**/decode/${VIN}/explain`, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => undefined);
  });
  const field = page.getByLabel('Vehicle identification number');
  await field.fill(VIN);
  await page.getByText('Decoding …').waitFor();
  await field.fill('ZZZZZZZZ0ZZ000000');
  await page.getByRole('heading', { name: 'Nothing is known of this vehicle' }).waitFor();
  for (const release of held) release();
  await page.evaluate(() => fetch('/health/live'));
  t.is(await vehicle(page).count(), 0);
});

drive('a list that breaks off keeps what came, and says so', async (t) => {
  const page = await open(t, '/list');
  // Nearly all with a wrong check digit, so that each is asked of the database.
  const lines = Array.from({ length: 60_000 }, (_, at) => `1AAB1BC2XLF${String(at).padStart(6, '0')}`);
  const buffer = Buffer.from(lines.join('\n'));
  await page.locator('#vin-file').setInputFiles({ name: 'vins.txt', mimeType: 'text/plain', buffer });
  await page.getByText('60,000 VINs of vins.txt').waitFor();
  await page.locator('.list tbody tr').first().waitFor();
  await cable.cut();
  await page.locator('#result .notice').waitFor();
  t.regex((await page.locator('.summary').textContent()) ?? '', /^[\d,]+ of 60,000 VINs decoded/);
  t.is(await page.getByRole('button', { name: 'Download as CSV' }).count(), 1);
  await cable.mend();
});
