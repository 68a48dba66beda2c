-- The gates, one view each; a view's row is a reason not to publish. In PL/pgSQL because the views come after the functions.
create or replace function etl.verify_release(release_id int default null)
    returns table (check_name text, reason text, found jsonb)
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set work_mem = '128MB'
    set jit = off
as $$
#variable_conflict use_column
declare
    judged_id constant int := (
        select r.release_id
        from catalog.release as r
        where r.is_complete
            and r.release_id = coalesce(verify_release.release_id, (select c.release_id from catalog.current_release as c))
    );
begin
    if judged_id is null then
        raise exception 'there is no release %', coalesce(verify_release.release_id::text, 'yet')
            using errcode = 'VP404', hint = 'admin.release lists the releases.';
    end if;
    return query
    select 'empty_table', v.reason, to_jsonb(v) from admin.empty_table as v where v.release_id = judged_id
    union all
    select 'shrunken_table', v.reason, to_jsonb(v) from admin.shrunken_table as v where v.release_id = judged_id
    union all
    select 'dangling_reference', v.reason, to_jsonb(v) from admin.dangling_reference as v where v.release_id = judged_id
    union all
    select 'excessive_finding', v.reason, to_jsonb(v) from admin.excessive_finding as v where v.release_id = judged_id
    union all
    select 'lost_make', v.reason, to_jsonb(v) from admin.lost_make as v where v.release_id = judged_id
    union all
    -- All types together first: whoever reads one line reads that.
    (
        select 'changed_canaries', v.reason, to_jsonb(v)
        from admin.changed_canaries as v
        where v.release_id = judged_id
        order by v.vehicle_type_id nulls first
    )
    union all
    select 'withdrawn_source', v.reason, to_jsonb(v) from admin.withdrawn_source as v where v.release_id = judged_id
    union all
    select 'pinned_release', v.reason, to_jsonb(v) from admin.pinned_release as v where v.release_id = judged_id;
end;
$$;
comment on function etl.verify_release(int) is
    'What the gates say against a release, or against the current one when none is named: the gate''s name, the reason in words, the gate''s row; nothing when all is well. VP404 for a release that is not there or not complete.';
grant execute on function etl.verify_release(int) to mvp_platform_etl, mvp_platform_admin, mvp_platform_graphql;
