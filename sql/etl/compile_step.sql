create or replace view etl.compile_step as
select s.ordinal, s.step, s.description from etl.compile_steps() as s;
comment on view etl.compile_step is 'What a rebuild does after loading, in order.';
grant select on etl.compile_step to mvp_platform_etl;
