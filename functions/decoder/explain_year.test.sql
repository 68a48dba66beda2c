begin;
select plan(2);

select is_empty(
    $$
    select t.reason, y.explained
    from (
        values
        ('1AAA1BC27LF000001', true, null, 2020, '[2020]', 'false', '%letter in position 7%', 'light, a letter'),
        ('1AAA1B527LF000001', true, null, 1990, '[1990]', 'false', '%digit in position 7%', 'light, a digit'),
        ('1AAA1B527LF000001', true, null, 2020, '[1990]', 'false', '%30 years apart%', 'the data knows the other cycle'),
        ('1ACA1BC28LF000001', false, null, 2020, '[2020, 1990]', 'true', '%2020 and 1990%', 'both cycles'),
        ('1ACA1BC28LF000001', null, null, 1990, '[2020, 1990]', 'true', '%2020 and 1990%', 'an unknown manufacturer is not light'),
        ('1AAA1BC273F000001', true, null, 2003, '[2003]', 'false', '%2028%', 'light, a letter, and the later year too far away'),
        ('1ACA1BC20XF000001', false, null, 1999, '[1999]', 'false', '%2028%', 'too far away'),
        ('1AAA1BC27LF000001', true, 2015, 2015, '[2020]', 'false', '%asked for%', 'the caller''s year'),
        ('1AAA1BC27LF000001', true, 2020, 2020, '[2020]', 'false', '%letter in position 7%', 'the caller''s is the VIN''s'),
        ('1AAA1BC27UF000001', true, null, null, '[]', 'false', '%"U"%', 'no year'),
        ('1AA', true, null, null, '[]', 'false', '%no model year%', 'no position 10')
    ) as t (vin, is_light, model_year, decoded, candidates, is_ambiguous, text, reason)
    cross join lateral (select decoder.explain_year(t.vin, t.is_light, t.model_year, t.decoded, 2028) as explained) as y
    where (y.explained -> 'candidates') is distinct from t.candidates::jsonb
        or y.explained ->> 'isAmbiguous' is distinct from t.is_ambiguous
        or y.explained ->> 'decoded' is distinct from t.decoded::text
        or y.explained ->> 'asked' is distinct from t.model_year::text
        or not coalesce(y.explained ->> 'reason' like t.text, false)
    $$,
    'how the year was found'
);

select is(decoder.explain_year('', null, null, null, 2028) -> 'code', 'null', 'nothing has no code');

select * from finish();
rollback;
