/** Somebody before the page: a real Chromium on the real service, and what a screen reader would stumble over. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core';
import { chromium } from '../harness/chromium.ts';

/** Longest wait for anything on a page: a machine may stand still for twenty seconds. */
const PATIENCE_MS = 60_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the machine's Chromium. */
export function openBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: chromium ?? '', timeout: PATIENCE_MS });
}

/** A page of one's own until the test ends, which fails when the page itself reports a fault. */
export async function visit(
  t: ExecutionContext,
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A status of 400 and above is such a message as well, and none of ours.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  t.teardown(async () => {
    await context.close();
    if (faults.length > 0) throw new Error(`the page reported: ${faults.join('; ')}`);
  });
  return page;
}

/** What axe finds wrong with the page as it stands: nothing, whatever its weight. */
export async function isAccessible(t: ExecutionContext, page: Page, state: string): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)}: ${failureSummary}`),
    }));
  });
  t.deepEqual(found, [], state);
}

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What stands between people and the service in many places, and may answer itself. */
export interface Gateway {
  url: string;
  /** Seconds that it tells whoever asks the API to wait; null: it passes everything on. */
  retryAfter: number | null;
  close(): void;
}

/** A gateway in front of a service, which limits requests when it is told to. */
export async function openGateway(service: string): Promise<Gateway> {
  const server = createServer((req, res) => {
    if (gateway.retryAfter !== null && req.url?.startsWith('/api/')) {
      res.writeHead(429, { 'Retry-After': gateway.retryAfter, 'Content-Type': 'text/html' });
      res.end('<h1>Too many requests</h1>');
      return;
    }
    const onward = request(`${service}${req.url}`, { method: req.method ?? 'GET', headers: req.headers });
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retryAfter: null,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
}
