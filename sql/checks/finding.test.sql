begin;
select plan(3);

select set_eq(
    'select check_name from admin.finding',
    $$
    select c.relname::text
    from pg_class as c
    where c.relnamespace = 'admin'::regnamespace and c.relkind = 'v' and c.relname not in ('finding', 'release', 'run', 'refusal')
    $$,
    'every check is in the list'
);
select is_empty('select * from admin.finding where row_count <> 0', 'nothing is wrong with nothing');

insert into vpic.make_model (id, makeid, modelid) values (1, 1, 1), (2, 1, 2);
select results_eq(
    'select check_name, row_count from admin.finding where row_count > 0',
    $$ values ('orphan_make_model', 2::bigint) $$,
    'the rows that a check finds are counted'
);

select * from finish();
rollback;
