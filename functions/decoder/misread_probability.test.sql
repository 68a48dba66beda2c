begin;
select plan(2);

select is_empty(
    $$select meant.symbol, sum(decoder.misread_probability(meant.symbol, typed.symbol))
      from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as meant (symbol)
      cross join string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as typed (symbol)
      group by meant.symbol
      having abs(sum(decoder.misread_probability(meant.symbol, typed.symbol)) - 1) > 1e-9$$,
    'what a character is replaced by adds up to one'
);

select is_empty(
    $$select *
      from (
          values
          ('8', '8', 0, 'the same character is no slip'),
          ('8', 'B', 0.6 / 2 + 0.4 / 32, 'one of two look-alikes'),
          ('B', '8', 0.6 + 0.4 / 32, 'the only look-alike'),
          ('8', 'W', 0.4 / 32, 'no look-alike'),
          ('9', '4', 1.0 / 32, 'a character without look-alikes')
      ) as expected (meant, typed, probability, reason)
      where abs(decoder.misread_probability(meant, typed) - probability) > 1e-9$$,
    'look-alikes are likelier'
);

select * from finish();
rollback;
