create or replace view admin.canary as
select c.vin, c.vehicle_type_id, c.drawn_release_id, c.drawn_at
from etl.canary as c;
comment on view admin.canary is 'VINs by which a release is compared with the one before; admin.canary_difference shows where they answer otherwise.';
grant select on admin.canary to mvp_platform_admin, mvp_platform_graphql;
