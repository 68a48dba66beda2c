import test from 'ava';
import { Problem } from '../problem.ts';
import { vinsOf } from './batch.ts';

test('VINs with and without model years, spaces and a last semicolon', (t) => {
  t.deepEqual(vinsOf(' 5UXWX7C5*BA, 2011 ; 5YJSA3DS*EF;;1HG,;'), [
    { vin: '5UXWX7C5*BA', modelYear: 2011 },
    { vin: '5YJSA3DS*EF', modelYear: null },
    { vin: '1HG', modelYear: null },
  ]);
});

test('no VIN at all', (t) => {
  for (const data of ['', ' ', ';', ' ; ;', ',2011']) t.deepEqual(vinsOf(data), []);
});

test('fifty are taken, one more is refused', (t) => {
  t.is(vinsOf('1HG;'.repeat(50)).length, 50);
  t.throws(() => vinsOf('1HG;'.repeat(51)), {
    instanceOf: Problem,
    message: /51 VINs are given; a batch takes 50/,
  });
});

test('what is no VIN with a model year is refused, and named', (t) => {
  for (const data of ['1HG,new', '1HG,20110', '1HG,2011,2012', '1HG,-1', '1HG\0', 'x'.repeat(1001)]) {
    t.throws(() => vinsOf(`1A;${data}`), { instanceOf: Problem });
  }
  t.throws(() => vinsOf('1HG,new'), { message: /"1HG,new"/ });
});
