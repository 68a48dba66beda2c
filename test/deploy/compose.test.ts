/** docker-compose.yml without Docker: its schema, what every container must not do, and that what it names is there. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import test from 'ava';
import { z } from 'zod';
import { until } from '../../etl/testing/looks.ts';
import { names, projectRoot } from '../../server/config.ts';
import { freePort } from '../harness/service.ts';
import { documentsOf } from './manifests.ts';

const service = z.looseObject({
  image: z.string(),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({}).optional(),
  deploy: z.looseObject({
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string(), pids: z.number() }) }),
  }),
});
const compose = z.looseObject({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const [document] = documentsOf(readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8'));
const { services, secrets, volumes } = compose.parse(document);
const all = Object.entries(services);

test('it has the fields of the compose specification, and no others', (t) => {
  // The specification's own schema, as its linter ships it.
  const schema: unknown = JSON.parse(
    readFileSync(join(projectRoot, 'node_modules/dclint/schemas/compose.schema.json'), 'utf8'),
  );
  // Its dialect is draft 7, by an address that Ajv does not know it by.
  const { $schema: _dialect, ...rest } = z.looseObject({}).parse(schema);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(rest);
  t.true(validate(document), JSON.stringify(validate.errors));
  t.false(validate({ services: { a: { image: 'b', read_olny: true } } }));
});

test('no container is root, changes its own files, gains rights or takes the machine', (t) => {
  for (const [name, one] of all) {
    t.regex(one.user ?? '', /^[1-9]\d*:\d+$/, name);
    t.true(one.read_only, name);
    t.deepEqual(one.cap_drop, ['ALL'], name);
    t.deepEqual(one.security_opt, ['no-new-privileges:true'], name);
    t.regex(one.image, /:(v?\d+\.\d+\.?[\w.-]*|\$\{VERSION:-0\.1\.0\})$/, name);
    // Ours has its check in the image.
    t.true(one.healthcheck !== undefined || one.image.startsWith('mvp-platform-vehicles'), name);
  }
});

test('secrets are files, and no password is in the environment', (t) => {
  const used = new Set(all.flatMap(([, one]) => one.secrets));
  t.deepEqual([...used].sort(), Object.keys(secrets).sort());
  for (const [name, one] of all) {
    for (const [variable, value] of Object.entries(one.environment)) {
      if (/PASSWORD|SECRET/.test(variable) && variable !== 'SECRETS')
        t.regex(value, /\/run\/secrets\//, name);
      t.notRegex(value, /:[^/@\s]+@/, `${name}: ${variable}`);
      const [, secret] = /^\$?\{?.*\/run\/secrets\/([\w-]+)/.exec(value) ?? [];
      if (secret !== undefined) t.true(one.secrets.includes(secret), `${name}: ${variable}`);
    }
  }
});

test('what it names is there', (t) => {
  for (const [name, one] of all) {
    for (const volume of one.volumes) {
      const [source = ''] = volume.split(':');
      t.true(source.startsWith('.') ? existsSync(join(projectRoot, source)) : source in volumes, volume);
    }
    for (const needed of Object.keys(one.depends_on)) t.true(needed in services, `${name}: ${needed}`);
    if (!one.image.startsWith('mvp-platform-vehicles')) continue;
    t.deepEqual(
      Object.keys(one.environment).filter((variable) => !names.includes(variable)),
      [],
      name,
    );
    for (const url of Object.values(one.environment)) {
      const [, host] = /^(?:postgres|redis):\/\/(?:[^@]*@)?([\w-]+):/.exec(url) ?? [];
      if (host !== undefined) t.true(host in services, `${name}: ${host}`);
    }
    const [, file = 'server/main.ts'] = one.command ?? [];
    t.true(existsSync(join(projectRoot, file)), file);
  }
});

test('make-secrets.sh makes every secret once, for nobody else to see', (t) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mvp-secrets-')), 'secrets');
  t.teardown(() => rmSync(join(folder, '..'), { recursive: true }));
  const make = (): string =>
    execFileSync(join(projectRoot, 'deploy/make-secrets.sh'), [folder], { encoding: 'utf8' });
  make();
  t.deepEqual(readdirSync(folder).sort(), Object.keys(secrets).sort());
  t.is(statSync(folder).mode & 0o777, 0o700);
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  t.true(texts.every((text) => /^[0-9a-f]{64}$/.test(text)));
  t.is(new Set(texts).size, texts.length);
  t.is(make(), '', 'those that are there stay');
  t.deepEqual(
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
    texts,
  );
});

const redisIsThere = existsSync('/usr/bin/redis-server');
if (!redisIsThere) test('redis-server is not installed: it is not started', (t) => t.pass());
(redisIsThere ? test : test.skip)('Redis starts as it is told to, and asks for its password', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-redis-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  execFileSync(join(projectRoot, 'deploy/make-secrets.sh'), [folder]);
  const port = await freePort();
  const [script = ''] = services['mvp-platform-redis']?.command ?? [];
  const local = script.replaceAll('$$', '$').replaceAll('/tmp', folder).replaceAll('/run/secrets', folder);
  const redis = spawn('/bin/sh', ['-ec', `${local.trim()} --port ${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => redis.kill('SIGKILL'));
  let said = '';
  redis.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await until(() => said.includes('Ready to accept connections'), 'for Redis');
  const ask = (env: Record<string, string>, ...args: string[]): string =>
    execFileSync('redis-cli', ['-p', String(port), ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  const REDISCLI_AUTH = readFileSync(join(folder, 'redis-password'), 'utf8');
  t.regex(ask({}, 'ping'), /NOAUTH/);
  t.is(ask({ REDISCLI_AUTH }, 'ping').trim(), 'PONG');
  t.regex(ask({ REDISCLI_AUTH }, 'config', 'get', 'maxmemory-policy'), /allkeys-lru/);
  t.notRegex(
    execFileSync('ps', ['-o', 'args=', '-p', String(redis.pid)], { encoding: 'utf8' }),
    /[0-9a-f]{64}/,
  );
  // The shell has become Redis: it gets the signal itself, and ends cleanly on it.
  redis.kill('SIGTERM');
  const [code] = await once(redis, 'exit');
  t.is(code, 0);
});
