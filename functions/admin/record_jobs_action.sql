create or replace function admin.record_jobs_action(subject text, path text, form text)
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    perform set_config('mvp_platform.subject', record_jobs_action.subject, true);
    return etl.record_action(
        'job queue', 'by the page ' || record_jobs_action.path,
        jsonb_build_object('path', record_jobs_action.path, 'form', left(record_jobs_action.form, 4000))
    );
end;
$$;
comment on function admin.record_jobs_action(text, text, text) is
    'Keeps what somebody does by the job queue''s own page, which asks for no reason; returns the number of the row in etl.action. The form is cut at 4000 characters.';
grant execute on function admin.record_jobs_action(text, text, text) to mvp_platform_jobs;
