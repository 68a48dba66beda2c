-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.rejected_row', 'the real data has none');

insert into etl.run (run_id, source) overriding system value select max(r.run_id) + n, 'a' from etl.run as r, generate_series(1, 2) as n group by n;
insert into etl.rejection (run_id, table_name, reason, row_count, samples)
select r.run_id, 'make', 'no name', row_number() over (order by r.run_id desc), '[{"id": 1}]'
from (select run_id from etl.run order by run_id desc limit 2) as r;
select results_eq(
    'select table_name, reason, row_count, samples from admin.rejected_row',
    $$ values ('make', 'no name', 1::bigint, '[{"id": 1}]'::jsonb) $$,
    'those of the newest run only'
);

select * from finish();
rollback;
