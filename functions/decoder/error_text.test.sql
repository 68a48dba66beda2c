-- needs: fixture
begin;
select plan(3);

select is_empty(
    $$
    select t.reason, e.text
    from (
        values
        (array[0], false, '0 - VIN decoded clean. Check Digit (9th position) is correct', 'rule 38: one code'),
        (array[11, 6, 8], false,
            '6 - Incomplete VIN; 8 - No detailed data available currently; 11 - Incorrect Model Year - Position 10 does not match valid model year codes (I, O, Q, U, Z, 0). Decoded data may not be accurate.',
            'rule 38: several in the order of their numbers'),
        (array[0], true,
            '0 - VIN decoded clean. Check Digit (9th position) is correct NOTE: Check Digit Exception - The check digit was given an exception based on data from the OEM indicating an error on production.',
            'rule 36: a known exception is noted'),
        (array[14], true,
            '14 - Unable to provide information for some of the characters in the VIN, based on the manufacturer submission.',
            'rule 36: but only beside code 0'),
        (array[999], false, null, 'an unknown code has no text'),
        ('{}', false, null, 'no code, no text')
    ) as t (codes, is_exception, expected, reason)
    cross join lateral (select (decoder.error_text(decoder.current_release_id(), t.codes, t.is_exception)).told as text) as e
    where e.text is distinct from t.expected
    $$,
    'texts of codes'
);

select is_empty(
    $$
    select t.reason, e.text
    from (
        values
        (array[1, 10], '1 - %properly NOTE: Disregard if this is an off-road vehicle PIN, as check digit calculation may not be accurate.; 10 - Off-Road%30102.', null, 'rules 33 and 38: off-road excuses a check digit'),
        (array[1, 9], '1 - Check Digit (9th position) does not calculate properly; 9 - Glider%', null, 'rule 38: a glider does not'),
        (array[1, 5, 6, 7, 8, 9, 10, 11, 12, 14, 400], '1 - %', 500, 'rule 38: cut to 500 characters')
    ) as t (codes, expected, length, reason)
    cross join lateral (select (decoder.error_text(decoder.current_release_id(), t.codes, false)).told as text) as e
    where e.text not like t.expected or length(e.text) <> t.length
    $$,
    'long texts'
);

select is_empty(
    $$
    select t.reason, e.listed
    from (
        values
        (array[0], '[{"code": 0, "text": "0 - VIN decoded clean. Check Digit (9th position) is correct"}]', 'one code, without a note'),
        (array[8, 6], '[{"code": 6, "text": "6 - Incomplete VIN"}, {"code": 8, "text": "8 - No detailed data available currently"}]',
            'several in the order of their numbers'),
        (array[999], null, 'an unknown code is not listed'),
        ('{}', null, 'no code, no list')
    ) as t (codes, expected, reason)
    cross join lateral (select (decoder.error_text(decoder.current_release_id(), t.codes, true)).listed as listed) as e
    where ('[' || e.listed || ']')::jsonb is distinct from t.expected::jsonb
    $$,
    'codes as JSON objects: their own texts, without our notes'
);

select * from finish();
rollback;
