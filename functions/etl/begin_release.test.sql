begin;
select plan(7);

insert into etl.run (run_id, source, source_detail, started_at)
overriding system value
values
    (1001, 'bundled', '{"version": "2026-03"}', '2026-04-01 02:00+00'),
    (1002, 'file', '{}', '2026-04-08 02:00+00'),
    (1003, 'bundled', '{"version": "2026-03"}', '2026-04-15 02:00+00');

select is(
    etl.begin_release(1001),
    (select count(*) from pg_class where relnamespace = 'catalog'::regnamespace and relkind = 'p'),
    'one partition for every partitioned table'
);

select is_empty(
    $$
    select parent.relname
    from pg_class as parent
    where parent.relnamespace = 'catalog'::regnamespace and parent.relkind = 'p'
        and not exists (
            select
            from pg_inherits as i
            inner join pg_class as child on child.oid = i.inhrelid
            where i.inhparent = parent.oid
                and child.relname = parent.relname || '_r1'
                and pg_get_expr(child.relpartbound, child.oid) = 'FOR VALUES IN (1)'
                and pg_get_userbyid(child.relowner) = 'mvp_platform_owner'
        )
    $$,
    'each named after its table, for this release only, of the common owner'
);

select results_eq(
    'select release_id, run_id, data_version, source, is_complete from catalog.release',
    $$ values (1, 1001, '2026-03-r1', 'bundled', false) $$,
    'the release is its run''s, named after the version of the source, and not complete'
);

-- What clients saw keeps its name for ever, what nobody saw does not.
do $$
begin
    perform etl.drop_release(1);
    perform etl.begin_release(1002);
end;
$$;
select results_eq(
    'select release_id, data_version from catalog.release',
    $$ values (1, format('%s-r1', to_char('2026-04-08 02:00+00'::timestamptz, 'YYYY-MM-DD'))) $$,
    'a number that was never published is free again; a source without a version is named by its day'
);
do $$
begin
    update catalog.release set is_complete = true;
    perform etl.publish(1);
    delete from catalog.current_release;
    perform etl.drop_release(1);
    perform etl.begin_release(1003);
end;
$$;
select results_eq(
    'select release_id, data_version from catalog.release',
    $$ values (2, '2026-03-r2') $$,
    'a published number is never used again, also after its release is gone'
);

select is(etl.release_of_run(1003), 2, 'the run knows its release');

select is(
    (select count(*) from catalog.release where not is_complete), 1::bigint,
    'nothing else was left behind'
);

select * from finish();
rollback;
