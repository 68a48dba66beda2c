/** A database as it was when a migration was the newest, made by the real migrations, with rows of then in every table. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { openClientJobs } from '../../../../etl/jobs.ts';
import { silentLog } from '../../../../etl/testing/workers.ts';
import { projectRoot } from '../../../../server/config.ts';
import { migrate, type Series } from '../../../../server/database/migrate.ts';
import { withClient } from '../../../harness/cluster.ts';
import { makeProject } from '../../../harness/project.ts';
import { copyRows } from './tables.ts';

/** Since when workers make the job queue's tables. */
const QUEUE_SINCE = '0010';

/** The names of a series' migrations, oldest first. */
export function migrationsOf(series: Series): string[] {
  return globSync(`migrations/${series}/*.sql`, { cwd: projectRoot })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.test.sql'))
    .sort();
}

/**
 * Code of then, as far as it can stand in a migration's way: functions over the types of `decoder`, views over tables that later
 * migrations change, and a function that nobody has any more.
 */
const CODE_OF_THEN = `
set local role mvp_platform_owner;
do $$
declare
    named text;
begin
    for named in select t.oid::regtype::text from pg_type as t where t.typnamespace = 'decoder'::regnamespace and t.typtype = 'c' loop
        execute format('create or replace function decoder.of_then(x %s) returns int language sql immutable return 1', named);
    end loop;
    for named in
        select w.name from unnest(array['etl.run', 'etl.publication', 'catalog.release', 'catalog.segment', 'vpic.make']) as w (name)
        where to_regclass(w.name) is not null
    loop
        execute format('create or replace view admin.%I as select * from %s', 'of_then_' || replace(named, '.', '_'), named);
    end loop;
    create or replace function api.of_then() returns text language sql stable return 'then';
    grant execute on function api.of_then() to mvp_platform_user;
end;
$$;`;

/**
 * Makes a blank database one of then.
 * @param newest the path of its newest migration
 * @param now a database of now, whose rows it gets as far as then had a place for them
 */
export async function makeVersion(
  url: string,
  { series, newest, now }: { series: Series; newest: string; now: string },
): Promise<void> {
  const files = migrationsOf(series).filter((path) => path <= newest);
  const project = makeProject({
    ...Object.fromEntries(files.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')])),
    'functions/load.sql': '\\ir of_then.sql\n',
    'functions/of_then.sql': CODE_OF_THEN,
    'functions/load-garage.sql': '-- Nothing yet.\n',
    'sql/build.sql': '-- Nothing yet.\n',
  });
  try {
    await migrate({ url, series, root: project.root });
  } finally {
    project.remove();
  }
  if (series === 'platform' && newest >= `migrations/platform/${QUEUE_SINCE}`) {
    const jobs = await openClientJobs({ url, log: silentLog });
    await jobs.stop({ graceful: false });
  }
  await withClient(now, async (from) => {
    await withClient(url, async (to) => {
      if (series === 'platform') await makePartitions(from, to);
      await copyRows(from, to);
    });
  });
}

/** One of each table for each release, as etl.begin_release makes them. */
async function makePartitions(from: pg.Client, to: pg.Client): Promise<void> {
  const { rows } = await from.query<{ release_id: number }>('select r.release_id from catalog.release as r');
  for (const { release_id: id } of rows) {
    await to.query(
      `do $$
       declare
         parent record;
       begin
         set local role mvp_platform_owner;
         for parent in select c.relname from pg_class as c where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'p' loop
           execute format('create table catalog.%I (like catalog.%I including all)', parent.relname || '_r${id}', parent.relname);
           execute format('alter table catalog.%I attach partition catalog.%I for values in (${id})', parent.relname, parent.relname || '_r${id}');
         end loop;
       end; $$`,
    );
  }
}
