-- needs: fixture
begin;
select plan(8);

select results_eq(
    $$ select json_object_keys(r.results -> 0) from api.vpic_decode_vin_values('1AAA1BC27LF000001') as r $$,
    $$
    select k.code
    from (
        select c.code from catalog.element as c where c.is_flat
        union
        values ('VIN'), ('MakeID'), ('ManufacturerId'), ('ModelID')
    ) as k
    order by k.code collate "C"
    $$,
    'the code of every variable that is answered or grouped, and what the public API adds, in byte order'
);

select is_empty(
    $$
    select v.vin, e.key, e.value
    from (values ('1AAA1BC27LF000001'), (''), ('1A'), ('nonsense'), (repeat('9', 100000))) as v (vin)
    cross join lateral api.vpic_decode_vin_values(v.vin) as r
    cross join lateral json_each(r.results -> 0) as e
    where json_typeof(e.value) <> 'string'
    $$,
    'every value is a string, an empty one where nothing is known'
);

select is_empty(
    $$
    select t.reason, t.key, r.results -> 0 ->> t.key
    from (
        values
        ('VIN', '1AAA1BC27LF000001', 'as it was decoded'),
        ('Make', 'ASTER', 'a name'),
        ('MakeID', '1', 'and its id'),
        ('Model', 'Alpha', 'a name'),
        ('ModelID', '11', 'and its id'),
        ('ManufacturerId', '1', 'an id'),
        ('ModelYear', '2020', 'a number as text'),
        ('Note', 'first note, second note, third note', 'several values in one'),
        ('ErrorCode', '0', 'no error'),
        ('NCSANote', '', 'private, and named all the same'),
        ('Trim', '', 'not decoded')
    ) as t (key, value, reason)
    cross join api.vpic_decode_vin_values(' 1aaa1bc27lf000001') as r
    where r.results -> 0 ->> t.key is distinct from t.value
    $$,
    'the flat answer'
);

select is_empty(
    $$
    select r.value
    from jsonb_array_elements(api.vpic_decode_vin('1AAA1BC20LF000001')) as r
    inner join catalog.element as c on c.element_id = (r.value ->> 'VariableId')::int and c.code is not null and not c.is_multivalued
    cross join api.vpic_decode_vin_values('1AAA1BC20LF000001') as flat
    where coalesce(r.value ->> 'Value', '') <> flat.results -> 0 ->> c.code
    $$,
    'the same values as DecodeVin'
);

select isnt(
    (select r.results -> 0 ->> 'ModelYear' from api.vpic_decode_vin_values('1ACA1BC20LF000001', 1990) as r),
    (select r.results -> 0 ->> 'ModelYear' from api.vpic_decode_vin_values('1ACA1BC20LF000001', 2020) as r),
    'the caller''s model year is heard'
);

select results_eq(
    $$
    select r.row_count, json_array_length(r.results)
    from (values (false), (true)) as x (is_extended)
    cross join lateral api.vpic_decode_vin_values('1AAA1BC20LF000001', null, x.is_extended) as r
    order by x.is_extended
    $$,
    $$
    select jsonb_array_length(api.vpic_decode_vin('1AAA1BC20LF000001', null, x.is_extended)), 1
    from (values (false), (true)) as x (is_extended)
    order by x.is_extended
    $$,
    'one result, and the count is that of DecodeVin''s rows'
);

update catalog.element set is_flat = null, is_extended = null;
select is_empty(
    $$
    select r.results
    from api.vpic_decode_vin_values('1AAA1BC27LF000001') as r
    where r.results -> 0 ->> 'Make' <> 'ASTER' or r.results -> 0 ->> 'NCSANote' is not null
    $$,
    'a release of before is decoded with the keys that it knows'
);

delete from catalog.current_release;
select throws_ok($$ select api.vpic_decode_vin_values('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
