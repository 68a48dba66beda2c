begin;
select plan(3);

select lives_ok($$ select garage.act_for('alice') $$, 'a user is acted for');
select is(current_setting('mvp_main.user_id'), 'alice', 'until the transaction ends');
savepoint before;
select garage.act_for('bob');
rollback to before;
select is(current_setting('mvp_main.user_id'), 'alice', 'and no longer: the setting goes with what set it');

select * from finish();
rollback;
