// needs: fixture
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { until } from '../../test/harness/until.ts';
import { createPool } from '../database/pool.ts';
import { Memo } from './memo.ts';

/** In place of the memo: writes down what it is told, a call a row, or fails. */
const NOTEBOOK = `
  create table public.told (call int generated always as identity, vins text[], model_years int[]);
  grant all on public.told to mvp_platform_owner;
  create or replace function api.remember_vins(vins text[], model_years int[] default null)
      returns int language plpgsql volatile security definer
  as $$
  begin
      if vins[1] = 'fail' then raise exception 'the memo is full'; end if;
      insert into public.told (vins, model_years) values (vins, model_years);
      return 0;
  end;
  $$;
  grant execute on function api.remember_vins(text[], int[]) to mvp_platform_user;`;

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  async function open(t: ExecutionContext) {
    const own = await ownDatabase(server, 'fixture');
    const admin = new pg.Client(own.url);
    await admin.connect();
    await admin.query(NOTEBOOK);
    const pool = createPool({
      url: own.url,
      role: 'mvp_platform_user',
      applicationName: 'memo test',
      // What is not told in time is left out, and a machine may stand still for longer than a pool waits by itself.
      connectTimeoutMs: 60_000,
    });
    const complaints: unknown[] = [];
    // By its clock calls take no time: a pause is a hundred times as long as the call before it.
    const memo = new Memo(pool, { debug: (about: unknown) => complaints.push(about) }, () => 0);
    t.teardown(async () => {
      await memo.close();
      await pool.end();
      await admin.end();
      await own.drop();
    });
    const told = async () =>
      (
        await admin.query<{ vins: string[]; model_years: (number | null)[] }>(
          'select vins, model_years from public.told order by call',
        )
      ).rows;
    return { memo, complaints, told };
  }

  test(title('what comes in a burst is told in one call'), async (t) => {
    const { memo, told } = await open(t);
    memo.add('A', 2003);
    memo.add('B', undefined);
    await until(async () => (await told()).length > 0);
    t.deepEqual(await told(), [{ vins: ['A', 'B'], model_years: [2003, null] }]);
  });

  test(title('more than a call takes is told in several, in order'), async (t) => {
    const { memo, told } = await open(t);
    const vins = Array.from({ length: 450 }, (_, index) => String(index));
    for (const vin of vins) memo.add(vin, undefined);
    await until(async () => (await told()).length === 3);
    const rows = await told();
    t.deepEqual(
      rows.map((row) => row.vins.length),
      [200, 200, 50],
    );
    t.deepEqual(
      rows.flatMap((row) => row.vins),
      vins,
    );
  });

  test(title('a failure is a debug line, and the next call is made'), async (t) => {
    const { memo, complaints, told } = await open(t);
    memo.add('fail', undefined);
    await until(() => complaints.length > 0);
    memo.add('A', undefined);
    await until(async () => (await told()).length > 0);
    t.is(complaints.length, 1);
  });

  test(title('what does not fit is left out, and what waits at the end is dropped'), async (t) => {
    const { memo, told } = await open(t);
    for (let i = 0; i < 100_000; i += 1) memo.add(String(i), undefined);
    await until(async () => (await told()).length > 0);
    await memo.close();
    const count = (await told()).length;
    t.true(count < 50, `${count} calls`);
    memo.add('late', undefined);
    await memo.close();
    t.is((await told()).length, count);
  });
}
