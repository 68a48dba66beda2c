begin;
select plan(5);

select throws_ok('select * from api.trims()', 'VP503', null, 'nothing is published');

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); perform etl.begin_release(1002); end; $$;
update catalog.release set is_complete = true;
insert into catalog.make (release_id, make_id, name) values (1, 474, 'Honda'), (1, 475, 'Acura'), (1, 476, 'Empty');
insert into catalog.model (release_id, make_id, model_id, name)
values (1, 474, 1861, 'Accord'), (1, 474, 1862, 'Civic'), (1, 475, 1861, 'Accord'), (1, 475, 1863, 'ACCORD'), (1, 476, 1864, 'Bare');
insert into catalog.option (release_id, kind, option_id, name)
values
    (1, 'trim', 1, 'EX'), (1, 'trim', 2, 'Late'), (1, 'trim', 3, 'Sport'), (1, 'trim', 4, 'base'),
    -- The same ids of other kinds, and of another release, are other things.
    (1, 'engine', 1, 'no'), (1, 'transmission', 2, 'no'), (2, 'trim', 1, 'next week''s');
insert into catalog.vehicle_option (release_id, make_id, model_id, kind, option_id, years)
values
    (1, 474, 1861, 'trim', 1, '{[2000,2005),[2008,2009)}'), (1, 474, 1861, 'trim', 4, '{[2003,2004)}'),
    (1, 474, 1862, 'trim', 2, '{[2003,2004)}'), (1, 475, 1861, 'trim', 3, '{[2003,2004)}'), (1, 475, 1863, 'trim', 2, '{[2003,2004)}'),
    (1, 474, 1862, 'engine', 1, '{[2003,2004)}'), (2, 474, 1861, 'trim', 1, '{[2015,2016)}');
do $$ begin perform etl.publish(1); end; $$;

select results_eq(
    'select id, name from api.trims()',
    $$ values (1, 'EX'), (2, 'Late'), (3, 'Sport'), (4, 'base') $$,
    'every known one, by name in byte order'
);

select is_empty(
    $$
    select t.reason, t.year, t.make, t.model, found.ids
    from (
        values
        (2003, 'Honda', 'Accord', '{1,4}', 'what the data allows for the vehicle and nothing else'),
        (2003, 'hONDA', 'aCCORD', '{1,4}', 'names in any case'),
        (2003, ' 474', '1861 ', '{1,4}', 'ids'),
        (2002, 'Honda', 'Accord', '{1}', 'another year'),
        (2006, 'Honda', 'Accord', '{}', 'a gap in the years: no rows, no error'),
        (2005, 'Honda', 'Accord', '{}', 'the end of a span is not in it'),
        (2008, 'Honda', 'Accord', '{1}', 'after the gap'),
        (2015, 'Honda', 'Accord', '{}', 'a year of another release'),
        (null, 'Honda', 'Accord', '{1,4}', 'any year'),
        (2003, 'Honda', null, '{1,2,4}', 'any model of a make'),
        (null, 'Honda', null, '{1,2,4}', 'a make alone'),
        (2003, null, null, '{1,2,3,4}', 'a year alone'),
        (2001, null, null, '{1}', 'another year alone'),
        (2003, null, 'Accord', '{1,2,3,4}', 'a model of any make, by its name'),
        (2003, 'Acura', 'Accord', '{2,3}', 'two models of one name'),
        (2003, 'Acura', '1861', '{3}', 'told apart by the id'),
        (2003, 'Empty', 'Bare', '{}', 'a vehicle of which nothing is known'),
        (null, 'Empty', null, '{}', 'a make of which nothing is known'),
        (1776, null, null, '{}', 'a year without cars')
    ) as t (year, make, model, ids, reason)
    cross join lateral (
        select coalesce(array_agg(o.id), '{}') as ids from api.trims(t.year, t.make, t.model) as o
    ) as found
    where found.ids is distinct from t.ids::int[]
    $$,
    'filters by year, make and model'
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
        $s$ select * from api.trims(2003, 'Hondaa', 'Accord') $s$,
        $s$ select * from api.trims(2003, 'Honda', 'Accordd') $s$,
        $s$ select * from api.trims(2003, 'Empty', 'Accord') $s$,
        $s$ select * from api.trims(null, '999', null) $s$,
        $s$ select * from api.trims(null, null, '999') $s$,
        $s$ select * from api.trims(null, '', null) $s$
    ])
    $$,
    'VP404 for an unknown make, an unknown model, and a model of another make'
);

do $$ begin perform etl.publish(2); end; $$;
select results_eq(
    'select id, name from api.trims()', $$ values (1, 'next week''s') $$, 'the next release, as soon as it is published'
);

select * from finish();
rollback;
