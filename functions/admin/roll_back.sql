create or replace function admin.roll_back(reason text)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    data_version constant text := etl.rollback();
    recorded constant int := etl.record_action('roll back', roll_back.reason, jsonb_build_object('dataVersion', data_version));
begin
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.roll_back(text) is
    'Publishes the release that the current one replaced. The next rebuild of the file that was taken back is refused. VP404 when there is none to go back to, VP409 while the current one is pinned, VP422 without a reason.';
grant execute on function admin.roll_back(text) to mvp_platform_admin, mvp_platform_graphql;
