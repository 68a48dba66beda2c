begin;
select plan(8);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');

select throws_ok($$ call etl.run_compile_step(1001, 'elefants') $$, 'VP400', null, 'an unknown step');
select throws_ok('call etl.run_compile_step(1001, null)', 'VP400', null, 'no step');
select is_empty('select from etl.run_step', 'a refused step is not noted');

select lives_ok($$ call etl.run_compile_step(1001, 'release') $$, 'the partitions');
select is(etl.release_of_run(1001), 1, 'belong to the run''s release');
insert into vpic.element (id, name, code) values (26, 'Make', 'Make'), (28, 'Model', 'Model');
select lives_ok($$ call etl.run_compile_step(1001, 'elements') $$, 'a step that fills rows');
select results_eq(
    $$ select step, row_count, duration >= interval '0' from etl.run_step where step <> 'release' order by ordinal $$,
    $$ values ('elements', 2::bigint, true) $$,
    'is noted with its rows and its time'
);

-- The whole list on empty raw tables: every name leads to a function, and no step minds that there is nothing.
delete from etl.run_step;
insert into etl.run (run_id, source) overriding system value values (1002, 'empty');
truncate vpic.element;
do $$
declare
    step text;
begin
    for step in select s.step from etl.compile_steps() as s order by s.ordinal loop
        call etl.run_compile_step(1002, step);
    end loop;
end;
$$;
select is(etl.finish_run(1002), 2, 'every step of the list runs, on an empty source too');

select * from finish();
rollback;
