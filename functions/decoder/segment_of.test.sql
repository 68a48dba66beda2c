begin;
select plan(1);

select is_empty(
    $$
    select t.year, t.reason, s.year_from
    from (
        values
        (1985, 1985, 'the first year'),
        (1999, 1985, 'the last year'),
        (1984, null, 'before'),
        (2005, null, 'between'),
        (2500, 2010, 'an open end'),
        (3000, null, 'after NHTSA''s far year'),
        (null, 0, 'rule 16: without a year the segment of all schemas')
    ) as t (year, expected, reason)
    cross join lateral decoder.segment_of(
        array(
            select jsonb_populate_record(null::catalog.segment, j)
            from unnest(array[
                '{"wmi_id": 1, "year_from": 0, "year_to": 0}',
                '{"wmi_id": 1, "year_from": 1985, "year_to": 1999}',
                '{"wmi_id": 1, "year_from": 2010, "year_to": 2999}'
            ]::jsonb[]) as j
        ),
        t.year
    ) as s
    where s.year_from is distinct from t.expected
    union all
    select null, 'a WMI without schemas', s.year_from from decoder.segment_of('{}', 2020) as s where s.wmi_id is not null
    $$,
    'segments of model years'
);

select * from finish();
rollback;
