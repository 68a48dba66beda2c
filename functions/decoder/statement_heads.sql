create or replace function decoder.statement_heads(release_id int)
    returns text[]
    language sql
    stable parallel safe
begin atomic
    select coalesce(array_agg(case when e.is_emitted then decoder.statement_head(e.name, e.element_id) end order by n.element_id), '{}')
    from (select max(e.element_id) as last_id from catalog.element as e where e.release_id = statement_heads.release_id) as m
    cross join lateral generate_series(1, m.last_id) as n (element_id)
    left join catalog.element as e on e.release_id = statement_heads.release_id and e.element_id = n.element_id;
end;
comment on function decoder.statement_heads(int) is
    'By element id, the beginning of an object of rawData; null for an element that is not shown.';
