/** `POST /api/vehicles/decode` through HTTP on a real database: what is answered, what is refused, and streams. */

// needs: fixture

import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { z } from 'zod';
import { checkDigit } from '../../server/vin.ts';
import { layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { until } from '../harness/until.ts';
import { counting, jsonOf, type OpenService, openService, problemOf } from './service.ts';

const PATH = '/api/vehicles/decode';
const VIN = '1AAB1BC21LF000001';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const NDJSON_TYPE = { 'Content-Type': 'application/x-ndjson' };

/** A VIN with this serial number, its check digit right or not. */
function vinOf(serial: number, isRight = true): string {
  const vin = `1AAB1BC20LF${String(serial).padStart(6, '0')}`;
  const right = checkDigit(vin) ?? '';
  return vin.slice(0, 8) + (isRight ? right : right === '1' ? '2' : '1') + vin.slice(9);
}

async function* vins(count: number, isRight = true): AsyncGenerator<string> {
  for (let serial = 0; serial < count; serial += 1) yield `${vinOf(serial % 1_000_000, isRight)}\n`;
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes that are in use, without what only waits to be collected. */
function memoryInUse(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Sends a stream; the answer comes while it is being sent. */
async function post(url: string, lines: AsyncIterable<string>): Promise<[ClientRequest, IncomingMessage]> {
  const call = request(url + PATH, { method: 'POST', headers: NDJSON_TYPE });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  // What becomes of sending shows in the answer.
  pipeline(Readable.from(lines), call).catch(() => undefined);
  const [answer] = await answered;
  return [call, answer];
}

const servers = testServers();

for (const server of servers) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  async function open(t: ExecutionContext): Promise<OpenService> {
    const { fixture } = server;
    if (fixture === null) throw new Error('needs: fixture');
    const service = await openService(fixture);
    t.teardown(() => service.close());
    return service;
  }

  test(title('JSON: the results in input order, whatever the texts are'), async (t) => {
    const { ask } = await open(t);
    const given = [
      VIN,
      { vin: VIN, modelYear: 1990 },
      'no VIN',
      { vin: vinOf(2), modelYear: null },
      '',
      vinOf(3, false),
      'ß🚗"\\',
      { vin: ` ${VIN.toLowerCase()} ` },
    ];
    for (const round of ['cold', 'warm']) {
      const reply = await ask(PATH, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ vins: given }),
      });
      t.is(reply.status, 200, round);
      t.regex(reply.headers.get('content-type') ?? '', /^application\/json/);
      t.is(reply.headers.get('cache-control'), 'no-store');
      t.is(reply.headers.get('x-data-version'), 'fixture-r1');
      const { results } = z
        .object({ results: z.array(z.looseObject({ vin: z.string(), valid: z.boolean() })) })
        .parse(await reply.json());
      t.deepEqual(
        results.map(({ vin, valid }) => [vin, valid]),
        [
          [VIN, true],
          [VIN, true],
          ['NO VIN', false],
          [vinOf(2), true],
          ['', false],
          [vinOf(3, false), false],
          ['ß🚗"\\', false],
          [VIN, true],
        ],
      );
      for (const index of [0, 3]) {
        const vin = results[index]?.vin ?? '';
        t.deepEqual(
          results[index],
          z
            .looseObject({ vin: z.string(), valid: z.boolean() })
            .parse(await jsonOf(await ask(`${PATH}/${vin}`))),
        );
      }
    }
  });

  test(title('JSON: a thousand VINs, and none'), async (t) => {
    const { ask } = await open(t);
    const post = async (list: string[]) =>
      jsonOf(await ask(PATH, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ vins: list }) }));
    const thousand = Array.from({ length: 1000 }, (_, serial) => vinOf(serial));
    const { results } = await post(thousand);
    t.deepEqual(
      (results as { vin: string }[]).map(({ vin }) => vin),
      thousand,
    );
    t.deepEqual(await post([]), { results: [] });
  });

  const refused: [reason: string, body: string, problems: [number | null, RegExp][]][] = [
    ['no object', '[]', [[null, /no object with "vins"/]]],
    ['no vins', '{}', [[null, /^"vins" is no array$/]]],
    ['no list', '{"vins":"1AA"}', [[null, /^"vins" is no array$/]]],
    ['another member', '{"vins":[],"year":1}', [[null, /^has more than "vins"$/]]],
    [
      'too many',
      JSON.stringify({ vins: Array(1001).fill('1AA') }),
      [[null, /^"vins" has more than 1000 entries$/]],
    ],
    [
      'each bad entry is named',
      JSON.stringify({
        vins: [
          VIN,
          17,
          { vin: VIN, modelYear: '2003' },
          {},
          null,
          { vin: VIN, year: 1 },
          'A\0',
          'x'.repeat(1001),
        ],
      }),
      [
        [1, /^is neither a text nor an object with "vin"$/],
        [2, /^"modelYear" is not an integer from 1900 to 2100$/],
        [3, /^"vin" is not a text$/],
        [4, /^is neither/],
        [5, /^has "year" beside "vin" and "modelYear"$/],
        [6, /^contains the character U\+0000$/],
        [7, /^is longer than 1000 characters$/],
      ],
    ],
  ];
  for (const [reason, body, expected] of refused) {
    test(title(`JSON is refused: ${reason}`), async (t) => {
      const { ask } = await open(t);
      const document = await problemOf(t, await ask(PATH, { method: 'POST', headers: JSON_TYPE, body }), 400);
      const problems = z
        .array(z.object({ index: z.int().nullable(), reason: z.string() }))
        .parse(document.problems);
      t.is(problems.length, expected.length);
      for (const [position, [index, why]] of expected.entries()) {
        t.is(problems[position]?.index, index);
        t.regex(problems[position]?.reason ?? '', why);
        t.true(document.detail.includes(problems[position]?.reason ?? ''));
      }
    });
  }

  for (const [status, headers, body, reason] of [
    [400, JSON_TYPE, '{"vins":[', 'no JSON'],
    [413, JSON_TYPE, JSON.stringify({ vins: Array(400).fill('x'.repeat(1000)) }), 'too large'],
    [415, { 'Content-Type': 'text/plain' }, VIN, 'another type'],
    [415, { ...NDJSON_TYPE, 'Content-Encoding': 'gzip' }, VIN, 'a compressed stream'],
  ] as const) {
    test(title(`a body is refused with ${status}: ${reason}`), async (t) => {
      const { ask } = await open(t);
      await problemOf(t, await ask(PATH, { method: 'POST', headers, body }), status);
    });
  }

  test(
    title('NDJSON: a line for each line, in order; a bad one says why and the stream goes on'),
    async (t) => {
      const { ask } = await open(t);
      const body = [
        VIN,
        '',
        `"${vinOf(2)}"`,
        '{"vin":',
        `{"vin":"${vinOf(3)}","modelYear":2020}`,
        'no VIN',
        '{"vin":1}',
        vinOf(4),
      ].join('\n');
      const reply = await ask(PATH, { method: 'POST', headers: NDJSON_TYPE, body });
      t.is(reply.status, 200);
      t.is(reply.headers.get('content-type'), 'application/x-ndjson');
      const text = await reply.text();
      t.true(text.endsWith('}\n'));
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      t.deepEqual(
        lines.map(({ vin, line, error }) => [vin, line, error]),
        [
          [VIN, undefined, undefined],
          [vinOf(2), undefined, undefined],
          [undefined, 4, 'invalid-line'],
          [vinOf(3), undefined, undefined],
          ['NO VIN', undefined, undefined],
          [undefined, 7, 'invalid-line'],
          [vinOf(4), undefined, undefined],
        ],
      );
      t.like(lines[2], {
        status: 400,
        message: 'line 4 is not valid JSON',
        detail: 'line 4 is not valid JSON',
      });
    },
  );

  test(title('NDJSON: VINs of a known descriptor take no database'), async (t) => {
    const { ask, bulk } = await open(t);
    await ask(`${PATH}/${VIN}`);
    const calls = counting(bulk);
    const body = Array.from({ length: 2000 }, (_, serial) => vinOf(serial)).join('\n');
    const text = await (await ask(PATH, { method: 'POST', headers: NDJSON_TYPE, body })).text();
    t.is(text.split('\n').length, 2001);
    t.is(calls.count, 0);
  });

  test(title('NDJSON: nothing in, nothing out'), async (t) => {
    const { ask } = await open(t);
    for (const body of ['', '\n\n']) {
      const reply = await ask(PATH, { method: 'POST', headers: NDJSON_TYPE, body });
      t.is(reply.status, 200);
      t.is(await reply.text(), '');
    }
  });

  test(title('NDJSON: who waits for an answer before the next line gets it'), async (t) => {
    const { url } = await open(t);
    const next = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    async function* conversation(): AsyncGenerator<string> {
      yield `${vinOf(1)}\n`;
      await next[0].promise;
      yield `${vinOf(2)}\n`;
      await next[1].promise;
    }
    const [, answer] = await post(url, conversation());
    const heard: string[] = [];
    for await (const line of createInterface({ input: answer })) {
      heard.push(JSON.parse(line).vin);
      next[heard.length - 1]?.resolve();
    }
    t.deepEqual(heard, [vinOf(1), vinOf(2)]);
  });

  // What becomes of a stream is this program's doing, whatever the version.
  if (server !== servers[0]) continue;

  test.serial(title('NDJSON: 100,000 lines to a slow reader, in order and in little memory'), async (t) => {
    const { url } = await open(t);
    const [, answer] = await post(url, vins(100_000));
    const before = memoryInUse();
    let most = 0;
    let serial = 0;
    for await (const line of createInterface({ input: answer })) {
      if (!line.startsWith(`{"vin":"${vinOf(serial)}"`)) t.fail(`line ${serial}: ${line.slice(0, 60)}`);
      serial += 1;
      if (serial % 2000 !== 0) continue;
      // Slow: everything that can run ahead of the reader does so now.
      await sleep(5);
      most = Math.max(most, memoryInUse() - before);
    }
    t.is(serial, 100_000);
    // All answers together are more than 200 MB. The reader and the sender are in this process too.
    t.true(most < 30e6, `${Math.round(most / 1e6)} MB`);
  });

  test(title('NDJSON: a reader that stops reading stops the service, too'), async (t) => {
    const { url, bulk } = await open(t);
    // Each needs the database: its check digit is wrong.
    const [call, answer] = await post(url, vins(1_000_000, false));
    answer.pause();
    const calls = counting(bulk);
    await until(() => calls.count > 0);
    for (let last = -1; last !== calls.count; await sleep(200)) last = calls.count;
    t.true(calls.count < 200, `${calls.count} batches of 4,000 were decoded for nobody`);
    call.destroy();
  });

  test(title('NDJSON: a client that goes away ends the work and frees the connections'), async (t) => {
    const { url, bulk, database } = await open(t);
    const [call, answer] = await post(url, vins(1_000_000, false));
    await once(answer, 'data');
    call.destroy();
    const calls = counting(bulk);
    await until(() => database.status.servers.platform?.underWay === 0);
    const atRest = calls.count;
    await sleep(100);
    t.is(calls.count, atRest);
    t.true(calls.count < 10, `${calls.count} batches after the end`);
  });

  test(title('NDJSON: the database fails before the first line: a problem document'), async (t) => {
    const own = await ownDatabase(server, 'fixture');
    const cable = await layCable(own.url);
    const service = await openService(cable.url);
    t.teardown(async () => {
      await service.close();
      await cable.close();
      await own.drop();
    });
    await cable.cut();
    const reply = await service.ask(PATH, { method: 'POST', headers: NDJSON_TYPE, body: `${VIN}\n` });
    t.regex(reply.headers.get('retry-after') ?? '', /^\d+$/);
    await problemOf(t, reply, 503);
  });

  test(
    title('JSON: the database away: a list that memory knows whole is answered, any other is refused'),
    async (t) => {
      const own = await ownDatabase(server, 'fixture');
      const cable = await layCable(own.url);
      const service = await openService(cable.url);
      t.teardown(async () => {
        await service.close();
        await cable.close();
        await own.drop();
      });
      const post = (texts: string[]): Promise<Response> =>
        service.ask(PATH, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ vins: texts }) });
      while ((await service.ask(`${PATH}/${VIN}`)).headers.get('x-cache') !== 'HIT');
      await cable.cut();
      const known = await post([VIN, vinOf(5)]);
      t.is(known.status, 200);
      t.is(((await jsonOf(known)).results as unknown[]).length, 2);
      const refused = await post([VIN, vinOf(5, false)]);
      t.regex(refused.headers.get('retry-after') ?? '', /^\d+$/);
      await problemOf(t, refused, 503);
    },
  );

  for (const how of ['cut', 'silence'] as const) {
    test(
      title(
        `NDJSON: the database fails in the middle (${how}): the last line says so, and the answer is broken`,
      ),
      async (t) => {
        const own = await ownDatabase(server, 'fixture');
        const cable = await layCable(own.url);
        const service = await openService(cable.url);
        t.teardown(async () => {
          await service.close();
          await cable.close();
          await own.drop();
        });
        const more = Promise.withResolvers<void>();
        async function* lines(): AsyncGenerator<string> {
          yield `${VIN}\n`;
          await more.promise;
          yield `${vinOf(1, false)}\n`;
          // No end: it is the service that ends this.
          await new Promise(() => undefined);
        }
        const [, answer] = await post(service.url, lines());
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        await until(() => text.includes('\n'));
        await cable[how]();
        more.resolve();
        const [error] = (await once(answer, 'error')) as [NodeJS.ErrnoException];
        t.is(error.code, 'ECONNRESET');
        t.false(answer.complete);
        const [first = '', last = '', rest] = text.split('\n');
        t.like(JSON.parse(first), { vin: VIN });
        t.like(JSON.parse(last), { error: 'unavailable', status: 503 });
        t.is(rest, '');
      },
    );
  }

  test(
    title('NDJSON: connections that are killed in the middle are made again, and no line is missing'),
    async (t) => {
      const own = await ownDatabase(server, 'fixture');
      const service = await openService(own.url);
      const admin = new pg.Client(own.url);
      await admin.connect();
      t.teardown(async () => {
        await service.close();
        await admin.end();
        await own.drop();
      });
      const count = 3_000;
      const [, answer] = await post(service.url, vins(count, false));
      let serial = 0;
      for await (const line of createInterface({ input: answer })) {
        if (!line.startsWith(`{"vin":"${vinOf(serial, false)}"`))
          t.fail(`line ${serial}: ${line.slice(0, 60)}`);
        serial += 1;
        if (serial !== 300) continue;
        const { rowCount } = await admin.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%, lists' and datname = current_database()",
        );
        t.true((rowCount ?? 0) > 0);
      }
      t.is(serial, count);
      t.true(service.database.status.retries > 0);
    },
  );
}
