/** Broken and malicious dumps: each is loaded as what it says, or refused with one line; nothing of it is ever executed. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SourceError } from '../../../etl/errors.ts';
import { rebuild } from '../../../etl/rebuild.ts';
import { openSource } from '../../../etl/sources/source.ts';
import { smallDump } from '../../../etl/testing/small-vpic.ts';
import { describe } from '../../../server/failure.ts';
import { randomFrom } from '../../fuzz/texts.ts';
import { ownDatabase, type TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { type BrokenDump, brokenDumps, type Draw } from './broken-dumps.ts';
import { Grid, Ledger } from './ledger.ts';

/** Files that are read, and files that a whole rebuild is made of, in the full run. */
const READ = 6_000;
const REBUILT = 80;

/** Megabytes beyond what there was before; the reader holds a few blocks of a quarter of one. */
const MOST_MEGABYTES = 300;

const WAS_HERE = '/tmp/was-here';

export async function loadBrokenDumps(server: TestServer, extent: Extent): Promise<Outcome> {
  const ledger = new Ledger();
  const grid = new Grid('dump', ['files', 'read', 'refused', 'published', 'not published']);
  const folder = mkdtempSync(join(tmpdir(), 'mvp-hostile-dumps-'));
  const random = randomFrom(extent.seed);
  const draw: Draw = (n) => Math.floor(random() * n);
  rmSync(WAS_HERE, { force: true });
  try {
    const before = process.memoryUsage().rss;
    let most = before;
    const files = brokenDumps(Buffer.from(smallDump()), draw);
    for (let done = 0; done < Math.max(120, READ * extent.share); done += 1) {
      await readOne(files.next().value, folder, ledger, grid);
      most = Math.max(most, process.memoryUsage().rss);
    }
    const grown = Math.round((most - before) / 1024 ** 2);
    ledger.count('megabytes of memory beyond before', grown);
    if (grown > MOST_MEGABYTES) ledger.object(`reading dumps took ${grown} MB of memory`);
    extent.say(`${ledger.counted('files read')} files read`);
    await rebuildFrom(files, server, { folder, extent, ledger, grid });
    if (existsSync(WAS_HERE)) ledger.harmed('wrong', 'something of a dump was executed');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return ledger.outcome(grid.rows);
}

/** Reads a file to its end, as a rebuild does without a database. */
async function readOne(
  { kind, name, content }: BrokenDump,
  folder: string,
  ledger: Ledger,
  grid: Grid,
): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, content);
  ledger.count('files read');
  grid.count(kind, 'files');
  try {
    const source = await openSource(path, folder);
    try {
      for await (const table of source.tables()) {
        for await (const chunk of table.read(table.columns.map((column) => ({ column }))))
          chunk.text.toString();
      }
    } finally {
      await source.close();
    }
    grid.count(kind, 'read');
  } catch (error) {
    grid.count(kind, 'refused');
    complainAbout(error, kind, ledger);
  }
}

/** A refusal is a line that names the file or the place. */
function complainAbout(error: unknown, kind: string, ledger: Ledger): void {
  if (!(error instanceof SourceError)) {
    ledger.harmed('wrong', `${kind}: no refusal but ${error instanceof Error ? error.stack : error}`);
  } else if (/[\n\0]/.test(error.message) || error.message.length > 500) {
    ledger.harmed('wrong', `${kind}: refused in more than a line: ${JSON.stringify(error.message)}`);
  }
}

interface Rebuilding {
  readonly folder: string;
  readonly extent: Extent;
  readonly ledger: Ledger;
  readonly grid: Grid;
}

/** What may never change by a file: who may log in, what functions there are, and what is published unless the file is. */
const STATE = `select
  (select string_agg(rolname || rolsuper, ',' order by rolname) from pg_roles) as roles,
  (select md5(string_agg(pronamespace::regnamespace || '.' || proname || md5(prosrc), ',' order by oid)) from pg_proc) as functions,
  (select md5(string_agg(nspname, ',' order by nspname)) from pg_namespace where nspname !~ '^pg_') as schemas,
  (select count(*) from pg_trigger) as triggers`;

/** Whole rebuilds into a database in which a good release is published. */
async function rebuildFrom(
  files: Generator<BrokenDump, never>,
  server: TestServer,
  { folder, extent, ledger, grid }: Rebuilding,
): Promise<void> {
  const own = await ownDatabase(server, 'empty');
  const client = new pg.Client(own.url);
  await client.connect();
  const one = async (query: string): Promise<string> => JSON.stringify((await client.query(query)).rows[0]);
  const published = 'select release_id, published_at from catalog.current_release';
  const decoded = `select api.decode_vin('1HGCM82633A004352') - 'dataVersion' as decoded`;
  try {
    const good = join(folder, 'good.sql');
    writeFileSync(good, smallDump());
    await rebuild({ url: own.url, source: good, dataDir: folder });
    const right = await one(decoded);
    const state = await one(STATE);
    for (let done = 0; done < Math.max(2, Math.round(REBUILT * extent.share)); done += 1) {
      const { kind, name, content } = files.next().value;
      writeFileSync(join(folder, name), content);
      ledger.count('rebuilds');
      grid.count(kind, 'files');
      const before = await one(published);
      try {
        await rebuild({ url: own.url, source: join(folder, name), dataDir: folder });
        grid.count(kind, 'published');
      } catch (error) {
        grid.count(kind, 'not published');
        const said = describe(error);
        if (/\n/.test(said) || said.length > 1_000)
          ledger.harmed('wrong', `${kind}: refused in more than a line: ${said}`);
        if ((await one(published)) !== before)
          ledger.harmed('lost', `${kind}: the published release changed`);
        if ((await one(decoded)) !== right)
          ledger.harmed('wrong', `${kind}: decodes changed by a refused file`);
      }
      if ((await one(STATE)) !== state)
        ledger.harmed('wrong', `${kind}: roles, functions or schemas changed`);
      // What a broken file could publish, such as one letter of a name, goes: the next one is held against the good one.
      if ((await one(decoded)) !== right) {
        writeFileSync(good, `-- ${done}\n${smallDump()}`);
        await rebuild({ url: own.url, source: good, dataDir: folder, forcedReason: 'the good one again' });
      }
    }
    extent.say(`${ledger.counted('rebuilds')} rebuilds`);
  } finally {
    await client.end();
    await own.drop();
  }
}
