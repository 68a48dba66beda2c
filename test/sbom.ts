/*
 * npm run sbom [-- --out sbom.cdx.json]: the bill of materials of what runs in production, as CycloneDX 1.5, made by npm from the lock file alone
 * and judged before it is written (test/supply). It is the same for the same lock file: no time and no number of its own.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeBill } from './supply/bill.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const text = `${JSON.stringify(makeBill(), null, 2)}\n`;
if (values.out === undefined) process.stdout.write(text);
else writeFileSync(values.out, text);
