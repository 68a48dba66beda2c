import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { ownDatabase, type TestServer, testServers } from '../../test/harness/databases.ts';
import { makeProject, type Project } from '../../test/harness/project.ts';
import { Failure } from '../failure.ts';
import { type Migrated, migrate } from './migrate.ts';

interface World {
  project: Project;
  url: string;
  migrate(url?: string): Promise<Migrated>;
  query(sql: string): Promise<unknown[]>;
}

const files = {
  'migrations/platform/0001_one.sql': 'create table one (id int); insert into one values (1);',
  'migrations/platform/0002_two.sql': 'create table two (id int);',
  'migrations/platform/0001_one.test.sql': 'this is no sql',
  'functions/load.sql': '\\ir f.sql\n',
  'functions/f.sql':
    'create or replace function f() returns int language sql begin atomic; select count(*)::int from one; end;',
  'sql/build.sql': '\\ir v.sql\n',
  'sql/v.sql': 'create or replace view v as select f() as f;',
};

/** A blank database and a project of its own, on one server. */
async function world(t: ExecutionContext, server: TestServer): Promise<World> {
  const project = makeProject(files);
  const database = await ownDatabase(server, 'blank');
  t.teardown(async () => {
    project.remove();
    await database.drop();
  });
  return {
    project,
    url: database.url,
    migrate: (url = database.url) => migrate({ url, series: 'platform', root: project.root }),
    query: async (sql) => {
      const client = new pg.Client(database.url);
      await client.connect();
      try {
        const results = [await client.query<unknown[]>({ text: sql, rowMode: 'array' })].flat();
        return results.flatMap(({ rows }) => (rows ?? []).flat());
      } finally {
        await client.end();
      }
    },
  };
}

