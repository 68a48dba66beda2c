/*
 * Makes the page, in a process of its own that then ends: taking types out of modules needs tens of megabytes and
 * compressing takes half a second, and the service should have neither. Sends a BuiltPage to its parent.
 */

import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BuiltFile, BuiltPage } from './built.ts';
import { htmlOf, readSite } from './files.ts';
import { PAGES } from './pages.ts';

function built(type: string, text: string): BuiltFile {
  const plain = Buffer.from(text);
  return {
    type,
    digest: createHash('sha256').update(plain).digest('base64url'),
    bodies: {
      br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
      gzip: gzipSync(plain, { level: 9 }),
      identity: plain,
    },
  };
}

const site = readSite();
const page: BuiltPage = {
  digest: site.digest,
  files: Object.fromEntries(site.files.map(({ path, type, text }) => [path, built(type, text)])),
  pages: Object.fromEntries(
    PAGES.map((each) => [each.path, built('text/html; charset=utf-8', htmlOf(each, site))]),
  ),
};
process.send?.(page);
