create or replace view admin.run_step as
select s.run_id, s.ordinal, s.step, s.started_at, s.duration, s.row_count, s.byte_count, s.detail
from etl.run_step as s;
comment on view admin.run_step is 'The steps of every rebuild, in order: when, how long, how many rows and bytes.';
grant select on admin.run_step to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
