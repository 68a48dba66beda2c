begin;
select plan(2);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
insert into catalog.release (release_id, run_id, data_version, source) values (1, 1001, 'version-1', 'a'), (2, 1002, 'version-2', 'b');
insert into catalog.current_release (release_id) values (1);

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
        ('23505', 'insert into catalog.current_release (release_id) values (2)', 'a second published release'),
        ('23514', 'insert into catalog.current_release (is_only, release_id) values (false, 2)', 'nor by another door'),
        ('23503', 'update catalog.current_release set release_id = 3', 'a published release that does not exist'),
        ('23503', 'delete from catalog.release where release_id = 1', 'a published release that goes'),
        ('23505', 'update catalog.release set data_version = ''version-1'' where release_id = 2', 'one data version for two releases'),
        ('23503', 'delete from etl.run where run_id = 1001', 'a run whose release is there'),
        ('23514', 'insert into etl.run (source, status) values (''c'', ''done'')', 'a status that nobody knows'),
        ('23514', 'insert into etl.run (source, status) values (''c'', ''failed'')', 'an end without a time'),
        ('23514', 'update etl.run set finished_at = now() where run_id = 1001', 'a time without an end'),
        ('23502', 'insert into etl.run (source) values (null)', 'a run from nowhere')
    ) as t (outcome, statement, reason)
    cross join lateral (select pg_temp.outcome(t.statement) as outcome) as got
    where got.outcome <> t.outcome
    $$,
    'what the tables refuse, whoever writes'
);

select is(pg_temp.outcome('update catalog.current_release set release_id = 2'), 'done', 'publishing is one update');

select * from finish();
rollback;
