begin;
select plan(17);

insert into etl.run (run_id, source, status)
overriding system value
values (1001, 'a', 'checked'), (1002, 'b', 'checked'), (1003, 'c', 'running'), (1004, 'd', 'compiled');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    perform etl.begin_release(1003);
    perform etl.begin_release(1004);
    update catalog.release set is_complete = true, data_version = 'version-' || release_id where release_id <> 3;
end;
$$;

select throws_ok('select etl.publish(3)', 'VP404', null, 'a release that is being made');
select throws_ok('select etl.publish(99)', 'VP404', null, 'a release that does not exist');
select throws_ok('select etl.publish(null)', 'VP404', null, 'no release');
select throws_ok('select etl.publish(4)', 'VP422', null, 'a release that no check has seen');
select is_empty('select from catalog.current_release', 'a refusal publishes nothing');
select is_empty('select from etl.publication', 'and notes nothing');

select is(etl.publish(1), 'version-1', 'the first release; its data version is returned');
select is(etl.publish(2), 'version-2', 'the second replaces it');
select results_eq(
    'select release_id, published_at = now() from catalog.current_release', $$ values (2, true) $$, 'in one row'
);
select is(etl.publish(1), 'version-1', 'back to the first');
select results_eq(
    'select release_id, replaced_release_id, is_rollback, published_by = session_user from etl.publication order by publication_id',
    $$ values (1, null, false, true), (2, 1, false, true), (1, 2, true, true) $$,
    'every move is noted'
);
select results_eq(
    'select run_id, status, finished_at is not null from etl.run order by run_id',
    $$ values (1001, 'published', true), (1002, 'published', true), (1003, 'running', false), (1004, 'compiled', false) $$,
    'the runs are finished'
);
select results_eq(
    'select run_id from etl.publication order by publication_id', array[1001, 1002, 1001], 'a publication knows its run, also when its release is gone'
);

-- A decode that began before reads its own release to the end; a second row would be a second truth.
select throws_ok(
    'insert into catalog.current_release (is_only, release_id) values (false, 2)', '23514', null,
    'there is never a second published release'
);

do $$ begin perform admin.pin_release(1, 'why'); end; $$;
select throws_ok('select etl.publish(2)', 'VP409', null, 'nothing replaces a pinned release');
update etl.run set status = 'checked', finished_at = null, forced_reason = 'right all the same' where run_id = 1002;
select is(etl.publish(2), 'version-2', 'but a forced run');
select results_eq(
    'select is_in_force, ended_by, end_reason from admin.pin', $$ values (false, 'run 1002', 'right all the same') $$, 'which ends the pin'
);

select * from finish();
rollback;
