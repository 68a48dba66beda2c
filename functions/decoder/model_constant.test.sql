begin;
select plan(2);

select is_empty(
    $$select name, decoder.model_constant(name)
      from unnest(array[
          'wrong VINs', 'swapped', 'look-alike', 'undetected', 'unchecked', 'data gap', 'maker coincidence', 'maker exists',
          'other maker', 'other year', 'unknown share', 'silent change', 'disputed', 'ambiguous year', 'default'
      ]) as name
      where decoder.model_constant(name) is null or decoder.model_constant(name) not between 0 and 1$$,
    'every constant is a probability'
);

select is(decoder.model_constant('no such constant'), null, 'an unknown name has no value');

select * from finish();
rollback;
