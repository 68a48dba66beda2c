import type { Figure, Findings, Table } from '../report/result.ts';
import type { Section } from '../setup/section.ts';
import { startService } from '../setup/service.ts';
import { query, withClient } from '../setup/sql-file.ts';
import { sendBatch, sendRequests } from './load.ts';
import { isPostgres, type Memory, memoryOf, parentOf } from './processes.ts';

/** A process at one moment. */
interface Process extends Memory {
  pid: number;
  name: string;
}

const paths = [
  '/api/vehicles/dropdown/makes?year=2020',
  '/api/vehicles/dropdown/models/HONDA?year=2020',
  '/api/vehicles/dropdown/trims',
  '/api/vehicles/dropdown/engines?make=FORD&model=F-150&year=2020',
  '/api/vehicles/dropdown/years?make=TOYOTA',
];

/** The most that one batch request may have. */
const batchSize = 1_000;
const clients = 16;

/** What the service and its PostgreSQL take of the machine. */
export const memorySection: Section = {
  letter: 'f',
  title: 'Memory of every process',
  run: async (bench): Promise<Findings> => {
    const url = await bench.freshDatabase();
    const service = await startService(bench, url);
    const look = (): Promise<Process[]> => processes(url, service.pid);
    // One request opens the first connection, as any health check would.
    await sendRequests(service.url, { vins: [], paths: paths.slice(0, 1), clients: 1 }, bench.signal);
    const idle = await look();
    const vins = bench.vins.new(bench.options.isQuick ? 500 : 20_000);
    bench.say('putting load on the service');
    const outcome = await sendRequests(service.url, { vins, paths, clients }, bench.signal);
    const batch = await sendBatch(service.url, vins.slice(0, batchSize), bench.signal);
    const loaded = await look();
    return {
      ratios: [],
      figures: figures(idle, loaded),
      tables: [memoryTable(idle, loaded)],
      notes: [
        `Load: ${outcome.answered} requests (${clients} at once; decodes of new VINs and some dropdowns), ${outcome.refused} refused; then one batch of ${Math.min(batchSize, vins.length)} VINs, answered with ${batch}.`,
        'RSS counts shared pages in every process that uses them; PSS divides them, so only PSS may be added up.',
        "PostgreSQL's processes of all its databases, when it runs on this machine; those of the bench itself are left out.",
      ],
    };
  },
};

async function processes(url: string, node: number): Promise<Process[]> {
  const backends = await withClient(url, (client) =>
    query<{ pid: number; name: string }>(client, 'memory/backends.sql'),
  );
  // The bench itself: its queries, and the connection that keeps the embedded PostgreSQL.
  const ours = ['mvp-platform-vehicles bench', `mvp-platform-vehicles server, process ${process.pid}`];
  const here = backends.filter(({ pid, name }) => isPostgres(pid) && !ours.includes(name));
  const postmaster = here[0] === undefined ? null : parentOf(here[0].pid);
  return [
    { pid: node, name: 'Node server' },
    ...(postmaster === null ? [] : [{ pid: postmaster, name: 'PostgreSQL: postmaster' }]),
    ...here.map(({ pid, name }) => ({ pid, name: `PostgreSQL: ${name}` })),
  ].flatMap(({ pid, name }): Process[] => {
    const memory = memoryOf(pid);
    return memory === null ? [] : [{ pid, name, ...memory }];
  });
}

function memoryTable(idle: readonly Process[], loaded: readonly Process[]): Table {
  const pids = [...new Set([...idle, ...loaded].map(({ pid }) => pid))];
  const rows = pids.map((pid): [string, ...(number | null)[]] => {
    const before = idle.find((process) => process.pid === pid);
    const after = loaded.find((process) => process.pid === pid);
    const name = after?.name ?? before?.name ?? '';
    return [name, before?.rss ?? null, before?.pss ?? null, after?.rss ?? null, after?.pss ?? null];
  });
  return {
    title: 'MB of memory',
    head: ['process', 'RSS idle', 'PSS idle', 'RSS after load', 'PSS after load'],
    rows: [...rows.sort(([a], [b]) => (a < b ? -1 : 1)), ['all', null, sum(idle), null, sum(loaded)]],
  };
}

function sum(list: readonly Process[]): number {
  return list.reduce((all, { pss }) => all + pss, 0);
}

function figures(idle: readonly Process[], loaded: readonly Process[]): Figure[] {
  return [
    ...[
      { when: 'idle', list: idle },
      { when: 'after load', list: loaded },
    ].flatMap(({ when, list }): Figure[] => [
      { name: `all processes, PSS ${when}`, unit: 'MB', rounds: [sum(list)] },
      { name: `Node server, RSS ${when}`, unit: 'MB', rounds: list.slice(0, 1).map(({ rss }) => rss) },
    ]),
  ];
}
