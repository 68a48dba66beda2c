begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');

create function pg_temp.outcome(statement text) returns text language plpgsql as $$
begin
    execute statement;
    return 'done';
exception
    when others then
        return sqlstate;
end;
$$;
select is_empty(
    $$
    select t.reason, t.statement, got.outcome
    from (
        values
        ('23514', 'insert into etl.run (source, status) values (''a'', ''done'')', 'a status that nobody knows'),
        ('23514', 'insert into etl.run (source, status) values (''a'', ''unchanged'')', 'an end without a time'),
        ('23514', 'insert into etl.run (source, status, finished_at) values (''a'', ''checked'', now())', 'a time without an end'),
        ('23514', 'insert into etl.run (source, forced_reason) values (''a'', '''')', 'force without a reason'),
        ('done', 'insert into etl.run (source, status) values (''a'', ''checked'')', 'checked is not the end yet'),
        ('done', 'insert into etl.run (source, status, finished_at) values (''a'', ''cancelled'', now())', 'cancelled is'),
        ('23514', 'insert into etl.schedule (is_only, cron, timezone, source, next_at, max_age, worker) values (false, ''0 2 * * 0'', ''UTC'', ''a'', now(), ''1 day'', ''w'')', 'a second schedule'),
        ('23503', 'insert into etl.refusal (run_id, check_name, reason, found) values (9999, ''x'', ''y'', ''{}'')', 'a refusal of no run'),
        ('23503', 'insert into etl.finding (run_id, check_name, row_count, affected_count, base_count) values (9999, ''x'', 1, 1, 1)', 'a finding of no run')
    ) as t (outcome, statement, reason)
    cross join lateral (select pg_temp.outcome(t.statement) as outcome) as got
    where got.outcome <> t.outcome
    $$,
    'what the tables refuse, whoever writes'
);

insert into etl.refusal (run_id, check_name, reason, found) values (1001, 'x', 'y', '{}');
insert into etl.finding (run_id, check_name, row_count, affected_count, base_count) values (1001, 'x', 1, 1, 1);
select lives_ok('delete from etl.run where run_id = 1001', 'a run may go');
select is_empty('select from etl.refusal union all select from etl.finding', 'with what was found in it');

select * from finish();
rollback;
