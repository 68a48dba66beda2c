begin;
select plan(7);

-- A light vehicle whose data knows CM82[67] at 4-8 and A at 11.
create function pg_temp.doubts(vin text, flagged int[] default '{}')
    returns double precision[]
    language sql
    return decoder.position_doubts(vin, 13, array['C', 'M', '8', '2', '67', null, null, 'A', null, null, null], flagged);

select is_empty(
    $$select vin, reason
      from (
          values
          ('1HGCM82633A004352', 'right check digit'),
          ('1HGCM82633A004353', 'a slip in the last digit'),
          ('1HGCM82633A004532', 'two digits swapped'),
          ('1HGCM8Z633A004352', 'a character that the data does not know')
      ) as v (vin, reason)
      where exists (select from unnest(pg_temp.doubts(vin)) as d where d not between 0 and 1)
          or cardinality(pg_temp.doubts(vin)) <> 17$$,
    'seventeen probabilities'
);

select ok(
    (select sum(d) from unnest(pg_temp.doubts('1HGCM82633A004352')) as d) < 0.01,
    'a right check digit leaves next to no doubt'
);

select ok(
    (select sum(d) from unnest(pg_temp.doubts('1HGCM82633A004353')) as d) > 0.9,
    'a wrong one nearly none that some character is wrong'
);

select ok(
    (pg_temp.doubts('1HGCM8Z633A004352', array[7]))[7] > 0.9,
    'a character that the data does not know is the likely one'
);

select ok(
    (pg_temp.doubts('1HGCM82633A00435O', array[17]))[17] = 1 and (pg_temp.doubts('1HGCM82633A00435O', array[17]))[5] < 0.01,
    'a character that no VIN has is certainly wrong, and says nothing about the others'
);

select ok(
    (pg_temp.doubts('1HGCM82'))[17] = 1 and (pg_temp.doubts('1HGCM82'))[4] < 0.01,
    'a missing character is not the one that was meant'
);

select is_empty(
    $$select p
      from generate_series(4, 8) as p
      where (pg_temp.doubts('1HGCM82633A004353'))[p] > (pg_temp.doubts('1HGCM82633A004353'))[17]$$,
    'where the data allows no other character, the serial number is the likelier place'
);

select * from finish();
rollback;
