/** The ledger sees what the drill would otherwise pass over. */

import test from 'ava';
import { Ledger, type StoredVehicle, written } from './ledger.ts';

/** A user with one vehicle at 2, and one that was at 1 when nobody answered for its deletion. */
function ledger(): Ledger {
  const alice = new Ledger('alice');
  Object.assign(alice.announce(), { states: [2], id: 'a' });
  Object.assign(alice.announce(), { states: [1, null], id: 'b' });
  return alice;
}

const row = (plate: string, tag: number, other: Partial<StoredVehicle> = {}): StoredVehicle => ({
  userId: 'alice',
  licensePlate: plate,
  ...written(tag),
  isActive: true,
  ...other,
});
const sure = row('alice#1', 2);

const cases: [reason: string, rows: StoredVehicle[], lost: number, wrong: number][] = [
  ['all is as told', [sure, row('alice#2', 1)], 0, 0],
  ['the doubtful deletion happened', [sure, row('alice#2', 1, { isActive: false })], 0, 0],
  ['the list does not show it any more', [sure], 0, 0],
  ['the last change is not there', [row('alice#1', 1)], 1, 0],
  ['the vehicle is not there', [], 1, 0],
  ['it was deleted by nobody', [row('alice#1', 2, { isActive: false })], 1, 0],
  ['a write nobody sent', [sure, row('alice#2', 3)], 1, 0],
  ['half a write', [sure, row('alice#2', 1, { color: 'c0' })], 0, 1],
  ['a vehicle of somebody else', [sure, row('bob#1', 1, { userId: 'bob' })], 0, 1],
  ["one's own vehicle at somebody else's", [sure, row('alice#2', 1, { userId: 'bob' })], 0, 1],
  ['a vehicle twice', [sure, sure], 0, 1],
  ['a vehicle that nobody made', [sure, row('alice#7', 1)], 0, 1],
];

for (const [reason, rows, lost, wrong] of cases) {
  test(`seen: ${reason}`, (t) => {
    const verdict = ledger().judge(rows);
    t.deepEqual([verdict.lost, verdict.wrong], [lost, wrong], verdict.objections.join('\n'));
    t.is(verdict.objections.length, lost + wrong);
  });
}
