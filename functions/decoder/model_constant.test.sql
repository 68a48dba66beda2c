begin;
select plan(2);

select is_empty(
    $$
    select name, decoder.model_constant(name) as actual
    from unnest(array[
        'wrong VINs', 'swapped', 'look-alike', 'undetected', 'unchecked', 'data gap', 'maker coincidence', 'maker exists', 'year explains', 'other cycle''s maker',
        'other maker', 'other maker, same type', 'other year', 'other cycle', 'unknown share', 'silent change', 'disputed', 'open year', 'no model', 'default'
    ]) as name
    where not coalesce(decoder.model_constant(name) > 0 and decoder.model_constant(name) < 1, false)
    $$,
    'probabilities, none of them certain'
);

select is(decoder.model_constant('nonsense'), null, 'an unknown name has none');

select * from finish();
rollback;
