-- needs: fixture
begin;
-- As in api's functions: by another plan the same values come in another order.
set local plan_cache_mode = force_generic_plan;
select plan(4);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version)
values
    (decoder.current_release_id(), '1ALA1BC2*LF', 0, 2026, '"marker":"none"}', 'fixture-r1'),
    (decoder.current_release_id(), '1ALA1BC2*LF', 1990, 2026, '"marker":"1990"}', 'fixture-r1'),
    -- Never made by a decode: whatever is remembered of them must not be told.
    (decoder.current_release_id(), '1ALA1BC2*L*', 0, 2026, '"marker":"a part"}', 'fixture-r1'),
    (decoder.current_release_id(), '***********', 0, 2026, '"marker":"nothing"}', 'fixture-r1');

create temporary table found as
select t.*, d.own, d.common, d.is_common, d.data_version
from (
    values
    ('1ALA1BC28LF000001', null, '2026-06-30'::timestamp, 'none', 'remembered'),
    ('1ALA1BC28LF000001', null, '2026-01-01', 'none', 'all of the year'),
    ('1ALA1BC2XLF000002', null, '2026-06-30', 'none', 'another of its kind'),
    ('  1ala1bc28lf000001 ', null, '2026-06-30', 'none', 'small letters, spaces around'),
    ('1ALA1BC28LF000001', 1990, '2026-06-30', '1990', 'the caller''s year'),
    ('1ALA1BC28LF000001', 2020, '2026-06-30', null, 'another year of the caller''s'),
    ('1ALA1BC28LF000001', 0, '2026-06-30', null, 'a year that none is'),
    ('1ALA1BC28LF000001', null, '2027-01-01', null, 'the next year'),
    ('1ALA1BC20LF000001', null, '2026-06-30', null, 'a wrong check digit'),
    ('1ALA1BC28LF00A001', null, '2026-06-30', null, 'a letter in position 15'),
    ('1ALA1BC2*LF000001', null, '2026-06-30', null, 'a * for a check digit'),
    ('1ALB1BC22LF000001', null, '2026-06-30', null, 'another descriptor'),
    ('1ALA1BC28L', null, '2026-06-30', null, 'a part of a VIN'),
    ('1ALA1BC28LF0000011', null, '2026-06-30', null, '18 characters'),
    (E'1ALA1BC28LF000001\t', null, '2026-06-30', null, 'a tab behind'),
    ('', null, '2026-06-30', null, 'nothing'),
    (null, null, '2026-06-30', null, 'null')
) as t (vin, model_year, as_of, marker, reason)
cross join lateral decoder.find_document(decoder.current_release_id(), t.vin, t.model_year, t.as_of) as d;

select is_empty(
    $$ select f.reason, f.vin, f.common from found as f where (f.own || f.common)::jsonb ->> 'marker' is distinct from f.marker $$,
    'what is remembered is told, of regular VINs of the same descriptor, caller''s year and clock''s year'
);

select is_empty(
    $$
    select f.reason, f.vin, d.*
    from found as f
    cross join lateral decoder.decode_document(decoder.current_release_id(), f.vin, f.model_year, f.as_of) as d
    where f.own is distinct from d.own or f.data_version is distinct from d.data_version
        or f.is_common is distinct from d.is_common or (f.marker is null and f.common is distinct from d.common)
    $$,
    'all else is decoded; the VIN''s own is the same both ways'
);

select results_eq(
    $$ select d.common is null, d.data_version from decoder.find_document(-1, '1ALA1BC28LF000001', null, '2026-06-30') as d $$,
    $$ values (true, null::text) $$,
    'another release has a memo of its own'
);

delete from catalog.memo;
select is_empty(
    $$ select f.reason from found as f cross join lateral decoder.find_document(decoder.current_release_id(), f.vin, f.model_year, f.as_of) as d where d.common like '%marker%' $$,
    'forgotten'
);

select * from finish();
rollback;
