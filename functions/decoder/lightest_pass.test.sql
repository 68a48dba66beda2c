-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, l.lightest
    from (
        values
        ('[{"codes": [8]}]', 1, 'one pass is the best, whatever its errors'),
        ('[{"codes": [999]}]', 1, 'also with an error that nobody knows'),
        ('[{"codes": [8]}, {"codes": [5, 14]}]', 2, 'rule 43a: the lighter errors'),
        ('[{"codes": [0]}, {"codes": [8]}]', 1, 'rule 43a: the lighter errors'),
        ('[{"codes": [1]}, {"codes": [0]}, {"codes": [8]}]', 2, 'of three'),
        ('[{"codes": [0]}, {"codes": [0]}]', null, 'a tie'),
        ('[{"codes": [8]}, {"codes": [0]}, {"codes": [0]}]', null, 'a tie of the lightest'),
        ('[{"codes": [8]}, {"codes": [8]}, {"codes": [0]}]', 3, 'a tie of others'),
        ('[{"codes": [0]}, {"codes": [999]}]', null, 'an error without a weight')
    ) as t (passes, expected, reason)
    cross join lateral (
        select decoder.lightest_pass(
            decoder.current_release_id(),
            array(select p from jsonb_array_elements(t.passes::jsonb) as j cross join jsonb_populate_record(null::decoder.pass, j) as p)
        ) as lightest
    ) as l
    where l.lightest is distinct from t.expected
    $$,
    'the pass that errors alone decide for'
);

select * from finish();
rollback;
