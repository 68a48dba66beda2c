import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'ava';
import { projectRoot, readConfig } from './config.ts';
import { withPasswords } from './config-secrets.ts';
import { Failure } from './failure.ts';

test('nothing set: the defaults of the contract', (t) => {
  t.deepEqual(readConfig({}), {
    port: 3001,
    host: '127.0.0.1',
    dataDir: resolve(projectRoot, '.data'),
    databaseUrl: null,
    platformDatabaseUrl: null,
    platformReplicaUrls: [],
    redis: null,
    cacheMaxBytes: 128 * 1024 * 1024,
    jwt: null,
    etlSource: 'bundled',
    etlNhtsaUrl: 'https://vpic.nhtsa.dot.gov/downloads/',
    etlAllowHttp: false,
    etlSchedule: '0 2 * * 0',
    etlTimezone: 'UTC',
    etlKeepReleases: 3,
    etlMaxAgeMs: 15 * 24 * 3_600_000,
    alertWebhookUrl: null,
    logLevel: 'info',
    worker: 'inline',
    http: {
      trustProxy: null,
      corsOrigins: [],
      rateLimit: null,
      maxRequests: 1000,
      maxConnections: 10_000,
      shutdownDelayMs: 0,
      shutdownTimeoutMs: 8_000,
    },
    warnings: [],
  });
});

test('an empty value counts as not set', (t) => {
  t.deepEqual(readConfig({ PORT: '', JWT_SECRET: ' ', REDIS_URL: '', ETL_MAX_AGE: '' }), readConfig({}));
});

test('everything set', (t) => {
  const config = readConfig({
    PORT: '0',
    HOST: '::1',
    DATA_DIR: '/srv/data/',
    DATABASE_URL: 'postgres://a:b@db:5432/motovaultpro',
    PLATFORM_DATABASE_URL: 'postgresql://a:b@db:5433/mvp-platform-vehicles',
    PLATFORM_REPLICA_URLS: 'postgres://r1/x, postgres://r2/x',
    REDIS_URL: 'rediss://one:6379,rediss://two:6379',
    CACHE_MAX_MIB: '512',
    JWT_JWKS_URI: 'https://login.example/jwks',
    JWT_ISSUER: 'https://login.example/',
    JWT_AUDIENCE: 'vehicles',
    ETL_SOURCE: 'package.json',
    ETL_NHTSA_URL: 'http://mirror:8080/vpic',
    ETL_ALLOW_HTTP: 'yes',
    ETL_SCHEDULE: '*/15 1-5,23 1 jan-mar mon',
    ETL_TIMEZONE: 'America/Chicago',
    ETL_KEEP_RELEASES: '5',
    ETL_MAX_AGE: '3w',
    ALERT_WEBHOOK_URL: 'http://alerts/hook',
    LOG_LEVEL: 'debug',
    WORKER: 'off',
  });
  t.like(config, {
    port: 0,
    host: '::1',
    dataDir: '/srv/data',
    platformReplicaUrls: ['postgres://r1/x', 'postgres://r2/x'],
    redis: {
      kind: 'cluster',
      nodes: [
        { host: 'one', port: 6379 },
        { host: 'two', port: 6379 },
      ],
      login: { username: null, password: null },
      isTls: true,
    },
    cacheMaxBytes: 512 * 1024 * 1024,
    etlSource: resolve('package.json'),
    etlNhtsaUrl: 'http://mirror:8080/vpic/',
    etlAllowHttp: true,
    etlKeepReleases: 5,
    etlMaxAgeMs: 21 * 24 * 3_600_000,
    logLevel: 'debug',
    worker: 'off',
  });
  t.deepEqual(config.jwt, {
    kind: 'jwks',
    jwksUri: 'https://login.example/jwks',
    issuer: 'https://login.example/',
    audience: 'vehicles',
  });
});