for (const server of testServers()) {
  const on = `PostgreSQL ${server.version}`;

  test(`${on}: applies migrations once, then functions and views`, async (t) => {
    const w = await world(t, server);
    t.deepEqual(await w.migrate(), {
      applied: ['migrations/platform/0001_one.sql', 'migrations/platform/0002_two.sql'],
      loadedCode: true,
    });
    t.deepEqual(await w.query('select f from v'), [1]);
    t.deepEqual(await w.migrate(), { applied: [], loadedCode: false });
    t.deepEqual(
      await w.query('select name, length(sha256), series from mvp_migration.applied_migration order by 1'),
      ['0001_one.sql', 64, 'platform', '0002_two.sql', 64, 'platform'],
    );
  });

  test(`${on}: four at once, one does the work`, async (t) => {
    const w = await world(t, server);
    const all = await Promise.all([w.migrate(), w.migrate(), w.migrate(), w.migrate()]);
    t.is(all.filter(({ loadedCode }) => loadedCode).length, 1);
    t.is(all.flatMap(({ applied }) => applied).length, 2);
    t.deepEqual(await w.query('select count(*)::int from one'), [1]);
  });

  test(`${on}: a changed function is loaded, and only then`, async (t) => {
    const w = await world(t, server);
    await w.migrate();
    w.project.write({
      'functions/f.sql': 'create or replace function f() returns int language sql return 42;\r\n',
    });
    t.deepEqual(await w.migrate(), { applied: [], loadedCode: true });
    w.project.write({
      'functions/f.sql': 'create or replace function f() returns int language sql return 42;\n',
    });
    t.deepEqual(await w.migrate(), { applied: [], loadedCode: false });
    t.deepEqual(await w.query('select f from v'), [42]);
  });

  test(`${on}: one bad function and none is loaded; file and line are named`, async (t) => {
    const w = await world(t, server);
    await w.migrate();
    w.project.write({
      'functions/load.sql': '\\ir f.sql\n\\ir bad.sql\n',
      'functions/f.sql': 'create or replace function f() returns int language sql return 7;',
      'functions/bad.sql':
        '-- why\ncreate function bad() returns int language sql\n    return (select nothing from one);',
    });
    await t.throwsAsync(w.migrate(), {
      instanceOf: Failure,
      message: /^functions\/bad\.sql:3: column "nothing" does not exist \(42703\)/,
    });
    t.deepEqual(await w.query('select f from v'), [1]);
    t.deepEqual(await w.query("select to_regproc('bad')"), [null]);
  });

  test(`${on}: a migration that fails leaves nothing, those before it stay`, async (t) => {
    const w = await world(t, server);
    w.project.write({ 'migrations/platform/0002_two.sql': 'create table two (id int);\nselect 1/0;' });
    await t.throwsAsync(w.migrate(), {
      message: /^migrations\/platform\/0002_two\.sql: division by zero \(22012\)/,
    });
    t.deepEqual(await w.query("select to_regclass('two'), to_regclass('one')::text"), [null, 'one']);
    w.project.write({ 'migrations/platform/0002_two.sql': 'create table two (id int);' });
    t.deepEqual((await w.migrate()).applied, ['migrations/platform/0002_two.sql']);
  });

  test(`${on}: a migration that commits by itself is refused`, async (t) => {
    const w = await world(t, server);
    w.project.write({ 'migrations/platform/0002_two.sql': 'create table two (id int); commit;' });
    await t.throwsAsync(w.migrate(), { message: /0002_two\.sql ends its transaction: take out its commit/ });
  });

  test(`${on}: a role taken by the first file holds for the rest, not for the bookkeeping`, async (t) => {
    const w = await world(t, server);
    const role = `owner_${Date.now()}`;
    await w.query(`create role ${role}; grant create, usage on schema public to ${role}`);
    t.teardown(() => w.query(`drop owned by ${role}; drop role ${role}`));
    w.project.write({
      'functions/load.sql': '\\ir owner.sql\n\\ir f.sql\n',
      'functions/owner.sql': `set local role ${role};`,
      'functions/f.sql': 'create or replace function f() returns int language sql return 1;',
    });
    await w.migrate();
    t.deepEqual(await w.query("select proowner::regrole::text from pg_proc where proname = 'f'"), [role]);
  });

  test(`${on}: an applied migration that was changed is refused by name`, async (t) => {
    const w = await world(t, server);
    await w.migrate();
    w.project.write({ 'migrations/platform/0001_one.sql': 'create table one (id bigint);' });
    await t.throwsAsync(w.migrate(), {
      message: /^migrations\/platform\/0001_one\.sql was changed after it was applied/,
    });
  });

  test(`${on}: a database newer than the program is refused`, async (t) => {
    const w = await world(t, server);
    await w.migrate();
    w.project.write({ 'migrations/platform/0002_two.sql': null });
    await t.throwsAsync(w.migrate(), { message: /^the database is newer .* migration 0002_two\.sql/ });
  });

  test(`${on}: a migration numbered before an applied one is refused`, async (t) => {
    const w = await world(t, server);
    w.project.write({ 'migrations/platform/0002_two.sql': null });
    w.project.write({ 'migrations/platform/0003_three.sql': 'create table three (id int);' });
    await w.migrate();
    w.project.write({ 'migrations/platform/0002_two.sql': 'create table two (id int);' });
    await t.throwsAsync(w.migrate(), {
      message: /0002_two\.sql comes before 0003_three\.sql, which is applied/,
    });
  });

  test(`${on}: a deploy replaces views whose columns are others now, and takes away those of no file`, async (t) => {
    const own = await ownDatabase(server, 'empty');
    const client = new pg.Client(own.url);
    await client.connect();
    t.teardown(async () => {
      await client.end();
      await own.drop();
    });
    const columns = async (): Promise<unknown> =>
      (
        await client.query(
          `select table_name, column_name from information_schema.columns where table_schema = 'admin' order by table_name, ordinal_position`,
        )
      ).rows;
    const before = await columns();
    await client.query(`
      set role mvp_platform_owner;
      drop view admin.release, admin.run cascade;
      create view admin.release as select 1 as of_an_older_version;
      create view admin.run as select * from admin.release;
      create view admin.of_no_file as select 1 as x;
      reset role;
      update mvp_migration.loaded_code set sha256 = 'of an older version'`);
    t.deepEqual(await migrate({ url: own.url, series: 'platform' }), { applied: [], loadedCode: true });
    t.deepEqual(await columns(), before);
  });

  test(`${on}: a login without rights may use what is current, else is told`, async (t) => {
    const w = await world(t, server);
    const login = `plain_${Date.now()}`;
    await w.query(`create role ${login} login password 'p'`);
    t.teardown(() => w.query(`drop role ${login}`));
    const url = new URL(w.url);
    url.username = login;
    url.password = 'p';
    await t.throwsAsync(w.migrate(url.href), {
      message: new RegExp(`not current and ${login} may not migrate it`),
    });
    await w.migrate();
    t.deepEqual(await w.migrate(url.href), { applied: [], loadedCode: false });
  });
}

const badNames: [reason: string, name: string, message: RegExp][] = [
  [
    'without a number',
    'one.sql',
    /^migrations\/platform\/one\.sql: a migration is named NNNN_what_it_does\.sql/,
  ],
  ['with a number twice', '0002_again.sql', /^migrations\/platform: two migrations have the number 0002/],
];

for (const [reason, name, message] of badNames) {
  test(`a migration ${reason} is refused`, async (t) => {
    const project = makeProject({ ...files, [`migrations/platform/${name}`]: 'select 1' });
    t.teardown(project.remove);
    await t.throwsAsync(migrate({ url: 'postgres://nowhere/x', series: 'platform', root: project.root }), {
      message,
    });
  });
}
