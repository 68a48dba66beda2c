-- needs: fixture
begin;
select plan(2);

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
        select decoder.decode_document(decoder.current_release_id(), t.vin, null, '2026-06-30') as document
    ) as d
    where d.document #>> t.path::text[] is distinct from t.expected
    $$,
    'the decode object'
);

select is_empty(
    $$
    select r.raw
    from jsonb_array_elements(decoder.decode_document(decoder.current_release_id(), '1AMA1BC23LF000001', null, '2026-06-30') -> 'rawData') as r (raw)
    where r.raw ->> 'Value' = ''
        or r.raw ->> 'Value' is null
        or not (r.raw ->> 'confidence')::numeric between 0 and 1
    $$,
    'raw data has no empty values'
);

select * from finish();
rollback;
