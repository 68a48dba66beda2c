begin;
select plan(2);

select is(cardinality(decoder.undetected_doubts()), 17, 'one for each position');

select is_empty(
    $$
    select d.doubt
    from unnest(decoder.undetected_doubts()) as d (doubt)
    where d.doubt not between 0.00001 and 0.01 or d.doubt <> (decoder.undetected_doubts())[1]
    $$,
    'small, and the same at every position'
);

select * from finish();
rollback;
