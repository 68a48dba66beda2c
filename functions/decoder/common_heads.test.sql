begin;
select plan(2);

select results_eq(
    $$ select decoder.common_heads(array(select case when n <> 191 then 'head of ' || n end from generate_series(1, 203) as n order by n)) $$,
    $$
    values (array[
        'head of 26', 'head of 27', 'head of 29', 'head of 39', 'head of 142', 'head of 143', 'head of 144', 'head of 156', null,
        'head of 196'
    ])
    $$,
    'ten, in their order; one that is not shown stays null'
);

select is(decoder.common_heads('{}'), array_fill(null::text, array[10]), 'of no elements none');

select * from finish();
rollback;
