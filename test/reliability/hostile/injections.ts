/** Texts that become SQL wherever a program writes them into a statement. */

/** In each text; it is in no statement and in no name of this service, so whoever finds it in PostgreSQL's log has found a hole. */
export const TAG = 'zqhx';

/** Ends of what a text may stand in, and what comes then. */
const ENDS = [
  "'",
  '"',
  "')",
  "'))",
  '")',
  '',
  '\\',
  "\\'",
  "''",
  '`',
  '$$',
  '$q$',
  '/*',
  '*/',
  ';',
  '%27',
  "E'\\'",
  '\u02bc',
  '\uff07',
  '%bf%27',
  '1',
  '-1',
  '1)',
];

const ORDERS = [
  `; select pg_sleep(30) /* ${TAG} */ --`,
  ` or '${TAG}'='${TAG}`,
  ` or 1=1 /* ${TAG} */ --`,
  ` union select rolname, rolpassword, '${TAG}' from pg_authid --`,
  ` union all select null, null, null, '${TAG}' --`,
  `; drop table garage.vehicles; -- ${TAG}`,
  `; delete from catalog.release; -- ${TAG}`,
  `; create role ${TAG} superuser; --`,
  `; copy (select '${TAG}') to program 'touch /tmp/${TAG}'; --`,
  ` and 1=cast((select version() || '${TAG}') as int) --`,
  `||(select pg_sleep(30)::text || '${TAG}')||`,
  ` limit 1 offset (select count(*) from pg_sleep(30) as ${TAG})`,
  `, (select current_setting('is_superuser') || '${TAG}'))`,
  `; set role postgres; -- ${TAG}`,
  `; do $x$ begin raise exception '${TAG}'; end $x$; --`,
  `\r\n; select '${TAG}'`,
  `::int /* ${TAG} */`,
  ` order by 9999 -- ${TAG}`,
];

/** All of them. */
export const INJECTIONS: readonly string[] = ENDS.flatMap((end) => ORDERS.map((order) => end + order));
