create or replace function admin.publish_release(release_id int, reason text)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    data_version constant text := etl.publish(publish_release.release_id);
    recorded constant int := etl.record_action(
        'publish release', publish_release.reason, jsonb_build_object('releaseId', publish_release.release_id, 'dataVersion', data_version)
    );
begin
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.publish_release(int, text) is
    'Publishes a release that is there, at once, for everybody. VP409 while another one is pinned, VP404 for a release that is not there or not complete, VP422 without a reason.';
grant execute on function admin.publish_release(int, text) to mvp_platform_admin, mvp_platform_graphql;
