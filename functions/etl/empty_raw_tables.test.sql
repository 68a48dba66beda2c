begin;
select plan(1);

-- A loop in the test itself, so that a raw table that is added later is seen.
create function pg_temp.filled_raw_tables() returns setof text language plpgsql as $$
declare
    raw regclass;
    is_filled boolean;
begin
    for raw in select c.oid from pg_class as c where c.relnamespace = 'vpic'::regnamespace and c.relkind = 'r' loop
        execute format('select exists (select from %s)', raw) into is_filled;
        if is_filled then
            return next raw::text;
        end if;
    end loop;
end;
$$;
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 1, 'left over');
do $$
declare
    raw regclass;
begin
    for raw in select c.oid from pg_class as c where c.relnamespace = 'vpic'::regnamespace and c.relkind = 'r' and c.relname <> 'lookup' loop
        execute format('insert into %s default values', raw);
    end loop;
    perform etl.empty_raw_tables();
end;
$$;
select is_empty('select pg_temp.filled_raw_tables()', 'every one of them is empty, whatever was in it');

select * from finish();
rollback;
