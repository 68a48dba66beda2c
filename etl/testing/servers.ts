export { withClient } from './looks.ts';

import { z } from 'zod';

/** A database of a test server; its login is a superuser. */
export interface TestServer {
  readonly version: string;
  readonly url: string;
}

/** The servers that the test harness started, PostgreSQL 15 among them where there is one. */
export const testServers: readonly TestServer[] = z
  .array(z.object({ version: z.coerce.string(), url: z.string() }))
  .min(1, 'set TEST_PG_URLS, or run npm test')
  .parse(JSON.parse(process.env.TEST_PG_URLS ?? '[]'));
