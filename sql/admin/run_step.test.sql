begin;
select plan(1);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
insert into etl.run_step (run_id, step, row_count) values (1001, 'load make', 3), (1001, 'wmis', 5);
set local role mvp_platform_admin;
select results_eq(
    'select run_id, step, row_count from admin.run_step order by ordinal', $$ values (1001, 'load make', 3::bigint), (1001, 'wmis', 5) $$,
    'operators see every step'
);

select * from finish();
rollback;
