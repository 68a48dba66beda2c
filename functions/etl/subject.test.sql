begin;
select plan(3);

select is(etl.subject(), session_user::text, 'the login');
set local mvp_platform.subject = '';
select is(etl.subject(), session_user::text, 'as long as nobody is named');
set local mvp_platform.subject = 'auth0|ada';
select is(etl.subject(), 'auth0|ada', 'the bearer of the token');

select * from finish();
rollback;
