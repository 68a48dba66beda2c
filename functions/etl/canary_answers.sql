-- Without the texts that explain an error and the suggestions: they follow from the codes, and their wording is no answer.
create or replace function etl.canary_answers(release_id int)
    returns table (vin text, vehicle_type_id int, element_id int, variable text, answer text[])
    language sql
    stable security definer
    set search_path = pg_catalog
begin atomic
    select c.vin, c.vehicle_type_id, d.element_id, d.variable, array_agg(d.value order by d.value collate "C")
    from etl.canary as c
    cross join lateral decoder.decode_elements(canary_answers.release_id, c.vin, null, localtimestamp) as d
    where canary_answers.release_id is not null and d.element_id not in (142, 144, 156, 191, 196) and d.value <> ''
    group by c.vin, c.vehicle_type_id, d.element_id, d.variable;
end;
comment on function etl.canary_answers(int) is
    'What a release answers for each canary VIN: one row an element, its values sorted.';
grant execute on function etl.canary_answers(int) to mvp_platform_etl, mvp_platform_admin, mvp_platform_graphql;
