-- needs: data
begin;
select plan(6);

create temporary view told as
select decoder.explain(decoder.current_release_id(), v.vin, null, '2026-11-22') as e, v.vin
from unnest(array['1HGCM82633A004352', '1HGCM82633A004353', 'ABC', '', '7T03ZC339ST788545']) as v (vin);

select is_empty(
    $$select vin from told
      where not e ?& array['wmi', 'descriptor', 'year', 'positions', 'elements'] or jsonb_array_length(e -> 'positions') <> least(length(vin), 17)$$,
    'every text is explained, character by character'
);

select results_eq(
    $$select e -> 'year' ->> 'decoded' from told where vin = '1HGCM82633A004352'$$, array['2003'], 'the year and why'
);

select results_eq(
    $$select x ->> 'keys', x -> 'positions', x ->> 'schemaName'
      from told cross join lateral jsonb_array_elements(e -> 'elements') as x
      where vin = '1HGCM82633A004352' and x ->> 'Variable' = 'Model'$$,
    $$values ('CM82[67]', '[4, 5, 6, 7, 8]'::jsonb, 'Honda Accord Schema 2003')$$,
    'a value with its key, positions and schema'
);

select is_empty(
    $$select x ->> 'Variable'
      from told cross join lateral jsonb_array_elements(e -> 'elements') as x
      where not x ?& array['confidence', 'confidenceParts', 'rejected'] or (x ->> 'confidence')::numeric not between 0 and 1$$,
    'each value with its confidence, the parts of it, and its rivals'
);

select results_eq(
    $$select (x ->> 'confidence')::numeric
      from told cross join lateral jsonb_array_elements(e -> 'elements') as x
      where vin = '1HGCM82633A004353' and x ->> 'Variable' = 'Model'$$,
    $$select round(d.confidence::numeric, 4)
      from decoder.decode_elements(decoder.current_release_id(), '1HGCM82633A004353', null, '2026-11-22') as d
      where d.element_id = 28$$,
    'the confidence explained is the confidence given'
);

select results_eq(
    $$select x -> 'decides' ? 'Model' from told cross join lateral jsonb_array_elements(e -> 'positions') as x
      where vin = '1HGCM82633A004352' and x ->> 'position' in ('4', '11') order by (x ->> 'position')::int$$,
    array[true, false],
    'each position with what it decides'
);

select * from finish();
rollback;
