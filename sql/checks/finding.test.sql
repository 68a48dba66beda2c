begin;
select plan(4);

select set_eq(
    'select check_name from admin.finding',
    $$
    select c.relname::text
    from pg_class as c
    where c.relnamespace = 'admin'::regnamespace and c.relkind = 'v' and c.relname not in (
            -- Gates and what they read: etl.verify_release has their list.
            'finding', 'excessive_finding', 'empty_table', 'shrunken_table', 'dangling_reference', 'lost_make', 'canary_difference',
            'changed_canaries', 'withdrawn_source', 'pinned_release',
            -- What operators look at.
            'release', 'run', 'run_step', 'run_change', 'run_finding', 'refusal', 'schedule', 'action', 'canary', 'comparison', 'job',
            'objection', 'pin', 'publication'
        )
    $$,
    'every check on raw rows is in the list'
);
select is_empty('select * from admin.finding where row_count <> 0', 'nothing is wrong with nothing');

insert into vpic.make_model (id, makeid, modelid) values (1, 1, 1), (2, 1, 2);
select results_eq(
    'select check_name, row_count from admin.finding where row_count > 0',
    $$ values ('orphan_make_model', 2::bigint) $$,
    'the rows that a check finds are counted'
);
insert into vpic.pattern (id, vinschemaid, keys) values (1, 1, 'A'), (1, 1, 'A'), (2, 1, 'A');
insert into vpic.vinschema (id) values (1);
insert into vpic.element (id) values (1);
update vpic.pattern set elementid = 1;
select results_eq(
    'select check_name, row_count, affected_count, base_count from admin.finding where row_count > 0 order by check_name',
    $$ values ('duplicate_pattern', 1::bigint, 2::bigint, 3::bigint), ('orphan_make_model', 2, 2, 2) $$,
    'against all rows of the kind, and by the rows concerned'
);

select * from finish();
rollback;
