begin;
select plan(4);

insert into vpic.make (id, name) select g, 'make ' || g from generate_series(1, 500) as g;
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 1, 'Sedan');

select is(
    etl.analyze_tables('vpic'),
    (select count(*) from pg_tables where schemaname = 'vpic'),
    'every table of the schema is measured'
);

select results_eq(
    $$ select relname::text collate "default", reltuples::int from pg_class where oid in ('vpic.make'::regclass, 'vpic.lookup'::regclass) order by relname $$,
    $$ values ('lookup'::text, 1), ('make', 500) $$,
    'the planner knows how many rows there are'
);

-- Partitions by way of their parents.
insert into etl.run (run_id, source) overriding system value values (9001, 'a test');
select etl.begin_release(9001);
insert into catalog.make (release_id, make_id, name)
select r.release_id, g, 'make ' || g from catalog.release as r cross join generate_series(1, 300) as g where r.run_id = 9001;
select is(
    etl.analyze_tables('catalog'),
    (
        select count(*)
        from pg_class as c
        where c.relnamespace = 'catalog'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    ),
    'a partition is not measured twice'
);
select is(
    (select c.reltuples::int from pg_class as c where c.relname = 'make_r' || (select r.release_id from catalog.release as r where r.run_id = 9001)),
    300,
    'and not left out'
);

select * from finish();
rollback;
