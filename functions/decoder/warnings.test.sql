begin;
select plan(1);

select is_empty(
    $$
    select t.is_incomplete, t.is_year_ambiguous, w.text
    from (
        values
        (false, false, ''), (null, null, ''), (true, false, ' Incomplete'), (false, true, ' The Model Year'),
        (true, true, ' Incomplete The Model Year')
    ) as t (is_incomplete, is_year_ambiguous, expected)
    cross join lateral (select decoder.warnings(t.is_incomplete, t.is_year_ambiguous) as text) as w
    where regexp_replace(w.text, '( Incomplete| The Model Year)[^.]*\.( If[^.]*\.)?', '\1', 'g') <> t.expected
    $$,
    'rules 36 and 37: an incomplete vehicle, then an ambiguous year'
);

select * from finish();
rollback;
