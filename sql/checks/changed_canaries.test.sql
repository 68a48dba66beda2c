-- needs: fixture
begin;
select plan(4);

-- A second release like the first; see canary_difference.test.sql.
insert into etl.run (run_id, source) overriding system value values (9001, 'b');
do $$
declare
    parent text;
    columns text;
begin
    perform etl.begin_release(9001);
    for parent in select c.relname from pg_class as c where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'p' loop
        select string_agg(quote_ident(a.attname), ', ') into columns
        from pg_attribute as a
        where a.attrelid = format('catalog.%I', parent)::regclass and a.attnum > 0 and a.attname <> 'release_id' and not a.attisdropped and a.attgenerated = '';
        execute format('insert into catalog.%I (release_id, %s) select 2, %s from catalog.%I where release_id = 1', parent, columns, columns, parent);
    end loop;
    update catalog.release set is_complete = true;
end;
$$;
-- A hundred incomplete vehicles, and as many off the road, with a check digit that is always wrong.
delete from etl.canary;
insert into etl.canary (vin, vehicle_type_id, drawn_release_id)
select format('1AKA1BC2ZFF%s', lpad(g::text, 6, '0')), 10, 1 from generate_series(1, 100) as g
union all
select format('1ALA1BC2ZFF%s', lpad(g::text, 6, '0')), 13, 1 from generate_series(1, 100) as g;

select is_empty('select * from admin.changed_canaries', 'nothing has changed');

-- The first sixteen of two hundred (8 %, and 16 % of their type) get a VIN exception, and so another error code.
insert into catalog.vin_exception (release_id, vin) select 2, c.vin from etl.canary as c where c.vehicle_type_id = 10 order by c.vin limit 16;
select is_empty('select * from admin.changed_canaries where release_id = 2', 'as many as are allowed');

insert into catalog.vin_exception (release_id, vin)
select 2, c.vin from etl.canary as c where c.vehicle_type_id = 10 order by c.vin offset 16 limit 1;
select results_eq(
    'select release_id, previous_release_id, vehicle_type_id, changed_count, canary_count, reason from admin.changed_canaries order by vehicle_type_id',
    $$ values (2, 1, null::int, 17::bigint, 200::bigint, '17 of 200 canary VINs lost or changed a value (allowed: 8.0 %), most in Error Code') $$,
    'one more, over all types'
);

insert into catalog.vin_exception (release_id, vin)
select 2, c.vin from etl.canary as c where c.vehicle_type_id = 10 order by c.vin offset 17 limit 4;
select results_eq(
    'select vehicle_type_id, changed_count, canary_count, reason from admin.changed_canaries where vehicle_type_id is not null',
    $$ values (10, 21::bigint, 100::bigint, '21 of 100 canary VINs of vehicle type 10 lost or changed a value (allowed: 20.0 %), most in Error Code') $$,
    'more than a fifth of one type'
);

select * from finish();
rollback;
