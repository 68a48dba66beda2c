-- What foreign keys between the tables of a release would say (docs/adr/0002). Only those that every compile keeps: not
-- vehicle_spec_value, which has values of sets that a source does not explain, nor values of patterns, which NHTSA leaves open.
create or replace view admin.dangling_reference as
select d.release_id, d.reference, d.row_count, d.example, format('%s: %s rows, such as %s', d.reference, d.row_count, d.example) as reason
from (
    select t.release_id, 'pattern.key_id' as reference, count(*) as row_count, min(t.key_id)::text as example
    from catalog.pattern as t
    where not exists (select from catalog.pattern_key as k where k.release_id = t.release_id and k.key_id = t.key_id)
    group by t.release_id
    union all
    select t.release_id, 'pattern.element_id', count(*), min(t.element_id)::text
    from catalog.pattern as t
    -- -18 is the choice of the engine model.
    where t.element_id <> -18 and not exists (select from catalog.element as e where e.release_id = t.release_id and e.element_id = t.element_id)
    group by t.release_id
    union all
    select t.release_id, 'formula.key_id', count(*), min(t.key_id)::text
    from catalog.formula as t
    where not exists (select from catalog.pattern_key as k where k.release_id = t.release_id and k.key_id = t.key_id)
    group by t.release_id
    union all
    select t.release_id, 'segment.wmi_id', count(*), min(t.wmi_id)::text
    from catalog.segment as t
    where not exists (select from catalog.wmi as w where w.release_id = t.release_id and w.wmi_id = t.wmi_id)
    group by t.release_id
    union all
    select t.release_id, 'engine_model_pattern.element_id', count(*), min(t.element_id)::text
    from catalog.engine_model_pattern as t
    where not exists (select from catalog.element as e where e.release_id = t.release_id and e.element_id = t.element_id)
    group by t.release_id
    union all
    select t.release_id, 'wmi.vehicle_type_id', count(*), min(t.vehicle_type_id)::text
    from catalog.wmi as t
    where t.vehicle_type_id is not null
        and not exists (select from catalog.vehicle_type as v where v.release_id = t.release_id and v.vehicle_type_id = t.vehicle_type_id)
    group by t.release_id
    union all
    select t.release_id, 'model_make.make_id', count(*), min(t.make_id)::text
    from catalog.model_make as t
    where not exists (select from catalog.make as m where m.release_id = t.release_id and m.make_id = t.make_id)
    group by t.release_id
    union all
    select t.release_id, 'model_year.model_id', count(*), min(t.model_id)::text
    from catalog.model_year as t
    where not exists (
        select from catalog.model as m where m.release_id = t.release_id and m.make_id = t.make_id and m.model_id = t.model_id
    )
    group by t.release_id
    union all
    select t.release_id, 'vehicle_option.option_id', count(*), min(t.option_id)::text
    from catalog.vehicle_option as t
    where not exists (
        select from catalog.option as o where o.release_id = t.release_id and o.kind = t.kind and o.option_id = t.option_id
    )
    group by t.release_id
    union all
    select t.release_id, 'vehicle_option.model_id', count(*), min(t.model_id)::text
    from catalog.vehicle_option as t
    where not exists (
        select from catalog.model as m where m.release_id = t.release_id and m.make_id = t.make_id and m.model_id = t.model_id
    )
    group by t.release_id
) as d;
comment on view admin.dangling_reference is 'Gate: columns of a release that point to a row which is not there, how many rows do and one that they point to.';
grant select on admin.dangling_reference to mvp_platform_admin, mvp_platform_etl;
