begin;
select plan(4);

insert into etl.run (run_id, source, status)
overriding system value
values (1001, 'a', 'checked'), (1002, 'b', 'checked');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set is_complete = true, data_version = 'version-' || release_id;
    perform etl.publish(1);
    perform etl.publish(2);
end;
$$;
select is_empty('select * from admin.pinned_release', 'nothing is pinned');
do $$ begin perform admin.pin_release(2, 'the fair is on'); end; $$;
select results_eq('select release_id, pinned_release_id from admin.pinned_release', $$ values (1, 2) $$, 'every other release is refused');
select doesnt_match((select reason from admin.pinned_release), 'fair', 'why is not told in public');
update etl.pin set pinned_at = now() - interval '2 days', expires_at = now() - interval '1 day';
select is_empty('select * from admin.pinned_release', 'the pin has run out');

select * from finish();
rollback;
