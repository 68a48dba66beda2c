begin;
select plan(1);

select is_empty(
    $$
    select t.vehicle_type_id, t.body_class, t.is_year_ambiguous, w.text
    from (
        values
        (2, '13', false, ''), (2, null, false, ''), (null, null, null, ''),
        (10, null, false, ' Incomplete'), (3, '63', false, ' Incomplete'), (10, '63', false, ' Incomplete'),
        (2, '13', true, ' The Model Year'), (10, '13', true, ' Incomplete The Model Year')
    ) as t (vehicle_type_id, body_class, is_year_ambiguous, expected)
    cross join lateral (select decoder.warnings(t.vehicle_type_id, t.body_class, t.is_year_ambiguous) as text) as w
    where regexp_replace(w.text, '( Incomplete| The Model Year)[^.]*\.( If[^.]*\.)?', '\1', 'g') <> t.expected
    $$,
    'rules 36 and 37: an incomplete vehicle by type or body class, then an ambiguous year'
);

select * from finish();
rollback;
