/** What is looked at in a restored installation, beside its answers. */

import { rebuild } from '../../../../etl/rebuild.ts';
import { migrate } from '../../../../server/database/migrate.ts';
import { describe } from '../../../../server/failure.ts';
import { type Cluster, withClient } from '../../../harness/cluster.ts';
import type { Table } from '../upgrades/tables.ts';
import { contentOf, schemaOf } from '../upgrades/upgrade.ts';
import { DATABASES, monthOf, type Urls, urlsAs } from './installation.ts';

/** What an installation holds, to be found again. */
export interface Held {
  readonly rows: ReadonlyMap<string, string>;
  readonly schema: readonly string[];
  readonly grants: readonly string[];
}

export async function heldBy(cluster: Cluster): Promise<Held> {
  const urls = urlsAs(cluster, 'superuser');
  const rows = new Map<string, string>();
  const schema: string[] = [];
  for (const url of [urls.platform, urls.app]) {
    const content: ReadonlyMap<Table, string> = await contentOf(url);
    for (const [table, text] of content) if (table.isLogged) rows.set(table.name, text);
    schema.push(...(await schemaOf(url)));
  }
  return { rows, schema, grants: await grantsOf(cluster) };
}

/** Who owns the databases, who may what with them, and who is a member of what. */
async function grantsOf(cluster: Cluster): Promise<string[]> {
  const grants: string[] = [];
  await withClient(cluster.urlOf('postgres'), async (admin) => {
    const { rows } = await admin.query<{ line: string }>(
      `select format('%s of %s: %s to %s', d.datname, d.datdba::regrole, a.privilege_type, a.grantee::regrole) as line
       from pg_database as d cross join lateral aclexplode(d.datacl) as a where d.datname = any($1)
       union
       select format('%s in %s%s', m.member::regrole, m.roleid::regrole, case when m.admin_option then ' as admin' end)
       from pg_auth_members as m where m.member::regrole::text like 'mvp%'
       union
       select format('%s %s %s', r.rolname, r.rolcanlogin, r.rolcreaterole) from pg_roles as r where r.rolname like 'mvp%'
       order by line`,
      [Object.values(DATABASES)],
    );
    grants.push(...rows.map(({ line }) => line));
  });
  return grants;
}

/**
 * What differs.
 * @param how `copied`: byte by byte; `dumped`: PostgreSQL writes some expressions in other words when it has read them from a dump;
 *   `upgraded`: a newer version has words of its own for all of it
 */
export function differences(before: Held, after: Held, how: 'copied' | 'dumped' | 'upgraded'): string[] {
  const faults: string[] = [];
  for (const [table, text] of before.rows)
    if (after.rows.get(table) !== text) faults.push(`${table} has other rows`);
  const compared: [readonly string[], readonly string[]][] = [[before.grants, after.grants]];
  if (how === 'copied') compared.push([before.schema, after.schema]);
  else compared.push([named(before.schema, how), named(after.schema, how)]);
  for (const [was, is] of compared) {
    faults.push(...was.filter((line) => !is.includes(line)).map((line) => `missing: ${line}`));
    faults.push(...is.filter((line) => !was.includes(line)).map((line) => `too much: ${line}`));
  }
  return faults;
}

/** Without the expressions; of a newer version only what has none. */
function named(schema: readonly string[], how: 'dumped' | 'upgraded'): string[] {
  const lines = how === 'dumped' ? schema : schema.filter((line) => LASTING.test(line));
  return lines.map((line) => line.replace(/^((?:routine|view|constraint) [^:]*):.*$/s, '$1'));
}

/** What every version says in the same words. A newer one has rights that an older does not know (MAINTAIN), for owners. */
const LASTING =
  /^(schema|relation|policy|trigger|comment|migration|code|routine|view) |^grant on (?!.* MAINTAIN )/;

/** Tries what a restored installation must still be able to do, and what it must not. @returns what went otherwise */
export async function tryOut(cluster: Cluster, folder: string, month: number): Promise<string[]> {
  const [migrator, server] = [urlsAs(cluster, 'migrator'), urlsAs(cluster, 'server')];
  const faults: string[] = [];
  for (const series of ['platform', 'app'] as const) {
    const { applied, loadedCode } = await migrate({ url: migrator[series], series });
    if (applied.length > 0 || loadedCode) faults.push(`${series} was not current`);
  }
  // As a later version's migration may.
  await withClient(migrator.app, async (client) => {
    await client
      .query('begin; set local role mvp_main_owner; create schema of_a_later_version; rollback')
      .catch((error) => faults.push(`a migration cannot make a schema: ${describe(error)}`));
  });
  const source = monthOf(folder, month);
  const { outcome } = await rebuild({ url: migrator.platform, source, dataDir: folder });
  if (outcome !== 'published') faults.push(`a rebuild is ${outcome}`);
  faults.push(...(await refused(server)));
  return faults;
}

/** Statements that a server's login may not make, or that have to find nothing. */
async function refused(server: Urls): Promise<string[]> {
  const attempts: [url: string, role: string, statement: string][] = [
    [server.app, 'mvp_main_user', 'select 1 from garage.vehicles'],
    [
      server.app,
      'mvp_main_user',
      "set mvp_main.user_id = 'alice'; select 1 from garage.vehicles where user_id <> 'alice'",
    ],
    [server.app, 'mvp_main_user', 'delete from garage.vehicles'],
    [server.app, 'mvp_main_user', 'set role mvp_main_owner; select 1 from garage.vehicles'],
    [server.platform, 'mvp_platform_user', 'select 1 from catalog.release'],
    [server.platform, 'mvp_platform_user', 'select etl.rollback()'],
    [server.platform, 'mvp_platform_user', 'set role mvp_platform_owner'],
  ];
  const faults: string[] = [];
  for (const [url, role, statement] of attempts) {
    await withClient(url, async (client) => {
      try {
        const results = [await client.query(`set role ${role}; ${statement}`)].flat();
        const isAllowed = !statement.includes('select') || results.some(({ rows }) => rows.length > 0);
        if (isAllowed) faults.push(`${role} may: ${statement}`);
      } catch {
        // Refused, as it should be.
      }
    });
  }
  return faults;
}
