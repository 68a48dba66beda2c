begin;
select plan(1);

select is_empty(
    $$
    select t.reason, o.own
    from (
        values
        ('1AAA1BC27LF000001', true, '7', '{"vin": "1AAA1BC27LF000001", "checkDigit": {"valid": true, "expected": "7", "actual": "7"}}', 'a right digit'),
        ('1AAA1BC20LF000001', false, '7', '{"vin": "1AAA1BC20LF000001", "checkDigit": {"valid": false, "expected": "7", "actual": "0"}}', 'a wrong one'),
        ('1AA', false, null, '{"vin": "1AA", "checkDigit": {"valid": false, "expected": null, "actual": null}}', 'none'),
        ('', false, null, '{"vin": "", "checkDigit": {"valid": false, "expected": null, "actual": null}}', 'nothing'),
        ('1AAA"BC2"LF', false, null, '{"vin": "1AAA\"BC2\"LF", "checkDigit": {"valid": false, "expected": null, "actual": "\""}}', 'quotes')
    ) as t (vin, is_valid, expected_digit, expected, reason)
    cross join lateral (
        -- What follows closes the object.
        select (decoder.own_json(t.vin, t.is_valid, t.expected_digit) || '"end":1}')::jsonb - 'end' as own
    ) as o
    where o.own is distinct from t.expected::jsonb
    $$,
    'what is the VIN''s own'
);

select * from finish();
rollback;
