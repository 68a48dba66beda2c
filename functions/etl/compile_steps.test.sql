begin;
select plan(3);

select results_eq(
    'select step from etl.compile_steps() order by ordinal',
    array[
        'analyze', 'release', 'elements', 'wmis', 'keys', 'engines', 'patterns', 'rules', 'texts', 'statistics', 'segments', 'shares',
        'vehicles', 'terms', 'options', 'measure'
    ],
    'the steps in an order in which each finds what it reads'
);

select is_empty(
    $$
    select s.* from etl.compile_steps() as s
    where s.description is null or s.ordinal <> (select count(*) from etl.compile_steps() as before where before.ordinal <= s.ordinal)
    $$,
    'numbered from 1 without a gap, each with words for the progress bar'
);

select results_eq(
    'select ordinal, step, description from etl.compile_step order by ordinal',
    'select ordinal, step, description from etl.compile_steps() order by ordinal',
    'the loader''s view says the same'
);

select * from finish();
rollback;
