-- Workers confirm the schedule every minute; five without a word are no slow moment.
create or replace function etl.has_worker()
    returns boolean
    language sql
    stable parallel safe
    return exists (select from etl.schedule as s where s.seen_at > statement_timestamp() - interval '5 minutes');
comment on function etl.has_worker() is 'Whether a worker is there to take jobs.';
