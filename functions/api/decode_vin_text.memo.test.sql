-- needs: fixture
begin;
select plan(4);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version)
select decoder.current_release_id(), m.descriptor, m.model_year, extract(year from localtimestamp)::int - m.years_ago, m.common, 'fixture-r1'
from (
    values
    ('1ALA1BC2*LF', 0, 0, '"marker":"none"}'),
    ('1ALA1BC2*LF', 1990, 0, '"marker":"1990"}'),
    ('1ADA1BC2*LF', 0, 1, '"marker":"last year"}'),
    -- Never made by a decode: whatever is remembered of them must not be told.
    ('1ALA1BC2*L*', 0, 0, '"marker":"a part"}'),
    ('***********', 0, 0, '"marker":"nothing"}')
) as m (descriptor, model_year, years_ago, common);

create temporary table found as
select t.*, d.own, d.common, d.is_common, d.data_version
from (
    values
    ('1ALA1BC28LF000001', null, 'none', 'remembered'),
    ('1ALA1BC2XLF000002', null, 'none', 'another of its kind'),
    ('  1ala1bc28lf000001 ', null, 'none', 'small letters, spaces around'),
    ('1ALA1BC28LF000001', 1990, '1990', 'the caller''s year'),
    ('1ALA1BC28LF000001', 2020, null, 'another year of the caller''s'),
    ('1ALA1BC28LF000001', 0, null, 'a year that none is'),
    ('1ADA1BC23LF000001', null, null, 'remembered a year ago'),
    ('1ALA1BC20LF000001', null, null, 'a wrong check digit'),
    ('1ALA1BC28LF00A001', null, null, 'a letter in position 15'),
    ('1ALA1BC2*LF000001', null, null, 'a * for a check digit'),
    ('1ALB1BC22LF000001', null, null, 'another descriptor'),
    ('1ALA1BC28L', null, null, 'a part of a VIN'),
    ('1ALA1BC28LF0000011', null, null, '18 characters'),
    (E'1ALA1BC28LF000001\t', null, null, 'a tab behind'),
    ('', null, null, 'nothing'),
    (null, null, null, 'null')
) as t (vin, model_year, marker, reason)
cross join lateral api.decode_vin_text(t.vin, t.model_year) as d;

select is_empty(
    $$ select f.reason, f.vin, f.common from found as f where (f.own || f.common)::jsonb ->> 'marker' is distinct from f.marker $$,
    'what is remembered is told, of regular VINs of the same descriptor, caller''s year and clock''s year'
);

select is_empty(
    $$
    select f.reason, f.vin, d.*
    from found as f
    cross join lateral decoder.decode_document(decoder.current_release_id(), f.vin, f.model_year, localtimestamp) as d
    where f.own is distinct from d.own or f.data_version is distinct from d.data_version
        or f.is_common is distinct from d.is_common or (f.marker is null and f.common is distinct from d.common)
    $$,
    'all else is decoded; the VIN''s own is the same both ways'
);

do $$ begin
    perform etl.begin_run('second', '{"version": "second"}');
    insert into catalog.release (release_id, run_id, data_version, source) select 1000, max(r.run_id), 'second-r1000', 'second' from etl.run as r;
    update catalog.current_release set release_id = 1000;
end $$;
select isnt((select d.common from api.decode_vin_text('1ALA1BC28LF000001') as d), '"marker":"none"}', 'another release has a memo of its own');
update catalog.current_release set release_id = (select min(r.release_id) from catalog.release as r);

delete from catalog.memo;
select is_empty(
    $$ select f.reason from found as f cross join lateral api.decode_vin_text(f.vin, f.model_year) as d where d.common like '%marker%' $$,
    'forgotten'
);

select * from finish();
rollback;
