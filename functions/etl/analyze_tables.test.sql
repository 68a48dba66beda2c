begin;
select plan(2);

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

select * from finish();
rollback;