const refused: [reason: string, env: Record<string, string>, line: RegExp][] = [
  ['not a number', { PORT: '80a' }, /^PORT is "80a": must be a port number from 0 to 65535/],
  ['out of range', { PORT: '65536' }, /^PORT is "65536"/],
  ['a space in a host', { HOST: 'a b' }, /^HOST is "a b"/],
  ['another database', { DATABASE_URL: 'mysql://u:pw@h/d' }, /^DATABASE_URL: must be a PostgreSQL URL/],
  ['no database name', { PLATFORM_DATABASE_URL: 'postgres://u:pw@h' }, /^PLATFORM_DATABASE_URL: must be/],
  ['one bad replica', { PLATFORM_REPLICA_URLS: 'postgres://h/d,h2' }, /^PLATFORM_REPLICA_URLS: must be/],
  ['not redis', { REDIS_URL: 'http://h' }, /^REDIS_URL: must be redis:/],
  ['TLS and plain mixed', { REDIS_URL: 'redis://h,rediss://h2' }, /^REDIS_URL: must be/],
  ['keys over plain http', { JWT_JWKS_URI: 'http://login/jwks' }, /^JWT_JWKS_URI: must be an https URL/],
  ['keys without audience', { JWT_JWKS_URI: 'https://l/j', JWT_ISSUER: 'i' }, /^JWT_AUDIENCE is not set/],
  ['both kinds', { JWT_JWKS_URI: 'https://l/j', JWT_SECRET: 's' }, /^JWT_SECRET and JWT_JWKS_URI are both/],
  ['no such file', { JWT_SECRET_FILE: '/nonexistent' }, /^JWT_SECRET_FILE cannot be read: ENOENT/],
  [
    'a public key',
    { JWT_SECRET: '-----BEGIN PUBLIC KEY-----' },
    /^JWT_SECRET is a key in PEM form: set a random/,
  ],
  ['an issuer alone', { JWT_ISSUER: 'i' }, /^JWT_ISSUER is set without a key/],
  ['misspelt source', { ETL_SOURCE: 'bundeld' }, /^ETL_SOURCE is "bundeld": must be bundled, nhtsa/],
  [
    'source over plain http',
    { ETL_SOURCE: 'http://example.com/x.zip' },
    /^ETL_SOURCE is a URL of plain http/,
  ],
  [
    'mirror over plain http',
    { ETL_NHTSA_URL: 'http://mirror/' },
    /^ETL_NHTSA_URL is a URL of plain http: use/,
  ],
  ['no folder on the web', { ETL_NHTSA_URL: 'ftp://mirror/' }, /^ETL_NHTSA_URL: must be an http or https/],
  ['mirror with a query', { ETL_NHTSA_URL: 'https://m/?d=' }, /^ETL_NHTSA_URL: must be a URL without login/],
  ['mirror with a login', { ETL_NHTSA_URL: 'https://u:p@m/' }, /^ETL_NHTSA_URL: must be a URL without login/],
  ['neither yes nor no', { ETL_ALLOW_HTTP: 'true' }, /^ETL_ALLOW_HTTP is "true": must be yes or no$/],
  ['six cron fields', { ETL_SCHEDULE: '0 0 2 * * 0' }, /^ETL_SCHEDULE is "0 0 2 \* \* 0": must be five/],
  ['hour 24', { ETL_SCHEDULE: '0 24 * * 0' }, /^ETL_SCHEDULE/],
  ['a range backwards', { ETL_SCHEDULE: '0 5-2 * * 0' }, /^ETL_SCHEDULE/],
  [
    'a zone that is none',
    { ETL_TIMEZONE: 'Mars/Base' },
    /^ETL_TIMEZONE is "Mars\/Base": must be a time zone/,
  ],
  ['no release kept', { ETL_KEEP_RELEASES: '0' }, /^ETL_KEEP_RELEASES is "0"/],
  ['age without unit', { ETL_MAX_AGE: '15' }, /^ETL_MAX_AGE is "15": must be a number with h, d or w/],
  ['webhook without scheme', { ALERT_WEBHOOK_URL: 'alerts/hook' }, /^ALERT_WEBHOOK_URL: must be/],
  ['neither way to work', { WORKER: 'on' }, /^WORKER is "on": must be one of inline, off/],
  ['unknown level', { LOG_LEVEL: 'verbose' }, /^LOG_LEVEL is "verbose": must be one of fatal, error/],
  [
    'typing mistake',
    { ETL_SHEDULE: '* * * * *' },
    /^ETL_SHEDULE is not a setting: did you mean ETL_SCHEDULE\?/,
  ],
  [
    'nothing near',
    { JWT_PUBLIC_KEY_FILE: 'k' },
    /^JWT_PUBLIC_KEY_FILE is not a setting: there are JWT_SECRET,/,
  ],
];

for (const [reason, env, line] of refused) {
  test(`refused: ${reason} (${Object.keys(env).join(', ')})`, (t) => {
    const error = t.throws(() => readConfig(env), { instanceOf: Failure, message: line });
    t.notRegex(error.message, /\n/);
  });
}

