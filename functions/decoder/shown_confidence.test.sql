begin;
select plan(1);

select is_empty(
    $$
    select t.reason, c.shown
    from (
        values
        (0.99876::real, '0.9988', 'rounded to four decimals'),
        (0.5::real, '0.5', 'no zeros behind'),
        (1::real, '1', 'sure'),
        (0.99999::real, '1', 'as good as sure'),
        (0::real, '0', 'nothing known'),
        (null, null, 'null')
    ) as t (confidence, expected, reason)
    cross join lateral (select decoder.shown_confidence(t.confidence)::text as shown) as c
    where c.shown is distinct from t.expected
    $$,
    'confidences as answers show them'
);

select * from finish();
rollback;
