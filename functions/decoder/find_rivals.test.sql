-- needs: data
begin;
select plan(2);

-- Two schemas of the WMI hold in one year: patterns of the older one lose, whatever they state.
select ok(
    (
        select count(*) > 0
        from (
            select s, w
            from catalog.segment as s
            inner join catalog.wmi as w on w.release_id = s.release_id and w.wmi_id = s.wmi_id
            where s.release_id = decoder.current_release_id() and cardinality(s.schema_ids) > 1 and s.year_from > 0
            limit 1
        ) as x
    ),
    'the data has segments of several schemas'
);

select is_empty(
    $$select v.vin, r.*
      from unnest(array['1HGCM82633A004352', '5YJSA1E26MF123456', '1FTFW1ET5DFC10312', 'WBA3A5C51CF256651']) as v (vin)
      cross join lateral decoder.decode(decoder.current_release_id(), v.vin, null, '2026-11-22') as p
      inner join catalog.wmi as w on w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(v.vin)
      cross join lateral decoder.find_rivals(
          decoder.current_release_id(),
          decoder.segment_of(
              array(select s from catalog.segment as s where s.release_id = decoder.current_release_id() and s.wmi_id = w.wmi_id), p.year
          ),
          decoder.image_symbols(vin.key_image(v.vin)), p.items
      ) as r
      inner join unnest(p.items) as i on i.element_id = r.element_id
      where i.pattern_id = r.pattern_id or r.reason is null
          or (i.source = 'Pattern' and (r.link_year > i.priority or (r.link_year = i.priority and r.changed_at > i.changed_at)))$$,
    'a rival is another pattern, with a reason, and never of a higher rank than the one that was taken'
);

select * from finish();
rollback;
