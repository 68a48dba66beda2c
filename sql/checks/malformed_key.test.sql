begin;
select plan(4);

insert into vpic.vinschema (id, name) values (1, 'one'), (2, 'two');
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values
    (1, 1, 'A[B-D]', 28, '1'), (2, 1, 'ab', 28, '1'), (3, 1, 'ab', 5, '1'), (4, 2, 'ab', 5, '1'), (5, 2, '[Z-A]', 5, '1'),
    (6, 2, null, 5, '1'), (7, 2, 'A[B-D]', 28, '1');
insert into etl.run (run_id, source) overriding system value values (1001, 'a');

select is_empty('select * from admin.malformed_key', 'before the keys are compiled nothing can be said');

do $$
begin
    call etl.run_compile_step(1001, 'release');
    call etl.run_compile_step(1001, 'keys');
    call etl.run_compile_step(1001, 'texts');
end;
$$;
select results_eq(
    'select keys, pattern_count, schema_count, first_pattern_id from admin.malformed_key order by first_pattern_id',
    $$
    values
        ('ab' collate "C", 3::bigint, 2::bigint, 2), ('[Z-A]', 1, 1, 5), (null, 1, 1, 6)
    $$,
    'what could not be compiled, and the patterns that it costs'
);

-- The older release is whole and published, the newer run has not come to its keys: its raw rows are not the old release's.
insert into etl.run (run_id, source) overriding system value values (1002, 'b');
select is_empty('select * from admin.malformed_key', 'the raw rows are the newest run''s, not an older release''s');
do $$ begin call etl.run_compile_step(1002, 'release'); end; $$;
select is_empty('select * from admin.malformed_key', 'also while it compiles');

select * from finish();
rollback;
