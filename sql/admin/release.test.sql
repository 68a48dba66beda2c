begin;
select plan(2);

select is_empty('select * from admin.release', 'no release yet');

insert into etl.run (run_id, source) overriding system value select 1000 + g, 'source ' || g from generate_series(1, 3) as g;
insert into catalog.release (release_id, run_id, data_version, source, is_complete)
select g, 1000 + g, 'version-' || g, 'source ' || g, g < 3 from generate_series(1, 3) as g;
do $$
begin
    perform etl.publish(1);
    perform etl.publish(2);
    perform etl.rollback();
end;
$$;
select results_eq(
    $$
    select
        release_id, data_version, is_current, is_complete, source, run_id, first_published_at is not null, publication_count
    from admin.release order by release_id
    $$,
    $$
    values
        (1, 'version-1', true, true, 'source 1', 1001, true, 2::bigint),
        (2, 'version-2', false, true, 'source 2', 1002, true, 1),
        (3, 'version-3', false, false, 'source 3', 1003, false, 0)
    $$,
    'one row a release: which is current, which complete, how often published'
);

select * from finish();
rollback;
