begin;
select plan(2);

select results_eq(
    $$ select f.name from unnest(array[26, 28, 29, 38, 34, 5, 37, 24, 15, 27, 39, 75]) with ordinality as e (element_id, n) cross join lateral (select decoder.field_name(e.element_id) as name) as f order by e.n $$,
    array['make', 'model', 'year', 'trim', 'series', 'bodyType', 'transmission', 'fuelType', 'driveType', 'manufacturer', 'vehicleType', 'plantCountry'],
    'the fields in the order of the contract'
);

select is_empty(
    $$ select n from unnest(array[null, -18, 0, 13, 114, 142, 1000]) as n where decoder.field_name(n) is not null $$,
    'no field: the engine''s parts, notes, what says something about the VIN, unknown elements'
);

select * from finish();
rollback;
