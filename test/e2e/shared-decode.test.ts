/**
 * Most of a decode is cached once for all VINs of a descriptor. What is put together from that must be what the
 * database would have said, byte for byte, on real data.
 */

// needs: data

import test from 'ava';
import { readCatalog } from '../../bench/calibration/catalog.ts';
import { drawVin } from '../../bench/calibration/draw.ts';
import { createRandom } from '../../bench/calibration/random.ts';
import { createPool } from '../../server/database/pool.ts';
import { checkDigit, descriptor, isRegular } from '../../server/vin.ts';
import { testServers } from '../harness/databases.ts';
import { openService, patient } from './service.ts';

const VINS = 250;
const SEED = 20_261_122;

/** What the database itself says. */
const ASK = 'select own || common as body, is_common from api.decode_vin_text($1, $2)';

const random = createRandom(SEED, 'siblings');

function withCheckDigit(vin: string): string {
  return vin.slice(0, 8) + checkDigit(vin) + vin.slice(9);
}

/** Another VIN of the same descriptor: another serial number, and where the descriptor allows, position 12. */
function siblingOf(vin: string): string {
  const isSmallMaker = vin[2] === '9';
  const head = isSmallMaker
    ? vin.slice(0, 14)
    : vin.slice(0, 11) + random.character('ABCDEFGHJKLMNPRSTUVWXYZ0123456789');
  const digits = Array.from({ length: 17 - head.length }, () => random.character('0123456789'));
  return withCheckDigit(head + digits.join(''));
}

/** VINs near it that are not regular, whose answers may be nobody else's. */
function irregularsOf(vin: string): string[] {
  const digit = vin[8] === '0' ? '1' : '0';
  return [
    vin.slice(0, 8) + digit + vin.slice(9),
    withCheckDigit(`${vin.slice(0, 14)}A${vin.slice(15)}`),
    withCheckDigit(`${vin.slice(0, 9)}0${vin.slice(10)}`),
  ];
}

// On one version: it is this program that puts answers together; what the database says, pgTAP looks at on each.
for (const { version, data } of testServers().slice(0, 1)) {
  if (data === null) throw new Error('needs: data');

  test(`PostgreSQL ${version}: every VIN gets the database’s own bytes, whoever was asked about before`, async (t) => {
    const { ask, close } = await openService(data);
    const askPatiently = patient(ask);
    const admin = createPool({
      url: data,
      role: 'mvp_platform_owner',
      applicationName: 'shared decode test',
    });
    t.teardown(async () => {
      await close();
      await admin.end();
    });
    const catalog = await readCatalog(admin, false);
    if (catalog === null) throw new Error('nothing is published');

    let shared = 0;
    const draw = createRandom(SEED, 'vins');
    for (let drawn = 0; drawn < VINS; ) {
      const vin = drawVin(catalog, draw)?.vin;
      if (vin === undefined || !isRegular(vin)) continue;
      drawn += 1;
      const year = drawn % 5 === 0 ? '?modelYear=2011' : '';
      const family = [vin, siblingOf(vin), siblingOf(vin), ...irregularsOf(vin)];
      for (const [index, member] of family.entries()) {
        const { rows } = await admin.query<{ body: string; is_common: boolean }>(ASK, [
          member,
          year ? 2011 : null,
        ]);
        const reply = await askPatiently(`/api/vehicles/decode/${member}${year}`);
        t.is(await reply.text(), rows[0]?.body ?? '', member);
        if (index === 0 || reply.headers.get('x-cache') === 'MISS') continue;
        shared += 1;
        t.true(isRegular(member) && rows[0]?.is_common, member);
        t.is(descriptor(member), descriptor(vin));
      }
    }
    t.true(shared > VINS, `${shared} answers were shared`);
  });
}
