begin;
select plan(4);

select throws_ok('select * from api.years()', 'VP503', null, 'nothing is published');

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); perform etl.begin_release(1002); end; $$;
update catalog.release set is_complete = true;
insert into catalog.make (release_id, make_id, name) values (1, 474, 'Honda'), (1, 475, 'Acura'), (1, 476, 'Yearless');
insert into catalog.model (release_id, make_id, model_id, name)
values (1, 474, 1861, 'Accord'), (1, 474, 1862, 'Open'), (1, 475, 1863, 'accord'), (1, 474, 1864, 'Old'), (1, 474, 1865, 'Never Built');
insert into catalog.model_year (release_id, make_id, model_id, vehicle_type_id, years)
values
    (1, 474, 1861, 2, '{[1990,1992),[2000,2001)}'), (1, 474, 1861, 7, '{[1991,1993)}'), (1, 475, 1863, 2, '{[2003,2004)}'),
    (1, 474, 1864, 2, '{[1975,1982)}'), (2, 474, 1861, 2, '{[2015,2016)}');
insert into catalog.make_year (release_id, make_id, vehicle_type_id, years)
values
    (1, 474, 2, '{[1985,1986)}'), (1, 475, 2, '{}'), (1, 476, 2, '{}'), (2, 474, 2, '{[2016,2017)}');
do $$ begin perform etl.publish(1); end; $$;

select is_empty(
    $$
    select t.reason, t.make, t.model, found.years
    from (
        values
        (null, null, '{2003,2000,1992,1991,1990,1985,1981,1980}', 'of everything, once each, newest first'),
        ('Honda', null, '{2000,1992,1991,1990,1985,1981,1980}', 'of a make: its models'' and its own; nothing before 1980'),
        ('474', null, '{2000,1992,1991,1990,1985,1981,1980}', 'by its id'),
        ('honda', 'ACCORD', '{2000,1992,1991,1990}', 'of a model, names in any case, without the make''s other years'),
        ('474', '1861', '{2000,1992,1991,1990}', 'by ids'),
        (null, 'Accord', '{2003,2000,1992,1991,1990}', 'of a model of any make'),
        ('Acura', 'Accord', '{2003}', 'of this make'),
        ('Honda', 'Never Built', '{}', 'a model without years'),
        ('Yearless', null, '{}', 'a make without years')
    ) as t (make, model, years, reason)
    cross join lateral (
        select coalesce(array_agg(y.year), '{}') as years from api.years(t.make, t.model) as y (year)
    ) as found
    where found.years is distinct from t.years::int[]
    $$,
    'model years by make and model'
);

insert into catalog.model_year (release_id, make_id, model_id, vehicle_type_id, years) values (1, 474, 1862, 2, '{[2020,3000)}');
select results_eq(
    $$ select min(y), max(y), count(*) from api.years('Honda', 'Open') as y $$,
    $$
    select 2020, extract(year from localtimestamp)::int + 2, extract(year from localtimestamp)::bigint + 2 - 2020 + 1
    $$,
    'an open end goes as far as model years are sold: two ahead of the calendar'
);

create function pg_temp.refusals(calls text[]) returns setof text language plpgsql as $$
declare
    call text;
begin
    foreach call in array calls loop
        begin
            execute call;
            return next call || ': no error';
        exception
            when sqlstate 'VP404' then
                null;
            when others then
                return next call || ': ' || sqlstate;
        end;
    end loop;
end;
$$;
select is_empty(
    $$
    select pg_temp.refusals(array[
        $s$ select * from api.years('Hondaa') $s$,
        $s$ select * from api.years('Hondaa', 'Accord') $s$,
        $s$ select * from api.years('Honda', 'Accordd') $s$,
        $s$ select * from api.years('Yearless', 'Accord') $s$,
        $s$ select * from api.years(null, '1') $s$,
        $s$ select * from api.years('', null) $s$
    ])
    $$,
    'VP404 for an unknown make, an unknown model, and a model of another make'
);

select * from finish();
rollback;
