-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, m.*
    from (
        values
        ('1AHA12B20LF000001', 111, '12', 'rule 21: the digits of the VIN'),
        ('1AHAX2B20LF000001', 111, null, 'rule 21: a letter is no digit'),
        ('1AHA1', 111, null, 'rule 17: a missing character is none either'),
        ('1AHB1X320LF000001', 111, '1X3', 'rule 21: from the first # to the last'),
        ('1AHC1X320LF070001', 111, '2|LF0', 'rule 21: with what is between, the | too'),
        ('1AHD12C20LF000001', 111, null, 'rule 21: a digit in a formula matches nothing'),
        ('1AHE11120LF000001', 111, null, 'rule 21: a class is none'),
        ('1AHFX3320LF000001', 111, '3', 'rule 21: a _ is any character'),
        ('1AHK12320LF000001', 111, '2', 'rule 24: the latest change'),
        ('1AHL12320LF000001', 114, '1, 2', 'rule 23: every note'),
        ('1AHL12320LF000001', 29, null, 'rule 21: the year is no formula''s matter'),
        ('1AHM12320LF000001', 111, null, 'rule 45: the formula of an unchecked schema is left out'),
        ('1AHA#2B20LF000001', 111, '#2', 'a # in the VIN stands for itself')
    ) as t (vin, element_id, expected, reason)
    cross join lateral (
        select string_agg(m.value, ', ' order by m.value) as values, count(*) filter (where (m.source, m.priority, m.value_id) <> ('Formula Pattern', 100, 'TBD')) as wrong
        from catalog.segment as s
        cross join lateral decoder.match_formulas(s.release_id, s.schema_ids, vin.key_image(t.vin)) as m
        where s.release_id = decoder.current_release_id() and s.wmi_id = 10 and 2020 between s.year_from and s.year_to
            and m.element_id = t.element_id
    ) as m
    where m.values is distinct from t.expected or m.wrong > 0
    $$,
    'values that stand in the VIN'
);

select * from finish();
rollback;