test('plain http where it is allowed, and from this machine', (t) => {
  const source = 'http://mirror/vPICList_lite_2026_03.plain.zip';
  t.is(readConfig({ ETL_SOURCE: source, ETL_ALLOW_HTTP: 'yes' }).etlSource, source);
  t.is(readConfig({ ETL_NHTSA_URL: 'http://localhost:8080' }).etlNhtsaUrl, 'http://localhost:8080/');
});

test('a secret is never echoed', (t) => {
  const error = t.throws(() => readConfig({ DATABASE_URL: 'mysql://u:hunter2@h/d' }));
  t.notRegex(error.message, /hunter2/);
});

test('variables of others are left alone', (t) => {
  t.notThrows(() => readConfig({ PATH: '/bin', PGHOST: 'h', npm_config_etl: '1' }));
});

test('a secret from a file, without the end of its last line', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-config-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'secret');
  const secret = 'thirty-two bytes and then some more\nin two lines';
  writeFileSync(file, `${secret}\n`);
  t.like(readConfig({ JWT_SECRET_FILE: file }).jwt, { kind: 'secret', secret });
  t.throws(() => readConfig({ JWT_SECRET_FILE: file, JWT_SECRET: 's' }), {
    message: /are both set: set one/,
  });
  t.throws(() => readConfig({ JWT_SECRET_FILE: file, JWT_JWKS_URI: 'https://l/j' }), { message: /both set/ });
  writeFileSync(file, '\n');
  t.throws(() => readConfig({ JWT_SECRET_FILE: file }), { message: /^JWT_SECRET_FILE is empty: write/ });
});

test('passwords from files go into the URLs that they belong to', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-config-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'password');
  writeFileSync(file, 'a:b/c@d e\n');
  const config = readConfig({
    DATABASE_URL: 'postgres://app@db/motovaultpro',
    DATABASE_PASSWORD_FILE: file,
    PLATFORM_DATABASE_URL: 'postgres://serve@p0/x?sslmode=require',
    PLATFORM_REPLICA_URLS: 'postgres://serve@p1/x, postgres://other@p2/x',
    PLATFORM_DATABASE_PASSWORD_FILE: file,
  });
  const password = 'a%3Ab%2Fc%40d%20e';
  t.is(config.databaseUrl, `postgres://app:${password}@db/motovaultpro`);
  t.is(config.platformDatabaseUrl, `postgres://serve:${password}@p0/x?sslmode=require`);
  t.deepEqual(config.platformReplicaUrls, [
    `postgres://serve:${password}@p1/x`,
    `postgres://other:${password}@p2/x`,
  ]);
  for (const [given, expected] of [
    ['redis://r:6379', `redis://:${password}@r:6379`],
    ['redis://cache@r:6379/1', `redis://cache:${password}@r:6379/1`],
    ['redis://r0:6379,redis://r1:6379', `redis://:${password}@r0:6379,redis://r1:6379`],
  ] as const) {
    t.is(withPasswords({ REDIS_URL: given, REDIS_PASSWORD_FILE: file }).REDIS_URL, expected);
  }
  for (const [env, line] of [
    [{ DATABASE_PASSWORD_FILE: file }, /^DATABASE_PASSWORD_FILE is set without DATABASE_URL: set/],
    [{ REDIS_URL: 'redis://:p@r', REDIS_PASSWORD_FILE: file }, /^REDIS_URL has a password and REDIS_PASS/],
    [{ DATABASE_URL: 'postgres://d/m', DATABASE_PASSWORD_FILE: file }, /^DATABASE_URL names no login for/],
    [{ DATABASE_URL: 'mysql', DATABASE_PASSWORD_FILE: file }, /^DATABASE_URL: must be a PostgreSQL URL/],
    [{ DATABASE_URL: 'postgres://a@d/m', DATABASE_PASSWORD_FILE: '/nonexistent' }, /cannot be read: ENOENT/],
  ] as const) {
    t.throws(() => readConfig(env), { instanceOf: Failure, message: line });
  }
});

test('a short secret is allowed and warned about', (t) => {
  const config = readConfig({ JWT_SECRET: 'short' });
  t.deepEqual(config.jwt, { kind: 'secret', secret: 'short', issuer: null, audience: null });
  t.is(config.warnings.length, 1);
});
