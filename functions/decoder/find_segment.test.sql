-- needs: fixture
begin;
select plan(1);

insert into catalog.segment (
    release_id, wmi_id, year_from, year_to, schema_ids, link_years, valid_characters, has_formula, looks_past_descriptor
)
select decoder.current_release_id(), 1000, t.year_from, t.year_to, '{}', '{}', '{}', false, false
from (values (0, 0), (1985, 1999), (2010, 2999)) as t (year_from, year_to);

select is_empty(
    $$
    select t.year, t.reason, s.year_from
    from (
        values
        (1000, 1985, 1985, 'the first year'),
        (1000, 1999, 1985, 'the last year'),
        (1000, 1984, null, 'before'),
        (1000, 2005, null, 'between'),
        (1000, 2500, 2010, 'an open end'),
        (1000, 3000, null, 'after NHTSA''s far year'),
        (1000, null, 0, 'rule 16: without a year the segment of all schemas'),
        (1001, 2020, null, 'a WMI without schemas'),
        (null, 2020, null, 'no WMI')
    ) as t (wmi_id, year, expected, reason)
    left join lateral decoder.find_segment(decoder.current_release_id(), t.wmi_id, t.year) as s on true
    where s.year_from is distinct from t.expected
    union all
    select 2020, 'another release', s.year_from from decoder.find_segment(-1, 1000, 2020) as s
    $$,
    'segments of model years'
);

select * from finish();
rollback;
