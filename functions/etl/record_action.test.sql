begin;
select plan(5);

select throws_ok('select etl.record_action(''x'', null)', 'VP422', null, 'no reason');
select throws_ok('select etl.record_action(''x'', E'' \t'')', 'VP422', null, 'a blank one');
select throws_ok('select etl.record_action(''x'', repeat(''x'', 2001))', 'VP422', null, 'a novel');
create temporary table recorded as select etl.record_action('x', ' y ', null) as action_id;
select is((select action_id from recorded), (select max(action_id) from etl.action), 'the number of the row');
select results_eq(
    'select action, subject = session_user, login = session_user, reason, detail, acted_at = now() from etl.action',
    $$ values ('x', true, true, 'y', '{}'::jsonb, true) $$,
    'who did what, when and why'
);

select * from finish();
rollback;
