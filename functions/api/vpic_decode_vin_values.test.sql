-- needs: fixture
begin;
select plan(6);

select results_eq(
    $$ select k from jsonb_object_keys(api.vpic_decode_vin_values('1AAA1BC27LF000001')) as k order by k collate "C" $$,
    $$
    select c.code from catalog.element as c where c.is_emitted and c.code is not null
    union
    values ('VIN'), ('MakeID'), ('ManufacturerId'), ('ModelID')
    order by 1
    $$,
    'the code of every public variable, and what the public API adds'
);

select is_empty(
    $$
    select v.vin, e.key, e.value
    from (values ('1AAA1BC27LF000001'), (''), ('1A'), ('nonsense'), (repeat('9', 100000))) as v (vin)
    cross join lateral jsonb_each(api.vpic_decode_vin_values(v.vin)) as e
    where jsonb_typeof(e.value) <> 'string'
    $$,
    'every value is a string, an empty one where nothing is known'
);

select is_empty(
    $$
    select t.reason, t.key, api.vpic_decode_vin_values(' 1aaa1bc27lf000001') ->> t.key
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
        ('Trim', '', 'not decoded')
    ) as t (key, value, reason)
    where api.vpic_decode_vin_values(' 1aaa1bc27lf000001') ->> t.key is distinct from t.value
    $$,
    'the flat answer'
);

select is_empty(
    $$
    select r.value
    from jsonb_array_elements(api.vpic_decode_vin('1AAA1BC20LF000001')) as r
    inner join catalog.element as c on c.element_id = (r.value ->> 'VariableId')::int and c.code is not null and not c.is_multivalued
    where coalesce(r.value ->> 'Value', '') <> api.vpic_decode_vin_values('1AAA1BC20LF000001') ->> c.code
    $$,
    'the same values as DecodeVin'
);

select isnt(
    api.vpic_decode_vin_values('1ACA1BC20LF000001', 1990) ->> 'ModelYear',
    api.vpic_decode_vin_values('1ACA1BC20LF000001', 2020) ->> 'ModelYear',
    'the caller''s model year is heard'
);

delete from catalog.current_release;
select throws_ok($$ select api.vpic_decode_vin_values('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
