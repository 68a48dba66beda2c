import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import test from 'ava';
import pg from 'pg';
import { ownDatabase, testServers, urlOf } from '../../test/harness/databases.ts';
import { Failure } from '../failure.ts';
import { prepareExternal } from './external.ts';

const variable = 'PLATFORM_DATABASE_URL';

async function prepare(url: string): Promise<string[]> {
  const notes: string[] = [];
  await prepareExternal({ url, variable, note: (line) => notes.push(line) });
  return notes;
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

for (const server of testServers()) {
  const on = `PostgreSQL ${server.version}`;

  test(`${on}: a database that is there is fine`, async (t) => {
    t.deepEqual(await prepare(server.empty), []);
  });

  test(`${on}: a missing database is created in UTF-8`, async (t) => {
    const url = urlOf(server.admin, 'mvp "new"');
    t.teardown(() => admin(server.admin, 'drop database "mvp ""new"""'));
    t.is((await prepare(url)).length, 1);
    t.deepEqual(await prepare(url), []);
  });

  test(`${on}: a login that may not create it is told the statement`, async (t) => {
    const login = `poor_${Date.now()}`;
    await admin(server.admin, `create role ${login} login password 'secret1'`);
    t.teardown(() => admin(server.admin, `drop role ${login}`));
    const url = new URL(urlOf(server.admin, 'mvp-missing'));
    url.username = login;
    url.password = 'secret1';
    const error = await t.throwsAsync(prepare(url.href), {
      instanceOf: Failure,
      message:
        /"mvp-missing", which is missing .* run create database "mvp-missing" encoding 'UTF8' owner "poor_/,
    });
    t.notRegex(error.message, /secret1/);
  });

  test(`${on}: a wrong password`, async (t) => {
    const url = new URL(server.admin);
    url.password = 'wrong1';
    const error = await t.throwsAsync(prepare(url.href), {
      message: /refuses postgres .*correct login and password/,
    });
    t.notRegex(error.message, /wrong1/);
  });

  test(`${on}: another encoding`, async (t) => {
    const database = await ownDatabase(server, 'blank');
    t.teardown(() => database.drop());
    const url = urlOf(server.admin, 'latin');
    await admin(
      server.admin,
      `create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'${
        server.version === '15' ? '' : " locale_provider 'libc'"
      }`,
    );
    t.teardown(() => admin(server.admin, 'drop database latin'));
    await t.throwsAsync(prepare(url), {
      message: /has the encoding LATIN1: create the database with encoding 'UTF8'/,
    });
  });
}

test('nothing listens', async (t) => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  await t.throwsAsync(prepare(`postgres://u:pw@127.0.0.1:${port}/d`), {
    instanceOf: Failure,
    message: `${variable}: PostgreSQL at 127.0.0.1:${port} does not answer (ECONNREFUSED): start it, or correct host and port`,
  });
});

test('a host that does not exist', async (t) => {
  await t.throwsAsync(prepare('postgres://u:pw@no-such-host.invalid/d'), {
    message: /there is no host no-such-host/,
  });
});
