begin;
select plan(5);

create function pg_temp.confidence(
    doubted int, doubt double precision, source text default 'Pattern', used int default (1 << 4) | (1 << 5), share double precision default 0,
    is_disputed boolean default false, is_year_ambiguous boolean default false
)
    returns numeric
    language sql
    return round(decoder.element_confidence(
        array(select case when p = doubted then doubt else 0 end from generate_series(1, 17) as p order by p),
        source, used, share, is_disputed, is_year_ambiguous
    )::numeric, 4);

select is_empty(
    $$select *
      from (
          values
          (pg_temp.confidence(5, 0), 1, 'no doubt'),
          (pg_temp.confidence(5, 1), 0, 'it rests on the wrong character alone'),
          (pg_temp.confidence(5, 1, share => 0.75), 0.75, 'other characters would have led to the same value'),
          (pg_temp.confidence(17, 1), 1, 'a wrong serial number hurts no value'),
          (pg_temp.confidence(6, 1), 1 - decoder.model_constant('silent change')::numeric, 'a character that the key does not read'),
          (pg_temp.confidence(2, 1), decoder.model_constant('other maker')::numeric, 'another maker'),
          (pg_temp.confidence(10, 1), decoder.model_constant('other year')::numeric, 'another year''s schema'),
          (pg_temp.confidence(10, 1, 'ModelYear'), 0, 'the year itself'),
          (pg_temp.confidence(7, 1, 'ModelYear'), 0.5, 'position 7 tells the cycle of light vehicles'),
          (pg_temp.confidence(5, 1, 'Corrections'), 1, 'said about the text as it stands')
      ) as v (given, expected, reason)
      where given is distinct from round(expected::numeric, 4)$$,
    'each doubt hurts what rests on it'
);

select is_empty(
    $$select *
      from (
          values
          (pg_temp.confidence(5, 0, is_disputed => true), decoder.model_constant('disputed'), 'a rival of the same rank'),
          (pg_temp.confidence(5, 0, 'Default'), decoder.model_constant('default'), 'implied by the type'),
          (pg_temp.confidence(5, 0, 'ModelYear', is_year_ambiguous => true), decoder.model_constant('ambiguous year'), 'two cycles')
      ) as v (given, expected, reason)
      where given <> round(expected::numeric, 4)$$,
    'what the data leaves open'
);

select is_empty(
    $$select p, a.doubt, b.doubt
      from generate_series(1, 17) as p
      cross join generate_series(0, 1, 0.1) as a (doubt)
      cross join generate_series(0, 1, 0.1) as b (doubt)
      where a.doubt < b.doubt and pg_temp.confidence(p, a.doubt) < pg_temp.confidence(p, b.doubt)$$,
    'less doubt never makes a value less sure'
);

select is_empty(
    $$select p, a.share, b.share
      from generate_series(1, 17) as p
      cross join generate_series(0, 1, 0.1) as a (share)
      cross join generate_series(0, 1, 0.1) as b (share)
      where a.share < b.share and pg_temp.confidence(p, 0.6, share => a.share) > pg_temp.confidence(p, 0.6, share => b.share)$$,
    'a commoner value is never less sure'
);

select ok(
    decoder.element_confidence(array_fill(1::double precision, array[17]), 'Pattern', 496, 0, true, true) >= 0,
    'never below zero'
);

select * from finish();
rollback;
