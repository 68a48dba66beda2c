/** Every route is told secrets in every place where a client can put them; the log keeps none of them. */

// needs: fixture

import test from 'ava';
import { pino } from 'pino';
import { lists } from '../../server/vpic/lists.ts';
import { testServers } from '../harness/databases.ts';
import { openGarageService, tokenOf } from './garage.ts';

const VIN = '1HGCM82633A004352';
const SERIAL = '004352';
const USER = 'auth0|jane.doe.0815';
const EMAIL = 'jane.doe@mail.example';
const PASSWORD = 'correct-horse-battery';
const KEY = 'sk_live_0123456789abcdefghij0123456789';

const paths = [
  `/api/vehicles/decode/${VIN}`,
  `/api/vehicles/decode/${VIN}/explain`,
  '/api/vehicles/decode',
  ...['makes', `models/${encodeURIComponent(EMAIL)}`, 'trims', 'engines', 'transmissions', 'years'].map(
    (path) => `/api/vehicles/dropdown/${path}`,
  ),
  '/api/vehicles',
  `/api/vehicles/${KEY}`,
  '/api/vehicles/0f8fad5b-d9cb-469f-a165-70867728950e',
  `/vpic/api/vehicles/DecodeVin/${VIN}`,
  `/vpic/api/vehicles/decodevinvaluesextended/${VIN.toLowerCase()}`,
  '/vpic/api/vehicles/DecodeVinValuesBatch',
  ...lists.map(({ path }) => `/vpic/api/vehicles${path.replace(/\{?\/:\w+\}?/g, `/${EMAIL}`)}`),
  '/health',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/api/platform/status',
  `/reset/${EMAIL}/${KEY}`,
  `/${VIN}`,
];
const query = `?vin=${VIN}&make=${encodeURIComponent(EMAIL)}&email=${EMAIL}&password=${PASSWORD}&token=${KEY}`;

// On one version: it is this program that logs.
for (const server of testServers().slice(0, 1)) {
  test(`PostgreSQL ${server.version}: no VIN, user, token, password or e-mail address is logged`, async (t) => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const service = await openGarageService({ platform: server.fixture ?? '', app: server.app, logger });
    t.teardown(() => service.close());
    const good = tokenOf(USER);
    const secrets = [SERIAL, USER, 'jane.doe', EMAIL, PASSWORD, KEY, good, good.split('.')[2] ?? ''];
    const body = JSON.stringify({
      vin: VIN,
      nickname: EMAIL,
      licensePlate: KEY,
      vins: [PASSWORD],
      year: EMAIL,
    });
    let asked = 0;
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        for (const token of [good, `${good}x`, KEY]) {
          const headers = {
            Authorization: `Bearer ${token}`,
            Cookie: `session=${KEY}`,
            'X-Request-Id': `${EMAIL} ${PASSWORD}`,
            'X-Forwarded-For': EMAIL,
            'User-Agent': EMAIL,
            Referer: `https://app.example/${EMAIL}`,
            'Content-Type': 'application/json',
          };
          const init = { method, headers, ...(/^P/.test(method) && { body }) };
          const reply = await service.ask(path + query, init);
          await reply.arrayBuffer();
          asked += 1;
        }
      }
    }
    t.true(asked > 300);
    const log = lines.join('');
    t.true(lines.filter((line) => line.includes('"msg":"request"')).length >= asked - 1);
    for (const secret of secrets) {
      const told = lines.find((line) => line.toLowerCase().includes(secret.toLowerCase()));
      t.is(told, undefined, `the log tells ${secret}`);
    }
    t.true(log.includes('1HGCM82633A******'), 'what kind of vehicle it was is told');
  });
}
