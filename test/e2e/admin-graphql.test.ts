/** Every query and every action of /admin/graphql, on a real queue with a real worker. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getIntrospectionQuery,
  getNamedType,
  type IntrospectionQuery,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { until, withClient } from '../../etl/testing/looks.ts';
import { smallDump } from '../../etl/testing/small-vpic.ts';
import { hurriedWorker, silentLog } from '../../etl/testing/workers.ts';
import { Worker } from '../../etl/worker.ts';
import { JobRequests } from '../../server/start/job-requests.ts';
import { ownDatabase, type TestServer, testServers } from '../harness/databases.ts';
import { type AdminService, adminToken, openAdminService } from './admin.ts';

/** A page of these is empty when all is well. */
const MAY_BE_EMPTY = ['objections', 'canaryDifferences'];

/** The service, a worker and the source that it loads, which a test may change. */
async function open(server: TestServer): Promise<AdminService & { source: string; database: string }> {
  const own = await ownDatabase(server, 'empty');
  const dataDir = mkdtempSync(join(tmpdir(), 'mvp-admin-test-'));
  const source = join(dataDir, 'vPICList_lite_2026_03.sql');
  writeFileSync(source, smallDump());
  const worker = await Worker.start(hurriedWorker({ url: own.url, source, dataDir }));
  const requests = await JobRequests.start({ url: own.url, jobs: worker.jobs, logger: silentLog });
  const service = await openAdminService(own.url);
  return {
    ...service,
    source,
    database: own.url,
    close: async () => {
      await service.close();
      await requests.close();
      await worker.stop();
      await own.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;
  const opening = open(server);
  test.after.always(title('close the service'), async () => (await opening).close());

  /** Calls an action, and gives its row of admin.action. */
  async function act(
    t: ExecutionContext,
    name: string,
    input: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const { graphql } = await opening;
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const { data, errors } = await graphql(
      `mutation ($input: ${type}!) { ${name}(input: $input) { action { actionId action subject reason detail outcome } } }`,
      { input },
    );
    t.is(errors, undefined, JSON.stringify(errors));
    tried.add(name);
    return data?.[name].action;
  }

  /** What an action is refused with. */
  async function refused(t: ExecutionContext, call: string, code: string, message: RegExp): Promise<void> {
    const { graphql } = await opening;
    const { errors = [] } = await graphql(`mutation { ${call} { clientMutationId } }`);
    t.is(errors[0]?.extensions?.code, code, JSON.stringify(errors));
    t.regex(errors[0]?.message ?? '', message);
  }
  const tried = new Set<string>();

  async function settled(actionId: unknown): Promise<string> {
    const { graphql } = await opening;
    let outcome: string | null = null;
    await until(async () => {
      const { data } = await graphql(`{ action(actionId: ${actionId}) { outcome } }`);
      outcome = data?.action.outcome;
      return outcome !== null;
    });
    return outcome ?? '';
  }

  async function currentRelease(): Promise<number | undefined> {
    const { graphql } = await opening;
    const { data } = await graphql(
      '{ releases(first: 1, condition: { isCurrent: true }) { nodes { releaseId } } }',
    );
    return data?.releases.nodes[0]?.releaseId;
  }

  test.serial(title('a rebuild is asked for, with a reason, and done by the worker'), async (t) => {
    const { source } = await opening;
    await refused(t, 'requestRebuild(input: { reason: " " })', 'unprocessable', /^a reason is needed$/);
    const { actionId, ...action } = await act(t, 'requestRebuild', { reason: 'the first data' });
    t.deepEqual(action, {
      action: 'request rebuild',
      subject: 'ada',
      reason: 'the first data',
      detail: { isForced: false },
      outcome: null,
    });
    t.is(await settled(actionId), 'queued');
    await until(async () => (await currentRelease()) === 1);

    writeFileSync(source, `-- another month\n${smallDump()}`);
    const second = await act(t, 'requestRebuild', { reason: 'we looked at it', isForced: true });
    t.is(await settled(second.actionId), 'queued');
    await until(async () => (await currentRelease()) === 2);
    const { graphql } = await opening;
    const { data } = await graphql(
      '{ runs(last: 1, orderBy: RUN_ID_ASC) { nodes { status forcedReason dataVersion runSteps(first: 1) { totalCount } } } jobs(first: 1, condition: { queue: "rebuild", state: "completed" }) { nodes { data } totalCount } }',
    );
    t.like(data?.runs.nodes[0], { status: 'published', forcedReason: 'we looked at it' });
    t.is(data?.jobs.totalCount, 2);
    t.is(data?.jobs.nodes[0].data.requestedBy, 'ada (admin)');
  });

  test.serial(
    title('a release is published, taken back, pinned and let go; every time with a reason'),
    async (t) => {
      const { ask, source } = await opening;
      t.like(await act(t, 'publishRelease', { releaseId: 1, reason: 'a look at the old one' }), {
        subject: 'ada',
        detail: { releaseId: 1 },
      });
      t.is(await currentRelease(), 1);
      await act(t, 'publishRelease', { releaseId: 2, reason: 'and back' });
      await refused(
        t,
        'publishRelease(input: { releaseId: 77, reason: "why" })',
        'not-found',
        /release 77 does not exist/,
      );

      await act(t, 'pinRelease', { releaseId: 2, reason: 'the fair is on', days: 3 });
      await refused(t, 'rollBack(input: { reason: "why" })', 'conflict', /^release 2 is pinned until /);
      await refused(
        t,
        'pinRelease(input: { releaseId: 1, reason: "why" })',
        'conflict',
        /release 1 is not the published one/,
      );
      const status = await (await ask('/api/platform/status')).text();
      t.regex(status, /"pinnedUntil": ?"\d{4}-/);
      t.notRegex(status, /fair/, 'why is not told in public');
      writeFileSync(source, `-- a third month\n${smallDump()}`);
      const { actionId } = await act(t, 'requestRebuild', { reason: 'does it hold?' });
      await settled(actionId);
      const { graphql } = await opening;
      await until(async () => {
        const { data } = await graphql(
          '{ runs(last: 1, orderBy: RUN_ID_ASC) { nodes { runId finishedAt reason } } }',
        );
        const [run] = data?.runs.nodes ?? [];
        return (
          run.runId === 3 &&
          run.finishedAt !== null &&
          /^pinned_release: release 2 is pinned/.test(run.reason)
        );
      });
      t.is(await currentRelease(), 2, 'it holds');

      await act(t, 'unpinRelease', { reason: 'the fair is over' });
      await refused(t, 'unpinRelease(input: { reason: "why" })', 'not-found', /no release is pinned/);
      await act(t, 'rollBack', { reason: 'wrong models' });
      t.is(await currentRelease(), 1);
    },
  );

  test.serial(title('what is planned is cancelled'), async (t) => {
    const { actionId } = await act(t, 'cancelRebuild', { reason: 'a bad moment' });
    t.is(await settled(actionId), 'no rebuild was planned');
  });

  test.serial(title('no action is without a test'), async (t) => {
    const { graphql } = await opening;
    const { data } = await graphql('{ __schema { mutationType { fields { name description } } } }');
    const fields: { name: string; description: string }[] = data?.__schema.mutationType.fields;
    t.deepEqual(fields.map(({ name }) => name).sort(), [...tried].sort());
    for (const { name, description } of fields) t.regex(description, /VP422 .*without a reason\.$/, name);
  });

  test.serial(title('every query answers, with all its columns'), async (t) => {
    const { graphql, database } = await opening;
    // What small data does not have by itself.
    await withClient(database, async (client) => {
      await client.query(
        "insert into etl.canary (vin, vehicle_type_id, drawn_release_id) values ('1HGCM82633A004352', 2, 1) on conflict do nothing",
      );
      await client.query("insert into etl.finding values (1, 'x', 1, 1, 1) on conflict do nothing");
    });
    const { data } = await graphql(getIntrospectionQuery());
    const query = buildClientSchema(data as unknown as IntrospectionQuery).getQueryType();
    t.truthy(query);
    const fields = Object.values(query?.getFields() ?? {}).filter(({ name }) => name !== 'query');
    const pages = fields.filter(({ args }) => args.some(({ name }) => name === 'first'));
    t.true(pages.length >= 15);
    const rows = new Map<string, Record<string, unknown>>();
    for (const field of pages) {
      const nodes = (field.type as GraphQLObjectType).getFields().nodes;
      const type = nodes && getNamedType(nodes.type);
      if (!isObjectType(type)) throw new Error(`${field.name} has no nodes`);
      const { data: page, errors } = await graphql(
        `{ ${field.name}(first: 3) { totalCount nodes ${columnsOf(type)} } }`,
      );
      t.is(errors, undefined, `${field.name}: ${JSON.stringify(errors)}`);
      const [row] = page?.[field.name].nodes ?? [];
      if (MAY_BE_EMPTY.includes(field.name)) continue;
      t.truthy(row, `${field.name} has a row`);
      rows.set(type.name, row);
    }
    for (const field of fields.filter((candidate) => !pages.includes(candidate))) {
      const row = rows.get(getNamedType(field.type).name) ?? { releaseId: 1, vin: '1', elementId: 1 };
      const { data: found, errors } = await graphql(
        `{ ${field.name}(${keyOf(field, row)}) ${columnsOf(field.type)} }`,
      );
      t.is(errors, undefined, `${field.name}: ${JSON.stringify(errors)}`);
      if (rows.has(getNamedType(field.type).name)) t.deepEqual(found?.[field.name], row, field.name);
    }
  });

  test.serial(title('too much is refused, by name'), async (t) => {
    const { graphql, ask } = await opening;
    const deep = (levels: number): string =>
      `${'{ query'.repeat(levels)} { __typename }${' }'.repeat(levels)}`;
    const doubling = (count: number): string =>
      `${Array.from({ length: count }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f${count} on Query { __typename }`;
    for (const [query, variables, reason] of [
      ['{ runs { nodes { runId } } }', {}, /needs a page size: runs\(first: 1 to 100\)/],
      ['{ runs(first: 101) { nodes { runId } } }', {}, /needs a page size/],
      ['{ runs(first: 0) { nodes { runId } } }', {}, /needs a page size/],
      ['{ runs(first: 1, last: 1) { nodes { runId } } }', {}, /needs a page size/],
      ['query ($n: Int) { runs(first: $n) { nodes { runId } } }', { n: 5000 }, /needs a page size/],
      ['{ runs(first: 1) { nodes { runSteps { totalCount } } } }', {}, /page size: runSteps/],
      ['{ ...a } fragment a on Query { runs(first: 1000) { totalCount } }', {}, /needs a page size/],
      [
        '{ runs(first: 100) { nodes { runSteps(first: 100) { nodes { step rowCount } } } } }',
        {},
        /may give \d+ fields; allowed are 20000/,
      ],
      [deep(11), {}, /has 11 levels; allowed are 10/],
      [`{ ...f0 } ${doubling(300)}`, {}, /selects more than 20000 fields/],
      [
        `{ ${'abcd'.replace(/./g, '$&: __schema { types { name } } ')} }`,
        {},
        /asks for the schema 4 times; allowed are 3/,
      ],
      ['subscription { releases { totalCount } }', {}, /there are no subscriptions/],
      [
        'query ($t: String) { releases(first: 1, condition: { dataVersion: $t }) { totalCount } }',
        { t: 'a\0b' },
        /^a text contains the character U\+0000$/,
      ],
      [`{ ${'__typename '.repeat(6000)} }`, {}, /has more than 5000 tokens/],
    ] as const) {
      const { data, errors } = await graphql(query, variables);
      t.falsy(data?.releases, query.slice(0, 80));
      t.regex(errors?.[0]?.message ?? '', reason);
    }
    t.is(
      (await graphql('query ($n: Int) { runs(first: $n) { nodes { runId } } }', { n: 2 })).errors,
      undefined,
    );
    t.regex(
      (await graphql('{ ...a } fragment a on Query { ...a }')).errors?.[0]?.message ?? '',
      /Cannot spread fragment/,
    );
    t.regex((await graphql('{ nonsense }')).errors?.[0]?.message ?? '', /Cannot query field/);
    const large = await ask('/admin/graphql', {
      method: 'POST',
      headers: { Authorization: `Bearer ${adminToken()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: `{ __typename } # ${'x'.repeat(5_000_000)}` }),
    });
    t.is(large.status, 413);
  });
}

/** A selection of all columns: leaves, and objects of leaves such as an interval. */
function columnsOf(output: GraphQLOutputType): string {
  const type = getNamedType(output);
  if (!isObjectType(type)) return '';
  const columns = Object.values(type.getFields()).flatMap(({ name, type: of, args }) => {
    const named = getNamedType(of);
    if (args.length > 0) return [];
    if (isLeafType(named)) return [name];
    return isObjectType(named) &&
      Object.values(named.getFields()).every((part) => isLeafType(getNamedType(part.type)))
      ? [`${name} ${columnsOf(named)}`]
      : [];
  });
  return `{ ${columns.join(' ')} }`;
}

/** The arguments of a field that asks for one row, out of such a row. */
function keyOf({ args }: GraphQLField<unknown, unknown>, row: Record<string, unknown>): string {
  return args
    .filter(({ type }) => isNonNullType(type))
    .map(({ name }) => `${name}: ${JSON.stringify(row[name])}`)
    .join(', ');
}
