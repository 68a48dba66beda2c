-- A trim, engine or transmission belongs to a model when one VIN can match both their keys, under schemas that hold in the
-- same years of the same WMI.
create or replace function etl.compile_options(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.option (release_id, kind, option_id, name)
    select compile_options.release_id, 'transmission', l.id, l.name
    from vpic.lookup as l
    where l.lookup_table = 'transmission';

    insert into catalog.vehicle_option (release_id, make_id, model_id, kind, option_id, years)
    with key_option as materialized (
        select k.schema_id, k.key_id, 'trim' as kind, t.term_id as option_id
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_options.release_id and k.key_id = p.key_id
        inner join catalog.term as t on t.kind = 'trim' and t.name = btrim(p.value)
        where p.release_id = compile_options.release_id and p.element_id = 38
        union all
        select k.schema_id, k.key_id, 'transmission', o.option_id
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_options.release_id and k.key_id = p.key_id
        inner join catalog.option as o
            on o.release_id = compile_options.release_id and o.kind = 'transmission' and o.option_id::text = p.value_id
        where p.release_id = compile_options.release_id and p.element_id = 37
        union all
        select e.schema_id, e.key_id, 'engine', t.term_id
        from staging.key_engine as e
        inner join catalog.term as t on t.kind = 'engine' and t.name = e.name
    ),
    mask as materialized (
        select k.key_id, decoder.key_masks(k.symbols) as masks, l.literals, l.fixed
        from catalog.pattern_key as k
        cross join lateral decoder.key_literals(k.keys) as l
        where k.release_id = compile_options.release_id
            and (
                k.key_id in (select o.key_id from key_option as o)
                or k.key_id in (
                    select p.key_id
                    from catalog.pattern as p
                    where p.release_id = compile_options.release_id and p.element_id = 28
                )
            )
    ),
    model_key as materialized (
        select k.schema_id, k.key_id, p.value_id::int as model_id, m.masks, m.literals, m.fixed
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_options.release_id and k.key_id = p.key_id
        inner join mask as m on m.key_id = p.key_id
        where p.release_id = compile_options.release_id and p.element_id = 28 and p.value_id ~ '^\d{1,9}$'
    ),
    masked_option as materialized (
        select o.schema_id, o.key_id, o.kind, o.option_id, m.masks, m.literals, m.fixed
        from key_option as o
        inner join mask as m on m.key_id = o.key_id
    ),
    segment as materialized (
        select s.wmi_id, int4range(s.year_from, s.year_to, '[]') as years, s.schema_ids
        from catalog.segment as s
        inner join catalog.wmi as w
            on w.release_id = compile_options.release_id and w.wmi_id = s.wmi_id and w.public_at is not null
        where s.release_id = compile_options.release_id and s.year_from > 0
    ),
    schema_pair as materialized (
        select a.schema_id as model_schema_id, b.schema_id as option_schema_id, range_agg(s.years) as years
        from segment as s
        cross join lateral unnest(s.schema_ids) as a (schema_id)
        cross join lateral unnest(s.schema_ids) as b (schema_id)
        group by a.schema_id, b.schema_id
    ),
    fit as materialized (
        select distinct p.model_schema_id, p.option_schema_id, m.model_id, o.kind, o.option_id
        from schema_pair as p
        inner join model_key as m on m.schema_id = p.model_schema_id
        inner join masked_option as o on o.schema_id = p.option_schema_id
        where (m.literals # o.literals) & m.fixed & o.fixed = 0 and decoder.masks_overlap(m.masks, o.masks)
    )
    select compile_options.release_id, mm.make_id, f.model_id, f.kind, f.option_id, range_agg(p.years)
    from fit as f
    inner join schema_pair as p on p.model_schema_id = f.model_schema_id and p.option_schema_id = f.option_schema_id
    inner join catalog.model_make as mm on mm.release_id = compile_options.release_id and mm.model_id = f.model_id
    group by mm.make_id, f.model_id, f.kind, f.option_id;

    insert into catalog.option (release_id, kind, option_id, name)
    select compile_options.release_id, t.kind, t.term_id, t.name
    from catalog.term as t
    where (t.kind, t.term_id) in (
        select v.kind, v.option_id from catalog.vehicle_option as v where v.release_id = compile_options.release_id
    );

    select count(*) from catalog.vehicle_option as v where v.release_id = compile_options.release_id;
end;
comment on function etl.compile_options(int) is
    'Fills trims, engines and transmissions by make, model and year of a release; returns the combinations.';
