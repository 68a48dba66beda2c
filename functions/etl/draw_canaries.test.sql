-- needs: data
begin;
select plan(9);

delete from etl.canary;
select cmp_ok(etl.draw_canaries((select release_id from catalog.current_release)), '>=', 500::bigint, 'some hundred VINs');
select is_empty(
    $$
    select t.name, count(c.vin)
    from catalog.vehicle_type as t
    left join etl.canary as c on c.vehicle_type_id = t.vehicle_type_id
    where t.release_id = (select release_id from catalog.current_release)
    group by t.name
    having count(c.vin) < 20 or count(c.vin) > etl.threshold('canaries of a type')
    $$,
    'of every vehicle type'
);
select is_empty('select vin from etl.canary where exists (select from vin.problems(vin))', 'each could be one');
select is_empty(
    $$ select vin from etl.canary where vin.check_digit(vin) <> substr(vin, 9, 1) $$, 'with the check digit that it should have'
);
select cmp_ok(
    (
        select avg((d.answer is not null)::int)
        from etl.canary as c
        left join etl.canary_answers((select release_id from catalog.current_release)) as d on d.vin = c.vin and d.element_id = 28
        where c.vehicle_type_id <> 6
    ),
    '>', 0.8, 'most have a model to lose (trailers aside, whose patterns seldom name one)'
);
select cmp_ok(
    (
        select avg((d.answer = array[upper(t.name)])::int)
        from etl.canary as c
        inner join catalog.vehicle_type as t
            on t.release_id = (select release_id from catalog.current_release) and t.vehicle_type_id = c.vehicle_type_id
        left join etl.canary_answers((select release_id from catalog.current_release)) as d on d.vin = c.vin and d.element_id = 39
    ),
    '=', 1.0, 'each decodes to the type that it stands for'
);

create temporary table first_drawn as select vin from etl.canary;
select is(etl.draw_canaries((select release_id from catalog.current_release)), (select count(*) from first_drawn), 'drawn once, they stay');

-- A WMI that is gone takes its canary along; another comes in its place, but not the same.
insert into etl.canary (vin, vehicle_type_id, drawn_release_id) values ('ZZZ00000000000000', 2, 1);
delete from etl.canary where vin in (select vin from etl.canary where vehicle_type_id = 2 order by vin limit 5);
do $$ begin perform etl.draw_canaries((select release_id from catalog.current_release)); end; $$;
select is_empty($$ select from etl.canary where vin = 'ZZZ00000000000000' $$, 'one that nothing is known of goes');
select is(
    (select count(*) from etl.canary where vehicle_type_id = 2), etl.threshold('canaries of a type')::bigint, 'and the places are filled'
);

select * from finish();
rollback;
