import test from 'ava';
import { pack, unpack } from './packed-entry.ts';
import { bytesOf, digestOf, type Entry } from './store.ts';

const body = bytesOf('"make":"Škoda","rawData":[]}\n');
const entry: Entry = { body, digest: digestOf(body), version: '2026-03-r1' };
const shared: Entry = { ...entry, frame: ['{"vin":"', '",', ',', '},'] };
const until = 1_800_000_000_000;

test('what was packed comes out, body byte for byte and in memory of its own', (t) => {
  for (const whole of [entry, shared]) {
    const bytes = pack({ entry: whole, until }, 'b1');
    const unpacked = unpack(bytes, 'b1');
    t.deepEqual(unpacked, { entry: whole, until });
    t.is(unpacked?.entry.body.buffer.byteLength, body.length);
    t.true(bytes.subarray(-body.length).equals(body), 'ready to send');
  }
});

test('another program’s answers are none', (t) => {
  t.is(unpack(pack({ entry, until }, 'b1'), 'b2'), null);
});

test('whichever byte is wrong or missing, it is none', (t) => {
  const bytes = pack({ entry: shared, until }, 'b1');
  for (let at = 0; at < bytes.length; at += 1) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    t.is(unpack(damaged, 'b1'), null, `byte ${at}`);
    t.is(unpack(bytes.subarray(0, at), 'b1'), null, `cut after ${at}`);
  }
  t.is(unpack(Buffer.concat([bytes, Buffer.from(' ')]), 'b1'), null);
});

test('what was never one', (t) => {
  for (const text of ['', '\n', '[]', '{"body":1}\n', `${'x'.repeat(16)} null\n`, 'x'.repeat(10_000)]) {
    t.is(unpack(Buffer.from(text), 'b1'), null, text.slice(0, 20));
  }
});
