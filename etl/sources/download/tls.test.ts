import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import test from 'ava';
import { startSite } from '../../testing/site.ts';
import { makeCertificate } from '../../testing/tls.ts';
import { fetching } from '../remote.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-tls-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const NAME = 'x.zip';
const tls = makeCertificate(folder);

if (tls === null) test('https: left out, there is no openssl', (t) => t.pass());
else {
  const get = (site: { url: string }) => {
    const url = new URL(NAME, site.url);
    return fetching(url, mkdtempSync(join(folder, 'data-')), {}, (fetch) => fetch(url));
  };

  test.serial('a certificate that nobody vouches for is refused at once', async (t) => {
    const site = await startSite(tls);
    t.teardown(() => site.close());
    site.put(NAME, Buffer.from('x'));
    await t.throwsAsync(get(site), {
      name: 'SourceError',
      message: /^the certificate of 127\.0\.0\.1:\d+ cannot be trusted: .*self-signed/,
    });
    t.deepEqual(site.requests, []);
  });

  test.serial('https stays https', async (t) => {
    setDefaultCACertificates([tls.cert]);
    const [site, plain] = await Promise.all([startSite(tls), startSite()]);
    t.teardown(() => Promise.all([site.close(), plain.close()]));
    site.put(NAME, Buffer.from('safe'));
    plain.put(NAME, Buffer.from('from whoever sits on the line'));
    const result = await get(site);
    t.is(result.outcome === 'file' && readFileSync(result.path, 'latin1'), 'safe');
    site.fail(NAME, { status: 302, headers: { location: `${plain.url}${NAME}` } });
    await t.throwsAsync(get(site), {
      name: 'SourceError',
      message: /redirects to http:\/\/, which is not followed/,
    });
    t.deepEqual(plain.requests, []);
    // The other way is taken: it can only get better.
    plain.fail(NAME, { status: 302, headers: { location: `${site.url}${NAME}` } });
    const better = await get(plain);
    t.is(better.outcome === 'file' && readFileSync(better.path, 'latin1'), 'safe');
  });
}
