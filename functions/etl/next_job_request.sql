-- A quarter of an hour: who asked has looked elsewhere by then, and a rebuild that begins tonight for this morning's reason helps nobody.
create or replace function etl.next_job_request()
    returns jsonb
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    update etl.job_request
    set settled_at = now(), outcome = 'no worker took it in time'
    where job_request.settled_at is null and job_request.requested_at < now() - interval '15 minutes';
    select jsonb_build_object(
        'actionId', r.action_id, 'kind', r.kind, 'forcedReason', r.forced_reason, 'requestedBy', a.subject || ' (admin)'
    )
    from etl.job_request as r
    inner join etl.action as a on a.action_id = r.action_id
    where r.settled_at is null
    order by r.action_id
    limit 1;
end;
comment on function etl.next_job_request() is 'The oldest request that no worker has settled; null when there is none.';
grant execute on function etl.next_job_request() to mvp_platform_etl;
