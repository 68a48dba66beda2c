create or replace function etl.settle_job_request(action_id int, job_id uuid, outcome text)
    returns boolean
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    update etl.job_request
    set settled_at = now(), job_id = settle_job_request.job_id, outcome = settle_job_request.outcome
    where job_request.action_id = settle_job_request.action_id and job_request.settled_at is null
    returning true;
end;
comment on function etl.settle_job_request(int, uuid, text) is 'Notes what came of a request: the job, and in words. Null when another worker was faster.';
grant execute on function etl.settle_job_request(int, uuid, text) to mvp_platform_etl;
