begin;
select plan(6);

select throws_ok($$ select * from api.models('Honda') $$, 'VP503', null, 'nothing is published');

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); perform etl.begin_release(1002); end; $$;
update catalog.release set is_complete = true;
insert into catalog.make (release_id, make_id, name)
values (1, 474, 'Honda'), (1, 475, 'Acura'), (1, 476, 'Citroën'), (1, 477, '474'), (1, 478, 'No Models'), (2, 500, 'Next Week');
insert into catalog.model (release_id, make_id, model_id, name)
values
    (1, 474, 1861, 'Accord'), (1, 474, 1863, 'civic'), (1, 474, 1862, 'Civic'), (1, 474, 1864, 'Never Built'), (1, 475, 1861, 'Accord'),
    (1, 476, 7, 'C4'), (1, 477, 8, 'Numbered'), (2, 474, 9, 'Next Week');
insert into catalog.model_year (release_id, make_id, model_id, vehicle_type_id, years)
values
    (1, 474, 1861, 2, '{[1990,1995),[2000,2010)}'), (1, 474, 1861, 7, '{[2012,2013)}'), (1, 474, 1862, null, '{[2003,2004)}'),
    (1, 474, 1863, 2, '{[2004,2005)}'), (1, 475, 1861, 2, '{[2020,2021)}');
do $$ begin perform etl.publish(1); end; $$;

select results_eq(
    $$ select id, name from api.models('474 ') $$,
    $$ values (8, 'Numbered') $$,
    'a make that is called by a number comes before the id'
);

select is_empty(
    $$
    select t.reason, t.make, t.year, found.ids
    from (
        values
        ('Honda', null, '{1861,1862,1864,1863}', 'all of a make, by name in byte order'),
        ('hONDA', null, '{1861,1862,1864,1863}', 'in any case'),
        (' Honda ', null, '{1861,1862,1864,1863}', 'with spaces around it'),
        ('475', null, '{1861}', 'by its id'),
        ('CITROËN', null, '{7}', 'in any case beyond ASCII'),
        ('No Models', null, '{}', 'a known make without models has none'),
        ('Honda', 2003, '{1861,1862}', 'those of a year, whatever their type'),
        ('Honda', 1995, '{}', 'a known make without data for the year: no rows, no error'),
        ('Honda', 2012, '{1861}', 'under another type'),
        ('Honda', 2020, '{}', 'a year of another make''s model of the same id is not this make''s'),
        ('Acura', 2020, '{1861}', 'but that one''s'),
        ('Honda', -1, '{}', 'no year')
    ) as t (make, year, ids, reason)
    cross join lateral (
        select coalesce(array_agg(m.id), '{}') as ids from api.models(t.make, t.year) as m
    ) as found
    where found.ids is distinct from t.ids::int[]
    $$,
    'models by make and year'
);

select is_empty(
    $$ select * from api.models(null) $$, 'no make has no models'
);

-- One test for all: every one of these must be refused.
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
        $s$ select * from api.models('Hondaa') $s$,
        $s$ select * from api.models('Hondaa', 2003) $s$,
        $s$ select * from api.models('') $s$,
        $s$ select * from api.models('99') $s$,
        $s$ select * from api.models('-474') $s$,
        $s$ select * from api.models('99999999999999999999') $s$,
        $s$ select * from api.models('Next Week') $s$,
        $s$ select * from api.models('%') $s$,
        $s$ select * from api.models(repeat('x', 1000000)) $s$
    ])
    $$,
    'VP404 for an unknown make: a name, an id, one of another release, a text of a megabyte'
);

do $$ begin perform etl.publish(2); end; $$;
select throws_ok($$ select * from api.models('Honda') $$, 'VP404', null, 'the next release has its own makes');

select * from finish();
rollback;
