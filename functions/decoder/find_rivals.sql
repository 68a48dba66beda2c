-- All that decoder.match_patterns saw and did not take, with the first of NHTSA's criteria that decided against each.
create or replace function decoder.find_rivals(release_id int, segment catalog.segment, symbols bit, items decoder.item[])
    returns table (element_id int, value text, value_id text, keys text, pattern_id int, schema_id int, link_year int, changed_at timestamp, reason text)
    language sql
    stable parallel safe
begin atomic
    select
        p.element_id, p.value, p.value_id, k.keys, p.pattern_id, k.schema_id, link.year_from, p.changed_at,
        case
            when w.source <> 'Pattern' then 'the value follows from another source'
            when link.year_from < w.priority then format('its schema applies since %s, the chosen one since %s', link.year_from, w.priority)
            when p.changed_at is not null and (w.changed_at is null or p.changed_at < w.changed_at)
                then 'it was changed earlier than the chosen one'
            when length(replace(k.keys, '*', '')) > length(replace(w.keys, '*', '')) then 'its key is longer than the chosen one''s'
            when translate(k.keys, '[]', '') > translate(w.keys, '[]', '') collate "C" then 'its key comes later in the alphabet'
            else 'it is the younger of two equal rows'
        end
    from unnest((find_rivals.segment).schema_ids, (find_rivals.segment).link_years) as link (schema_id, year_from)
    inner join catalog.pattern_key as k
        on k.release_id = find_rivals.release_id
        and k.schema_id = link.schema_id
        and (k.symbols & find_rivals.symbols) = find_rivals.symbols
    inner join catalog.pattern as p
        on p.release_id = find_rivals.release_id and p.key_id = k.key_id and p.slot = 0 and p.element_id > 0 and p.source is null
    inner join unnest(find_rivals.items) as w on w.element_id = p.element_id and w.pattern_id is distinct from p.pattern_id
    order by p.element_id, link.year_from desc, p.rank;
end;
comment on function decoder.find_rivals(int, catalog.segment, bit, decoder.item[]) is
    'Patterns that match a VIN and lost, each with the reason, best first.';
