begin;
select plan(1);

select cmp_ok(decoder.memo_limit(), '>', 0::bigint, 'something may be remembered');

select * from finish();
rollback;
