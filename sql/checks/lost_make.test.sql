begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set is_complete = true;
end;
$$;
insert into catalog.wmi (release_id, wmi, wmi_id, is_light, make_ids)
select r, lpad(g::text, 4, '0'), g, true, case when g > (case r when 1 then 1 else 6 end) then array[1] else '{}' end
from generate_series(1, 2) as r
cross join generate_series(1, 1000) as g;

select is_empty('select * from admin.lost_make', 'nothing to compare with');
do $$ begin perform etl.publish(1); end; $$;
select is_empty('select * from admin.lost_make', 'half a percent more: five of a thousand');
update catalog.wmi set make_ids = '{}' where release_id = 2 and wmi_id = 7;
select results_eq(
    'select release_id, previous_release_id, reason from admin.lost_make',
    $$ values (2, 1, '7 of 1000 WMIs have no make, before 1 of 1000 (allowed: 0.50 % more)') $$,
    'one more'
);

select * from finish();
rollback;
