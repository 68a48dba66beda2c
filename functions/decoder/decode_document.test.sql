-- needs: fixture
begin;
-- As in api's functions: by another plan the same values come in another order.
set local plan_cache_mode = force_generic_plan;
select plan(4);

select is_empty(
    $$
    select t.reason, t.vin, d.document #>> t.path::text[] as actual
    from (
        values
        ('1AAA1BC27LF000001', '{make}', 'ASTER', 'the make'),
        ('1AAA1BC27LF000001', '{year}', '2020', 'the year'),
        ('1AAA1BC27LF000001', '{valid}', 'true', 'nothing speaks against it'),
        ('1AAA1BC27LF000001', '{checkDigit,expected}', '7', 'the check digit'),
        ('1AAA1BC20LF000001', '{valid}', 'false', 'a wrong check digit'),
        ('1AAA1BC20LF000001', '{checkDigit,valid}', 'false', 'a wrong check digit'),
        ('1AAA1BC20LF000001', '{checkDigit,actual}', '0', 'the wrong one'),
        ('1AAA1BC20LF000001', '{errors,0,code}', '1', 'its error'),
        ('1APA11123LF000001', '{make}', 'ASTER, BORA ', 'two makes of a model'),
        ('1APC11122LF000001', '{model}', null, 'a model that nobody knows'),
        ('1AMA1BC23LF000001', '{engineType}', '2.0L I4', 'an engine in one line'),
        ('1AMA1BC23LF000001', '{transmission}', 'Automatic', 'a transmission'),
        ('1AMA1BC23LF000001', '{trim}', 'Sport', 'a trim'),
        ('1ANX1BC26LF000001', '{suggestedVin}', '1ANA1BC26LF000001', 'a suggestion'),
        ('1AAA1BC27LF000001', '{suggestedVin}', null, 'an empty one is null'),
        ('9ZZA1BC27LF000001', '{confidence}', '0', 'nothing known, nothing sure'),
        ('9ZZA1BC2*LF000001', '{errors,1,code}', '7', 'errors in the order of their numbers'),
        ('  1aaa1bc27lf000001', '{vin}', '1AAA1BC27LF000001', 'the VIN as it was decoded'),
        (null, '{vin}', '', 'null'),
        (null, '{valid}', 'false', 'null'),
        (repeat('1', 1000), '{valid}', 'false', 'too long'),
        (repeat('1', 1000), '{errors,0,code}', '400', 'too long'),
        ('1AA', '{checkDigit,expected}', null, 'a part of a VIN has no check digit'),
        ('1AAA1BC27LF000001', '{dataVersion}', 'fixture-r1', 'the release')
    ) as t (vin, path, expected, reason)
    cross join lateral (
        select (d.own || d.common)::jsonb as document
        from decoder.decode_document(decoder.current_release_id(), t.vin, null, '2026-06-30') as d
    ) as d
    where d.document #>> t.path::text[] is distinct from t.expected
    $$,
    'the decode object'
);

select is_empty(
    $$
    select r.raw
    from decoder.decode_document(decoder.current_release_id(), '1AMA1BC23LF000001', null, '2026-06-30') as d
    cross join lateral jsonb_array_elements((d.own || d.common)::jsonb -> 'rawData') as r (raw)
    where r.raw ->> 'Value' = ''
        or r.raw ->> 'Value' is null
        or not (r.raw ->> 'confidence')::numeric between 0 and 1
    $$,
    'raw data has no empty values'
);

select is_empty(
    $$
    select t.reason, t.vin, d.is_common
    from (
        values
        ('1ALA1BC28LF000001', null, '2026-06-30'::timestamp, true, 'nothing but the descriptor matters'),
        ('1ALA1BC28LF000001', 1990, '2026-06-30', true, 'a caller''s year'),
        ('1ADA1BC23LF000001', null, '2026-06-30', true, 'positions that nothing reads'),
        ('1AMA1BC23LF000001', null, '2026-06-30', true, 'specifications'),
        ('1ARA1BC20LF000001', null, '2026-06-30', true, 'a maker without data'),
        ('1AJA11123LF000001', null, '2026-06-30', true, 'an engine model'),
        ('1AAA1BC27LF000001', null, '2026-06-30', false, 'an exception of this descriptor'),
        ('1AAA1BC27GF000001', null, '2026-06-30', true, 'none of this one'),
        ('1AG70000XL7000007', null, '2026-06-30', false, 'a key that reads position 13'),
        ('1AG70000XL7000007', 2015, '2026-06-30', false, 'in another year than the caller''s'),
        ('1AHA11125LF000001', null, '2026-06-30', false, 'a formula that reads position 12'),
        ('1A9A1BC26LF001234', null, '2026-06-30', false, 'a small maker with such a key'),
        ('1ALA1BC20LF000001', null, '2026-06-30', false, 'a wrong check digit'),
        ('1ALA1BC28LF00A001', null, '2026-06-30', false, 'a letter in position 15'),
        ('1ALA1BC28LF00001', null, '2026-06-30', false, 'a part of a VIN'),
        ('1ALZ1BC23LF000001', null, '2026-06-30', true, 'a kind that nothing knows'),
        ('1AAB1BX23GF000001', null, '2026-06-30', false, 'a character that nothing knows'),
        ('9ZZA1BC27LF000001', null, '2026-06-30', false, 'an unknown maker, whom the next release may know'),
        ('1AFA1BC24LF000001', null, '2026-06-30', false, 'a maker that is not published yet'),
        ('1AFA1BC24LF000001', null, '2099-06-30', true, 'which will be'),
        ('', null, '2026-06-30', false, 'nothing'),
        (null, null, '2026-06-30', false, 'null')
    ) as t (vin, model_year, as_of, expected, reason)
    cross join lateral (
        select overlay(t.vin placing vin.check_digit(t.vin) from 9 for 1) as right_vin
    ) as v
    cross join lateral decoder.decode_document(
        decoder.current_release_id(), case when t.reason like '%digit%' then t.vin else coalesce(v.right_vin, t.vin) end, t.model_year, t.as_of
    ) as d
    where d.is_common is distinct from t.expected
    $$,
    'whether every regular VIN of the descriptor has the same document'
);

-- Every story of the fixture with other serial numbers: one ends as keys that look far do, one has a letter in position 12.
select is_empty(
    $$
    select v.descriptor, m.model_year, array_agg(v.vin)
    from catalog.wmi as w
    cross join string_to_table('ABCDEFGHJKLMNPR', null) as letter
    cross join unnest(array['1BC2', '1112']) as characters
    cross join unnest(array['LF', 'F9', 'L7']) as year_and_plant
    cross join unnest(array['000001', '900004', 'A00009']) as serial
    cross join (values (null), (1990)) as m (model_year)
    cross join lateral (
        select left(w.wmi, 3) || letter || characters || '0' || year_and_plant
            || case when length(w.wmi) = 6 then substr(w.wmi, 4) || right(serial, 3) else serial end as text
    ) as t
    cross join lateral (
        select overlay(t.text placing vin.check_digit(t.text) from 9 for 1) as vin, vin.descriptor(t.text) as descriptor
    ) as v
    cross join lateral decoder.decode_document(w.release_id, v.vin, m.model_year, '2026-06-30') as d
    where w.release_id = decoder.current_release_id()
    group by v.descriptor, m.model_year
    having bool_or(d.is_common) and (not bool_and(d.is_common) or count(distinct d.common) > 1)
    $$,
    'and whether it does'
);

select * from finish();
rollback;
