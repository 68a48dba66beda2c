-- needs: fixture
begin;
select plan(3);

create temporary table decoded as
select d.*
from decoder.decode_values(decoder.current_release_id(), ' 1aaa1bc20lf000001', null, '2026-06-30') as d;

select is_empty(
    $$
    select d.row_count, d.extended_row_count
    from decoded as d
    where d.row_count <> jsonb_array_length(api.vpic_decode_vin('1AAA1BC20LF000001'))
        or d.extended_row_count <> jsonb_array_length(api.vpic_decode_vin('1AAA1BC20LF000001', null, true))
        or d.extended_row_count - d.row_count <> 2
    $$,
    'the rows of DecodeVin and of DecodeVinExtended, which has two private variables more'
);
select is_empty(
    $$
    select k.key, k.ordinal
    from decoded as d
    cross join lateral json_object_keys(d.vehicle) with ordinality as k (key, ordinal)
    where k.ordinal <> (select count(*) from json_object_keys(d.vehicle) as b (key) where b.key collate "C" <= k.key)
    $$,
    'keys in byte order'
);
select is_empty(
    $$
    select t.reason, t.key, d.vehicle ->> t.key
    from (
        values
        ('VIN', '1AAA1BC20LF000001', 'as it was decoded'),
        ('Make', 'ASTER', 'a value'),
        ('Note', 'first note, second note, third note', 'several in one'),
        ('NCSABodyType', '', 'private: a key without a value'),
        ('Trim', '', 'not decoded'),
        ('Secret', null, 'no such variable')
    ) as t (key, value, reason)
    cross join decoded as d
    where d.vehicle ->> t.key is distinct from t.value
    $$,
    'the flat answer'
);

select * from finish();
rollback;
