/** The page for people, in a real browser on the real service: what is seen, heard and done. */

// needs: fixture

import { readFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from '../harness/chromium.ts';
import { testServers } from '../harness/databases.ts';
import { type OpenService, openService } from './service.ts';
import { isAccessible, openBrowser, visit } from './visitor.ts';

/** Of the fixture: Aster Alpha 2020, with two series that lost. */
const VIN = '1AAB1BC21LF000001';
/** Character 4 is unknown; the data knows what fits. */
const MISTYPED = '1ANZ1BC07LF000001';
const REPAIRED = '1ANA1BC07LF000001';
/** Position 9 should be 1. */
const WRONG_CHECK_DIGIT = '1AAB1BC20LF000001';
/** The year is 2020 or 1990. */
const TWO_YEARS = '1ACA1BC0XLF000001';

const [server] = testServers();
const drive = chromium === undefined ? test.skip : test.serial;

let browser: Browser;
let service: OpenService;

test.before(async () => {
  if (chromium === undefined) return;
  if (typeof server?.fixture !== 'string') throw new Error('this file says that it needs the fixture');
  [browser, service] = await Promise.all([openBrowser(), openService(server.fixture)]);
});

test.after.always(async () => {
  await Promise.all([browser?.close(), service?.close()]);
});

/** A page at an address of the service. */
async function open(t: ExecutionContext, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visit(t, browser, options);
  await page.goto(service.url + path);
  return page;
}

const cell = (page: Page, position: number) => page.locator(`[data-position="${position}"]`);
const focused = (page: Page) => page.locator(':focus');
const row = (page: Page, variable: string) =>
  page.locator('.value-row', { has: page.getByRole('rowheader', { name: variable, exact: true }) });

drive(
  'a VIN typed: cells fill in, wrong characters are marked, the vehicle appears at the seventeenth',
  async (t) => {
    const page = await open(t, '/');
    await isAccessible(t, page, 'nothing typed yet');
    const field = page.getByLabel('Vehicle identification number');
    await field.pressSequentially('1AAO');
    t.is(await page.locator('.cell-typed').count(), 3);
    t.is(await page.locator('.cell-bad').textContent(), 'O');
    t.regex((await page.locator('#vin-hint').textContent()) ?? '', /^Position 4: O is never used/);
    await isAccessible(t, page, 'a wrong character typed');
    await field.fill('');
    await field.pressSequentially(VIN.toLowerCase());
    await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
    t.is(new URL(page.url()).search, `?vin=${VIN}`);
    t.is(await page.title(), '2020 Aster Alpha no time · Platform Vehicles');
    t.regex(
      (await page.getByRole('status').textContent()) ?? '',
      /^2020 Aster Alpha no time, 99\.9 % sure, 13 values\.$/,
    );
  },
);

drive('a value is tied to its characters: by pointing, by keyboard, both ways', async (t) => {
  const page = await open(t, `/?vin=${VIN}`);
  await cell(page, 11).hover();
  const panel = page.locator('#position-panel');
  t.regex(
    (await panel.textContent()) ?? '',
    /Position 11: plant.*\*\*\*\*\*\|\*F on 11 gives Plant City Haven/,
  );
  t.true(await row(page, 'Plant City').evaluate((each) => each.classList.contains('is-lit')));
  t.false(await row(page, 'Model').evaluate((each) => each.classList.contains('is-lit')));

  await cell(page, 1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  t.is(await focused(page).getAttribute('data-position'), '4');
  t.regex((await panel.textContent()) ?? '', /Position 4: vehicle description/);
  t.regex(
    (await cell(page, 4).getAttribute('aria-label')) ?? '',
    /^Position 4, B, vehicle description\. Decides .*Model/,
  );
  await page.keyboard.press('End');
  t.is(await focused(page).getAttribute('data-position'), '17');
  await page.keyboard.press('Tab');
  t.is(await page.locator('.strip :focus').count(), 0, 'one stop of Tab');

  await row(page, 'Plant City').hover();
  t.deepEqual(await page.locator('.cell.is-lit').allTextContents(), ['F']);
});

drive('why: where a value comes from, how sure, and the rivals that lost', async (t) => {
  const page = await open(t, `/?vin=${VIN}`);
  const series = row(page, 'Series');
  t.is(await series.locator('.badge').textContent(), '2 rivals');
  const button = series.getByRole('button');
  await button.focus();
  await page.keyboard.press('Enter');
  t.is(await button.getAttribute('aria-expanded'), 'true');
  const why = page.locator(`#${await button.getAttribute('aria-controls')}`);
  t.regex(
    (await why.textContent()) ?? '',
    /A pattern that the manufacturer submitted.*Rivals that lost.*by key/,
  );
  await isAccessible(t, page, 'a value explained');
});

drive('a mistyped VIN: what is wrong, and the repair one click away', async (t) => {
  const page = await open(t, `/?vin=${MISTYPED}`);
  const notice = page.getByRole('region', { name: 'Something is not right with this VIN' });
  t.regex((await notice.textContent()) ?? '', /error in one position/i);
  t.is(
    await page
      .locator('.cell-box', { has: cell(page, 4) })
      .locator('.cell-doubt')
      .textContent(),
    '?',
  );
  await isAccessible(t, page, 'a mistyped VIN');
  await notice.getByRole('button', { name: `Decode ${REPAIRED}` }).click();
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
  t.is(new URL(page.url()).searchParams.get('vin'), REPAIRED);
  await page.goBack();
  await notice.waitFor();
  t.is(await page.getByLabel('Vehicle identification number').inputValue(), MISTYPED, 'the way back');
});

drive('a wrong check digit, and a year that may be another', async (t) => {
  const page = await open(t, `/?vin=${WRONG_CHECK_DIGIT}`);
  await page.getByText('position 9 is 0, the other sixteen characters call for 1').waitFor();
  await page.getByRole('button', { name: `Decode ${VIN}` }).click();
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();

  await page.goto(`${service.url}/?vin=${TWO_YEARS}`);
  await page.getByRole('button', { name: 'Read it as 1990' }).click();
  await page.getByText('Model year 1990: the year that was asked for').waitFor();
  t.is(new URL(page.url()).search, `?vin=${TWO_YEARS}&modelYear=1990`);
  await page.getByRole('button', { name: 'Let the VIN decide' }).click();
  await page.getByText('Model year 2020:').waitFor();
});

drive('a text that cannot be a VIN: each reason at its position, and what was meant', async (t) => {
  const page = await open(t, '/');
  await page.getByLabel('Vehicle identification number').fill('IAAB1BC21LFOOOOO1');
  await page.keyboard.press('Enter');
  const notice = page.getByRole('region', { name: 'This cannot be a VIN' });
  const reasons = await notice.getByRole('listitem').allTextContents();
  t.deepEqual(
    reasons.map((reason) => reason.slice(0, 14).trim()),
    ['Position 1 I I', 'Position 12 O', 'Position 13 O', 'Position 14 O', 'Position 15 O', 'Position 16 O'],
  );
  t.is(await page.locator('.cell-bad').count(), 6);
  await isAccessible(t, page, 'refused');
  await notice.getByRole('button', { name: `Decode ${VIN}` }).click();
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
  await page.goto(`${service.url}/?vin=1HG`);
  await page.getByRole('listitem').filter({ hasText: 'a VIN has 17 characters, this has 3' }).waitFor();
});

drive('an unknown manufacturer, and a model year that is none', async (t) => {
  const page = await open(t, '/?vin=ZZZZZZZZ0ZZ000000');
  await page.getByRole('heading', { name: 'Nothing is known of this vehicle' }).waitFor();
  await isAccessible(t, page, 'unknown');
  await page.goto(`${service.url}/?vin=${VIN}&modelYear=soon`);
  await page.getByRole('heading', { name: 'This cannot be answered' }).waitFor();
  t.regex((await page.locator('.notice').textContent()) ?? '', /"modelYear" is not an integer/);
});

drive('many VINs pasted into the field: a table, its problems, and a file', async (t) => {
  const page = await open(t, '/');
  const list = [VIN, `${TWO_YEARS},1990`, MISTYPED, '=cmd()', `${VIN},x`].join('\n');
  await page.goto(`${service.url}/list`);
  await page.getByLabel('VINs').fill(list);
  await page.getByLabel('VINs').press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+x');
  await page.goto(service.url);
  await page.getByLabel('Vehicle identification number').press('ControlOrMeta+v');
  await page.waitForURL('**/list');
  await page.locator('.summary', { hasText: '5 VINs decoded, 4 with a problem' }).waitFor();
  const rows = page.locator('.list tbody tr');
  t.is(await rows.count(), 5);
  t.regex((await rows.nth(0).textContent()) ?? '', /^1AAB1BC21LF0000012020AsterAlpha.*99\.9 %$/);
  t.regex((await rows.nth(4).textContent()) ?? '', /line 5 has something behind the VIN/);
  await isAccessible(t, page, 'a list');
  await page.getByLabel('Only those with a problem').check();
  t.is(await rows.filter({ visible: true }).count(), 4);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  t.is(download.suggestedFilename(), 'vehicles.csv');
  const csv = readFileSync(await download.path(), 'utf8').split('\r\n');
  t.is(csv.length, 7);
  t.is(
    csv[0],
    '\ufeffvin,valid,year,make,model,trim,series,bodyType,engineType,transmission,fuelType,driveType,vehicleType,manufacturer,plantCountry,confidence,suggestedVin,problems',
  );
  t.true(csv[1]?.startsWith(`${VIN},true,2020,ASTER,Alpha,,no time,`));
  t.true(csv[3]?.includes(`,${REPAIRED},`));
  t.true(csv[4]?.startsWith("'=CMD(),false,"), 'no formula for a spreadsheet');
  t.true(csv[5]?.startsWith(`"${VIN},x",false,`));

  await page.getByLabel('Only those with a problem').uncheck();
  await page.getByRole('link', { name: VIN }).first().click();
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
  await page.goBack();
  await page.locator('.summary', { hasText: '5 VINs decoded' }).waitFor();
});

drive('a list from a file, longer than the table; and cleared', async (t) => {
  const page = await open(t, '/list');
  await isAccessible(t, page, 'an empty list');
  const text = `vin\n${Array.from({ length: 1200 }, (_, at) => `1AAB1BC2XLF${String(at).padStart(6, '0')}`).join('\n')}\n`;
  await page
    .locator('#vin-file')
    .setInputFiles({ name: 'vins.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page
    .locator('.summary', { hasText: /^1,200 VINs decoded, .* the first 1,000 are shown, the file has all$/ })
    .waitFor();
  t.is(await page.locator('.list tbody tr').count(), 1000);
  await page.getByRole('button', { name: 'Clear' }).click();
  t.is(await page.getByLabel('VINs').inputValue(), '');
  t.is(await page.locator('.list').count(), 0);
});

drive('make, model, year, trim: by typing, by keyboard, by address', async (t) => {
  const page = await open(t, '/browse');
  const make = page.getByRole('combobox', { name: 'Make' });
  await page.getByText('3 makes of passenger cars').waitFor();
  await make.pressSequentially('bor');
  t.deepEqual(await page.getByRole('option').filter({ visible: true }).allTextContents(), ['BORA']);
  await make.fill('');
  await make.pressSequentially('st');
  await isAccessible(t, page, 'a list of makes open');
  t.deepEqual(await page.getByRole('option').filter({ visible: true }).allTextContents(), [
    'STRAßE',
    'ASTER',
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Aster has 4 models').waitFor();
  const model = page.getByRole('combobox', { name: 'Model' });
  await model.click();
  await page.getByRole('option', { name: 'Alpha' }).click();
  await page.getByRole('heading', { name: 'Aster Alpha' }).waitFor();
  await page.getByLabel('Year').selectOption('2020');
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
  await page.getByLabel('Trim').selectOption('Sport');
  await page.getByRole('heading', { name: '2020 Aster Alpha Sport' }).waitFor();
  t.is(new URL(page.url()).search, '?make=ASTER&model=Alpha&year=2020&trim=Sport');
  await isAccessible(t, page, 'a vehicle chosen');
  await page.goBack();
  await page.getByRole('heading', { name: '2020 Aster Alpha', exact: true }).waitFor();
  await page.goto(`${service.url}/browse?make=NOSUCH&model=X`);
  await page.getByRole('heading', { name: 'This cannot be answered' }).waitFor();
});

drive('the data: release, age, the last rebuilds, what is in it', async (t) => {
  const page = await open(t, '/data');
  await page.getByRole('heading', { name: 'The last rebuilds' }).waitFor();
  const facts = (await page.locator('.facts').textContent()) ?? '';
  t.regex(facts, /Releasefixture-r1.*Age.*Next rebuildnot planned/);
  const rebuild = (await page.locator('.rebuilds tbody tr').first().textContent()) ?? '';
  t.regex(rebuild, /Published/);
  t.regex(rebuild, /current/);
  t.regex(rebuild, /compile [\d.]+ s/, 'the bar is told in words');
  t.regex((await page.locator('.counts').textContent()) ?? '', /Makes4.*Models6/);
  t.is(await page.getByText('It is the first release').count(), 1);
  await isAccessible(t, page, 'the data');
});

for (const [name, options] of [
  ['dark', { colorScheme: 'dark' }],
  ['on a narrow screen', { viewport: { width: 360, height: 740 } }],
  ['in forced colours', { forcedColors: 'active' }],
] as const) {
  drive(`every page ${name}: nothing sticks out, nothing is hard to read`, async (t) => {
    const page = await open(t, '/', options);
    for (const path of [`/?vin=${MISTYPED}`, '/browse?make=ASTER&model=Alpha', '/data']) {
      await page.goto(service.url + path);
      await page.locator('#result:not([aria-busy])').waitFor({ state: 'attached' });
      await isAccessible(t, page, path);
      const excess = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      t.true(excess <= 0, `${path} is ${excess} pixels too wide`);
    }
  });
}

drive('by keyboard alone: skip the navigation, type, decode, ask why', async (t) => {
  const page = await open(t, `/?vin=${VIN}`);
  await page.getByRole('heading', { name: '2020 Aster Alpha' }).waitFor();
  await page.keyboard.press('Tab');
  t.is(await focused(page).textContent(), 'Skip to the content');
  await page.keyboard.press('Enter');
  t.is(await focused(page).getAttribute('id'), 'main');
  const stops: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page).evaluate(({ id, className }) => id || String(className)));
  }
  t.deepEqual(stops.slice(1, 3), ['vin', 'button button-main']);
  t.regex(stops[3] ?? '', /^cell/);
  t.is(stops[4], 'why-button');
});
