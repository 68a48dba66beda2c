-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, t.year, p.codes, p.has_values
    from (
        values
        ('1AAA1BC27LF000001', 2020, true, false, false, '0', 'rule 37: clean'),
        ('1AAA1BC20LF000001', 2020, true, false, false, '1', 'rule 36: a wrong check digit'),
        ('1AAA1BC20LF000001', 2020, true, true, false, '0', 'rule 36: which is a known exception'),
        ('1AAA1BC2ALF000001', 2020, true, true, false, '0', 'rule 36: and may be a letter then'),
        ('1AAA1BC27LF000001', 2020, true, false, true, '0,12', 'rule 34: another year was asked for'),
        ('1AAA1BC27LF000001', 1985, true, false, false, '8', 'rule 29: no schema covers the year'),
        ('1AAA1BC27LF000001', null, true, false, false, '11', 'rule 34: no year'),
        ('1AAA1BC27LF000001', 2020, false, false, false, '7', 'rule 29: an invisible WMI'),
        ('1AAA1BC20L', 2020, false, false, true, '6,7,12', 'rule 36: a part of a VIN'),
        ('1ALB1BC22LF000001', 2020, true, false, false, '0,9', 'rule 33: a glider'),
        ('1ALA1BC2ALF000001', 2020, true, false, false, '1,10', 'rule 33: an off-road vehicle'),
        ('1ADA1BC23LF000001', 2020, true, false, false, '0,14', 'rule 37: no model'),
        ('1ADA1BC23LF000001', 2020, true, false, true, '0,12,14', 'rule 37: 12 does not count'),
        ('1APJ11123LF000001', 2020, true, false, false, '8', 'rule 29: nothing but an unchecked schema')
    ) as t (vin, year, is_known, is_exception, is_mismatch, codes, reason)
    cross join lateral (
        select array_to_string(p.codes, ',') as codes, cardinality(p.items) > 0 as has_values
        from catalog.wmi as w
        left join catalog.segment as s
            on s.release_id = w.release_id and s.wmi_id = w.wmi_id and coalesce(t.year, 0) between s.year_from and s.year_to
        cross join lateral decoder.decode_pass(
            w.release_id, t.vin, decoder.image_symbols(vin.key_image(t.vin)), w, t.is_known,
            t.is_exception, s, t.year, false, t.is_mismatch, '***X*|Y'
        ) as p
        where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(t.vin)
    ) as p
    where p.codes is distinct from t.codes or coalesce(p.has_values, false) is distinct from t.is_known
    $$,
    'codes of one model year; an unknown WMI has no values'
);

select results_eq(
    $$
    select p.vin, p.year, p.is_year_ambiguous, p.suggested_vin, p.invalid_characters
    from catalog.wmi as w
    cross join lateral decoder.decode_pass(
        w.release_id, '1AAO1BC2?LFI000_1', decoder.image_symbols(''), w, false, false, null, 2020, true, false, ''
    ) as p
    where w.release_id = decoder.current_release_id() and w.wmi = '1AA'
    $$,
    $$values ('1AAO1BC2?LFI000_1', 2020, true, '1AA!1BC2!LF!000!1', '4:O, 9:?, 12:I, 16:_')$$,
    'rule 35: wrong characters, also of an unknown WMI'
);

select * from finish();
rollback;
