begin;
select plan(3);

select is_empty(
    $$select a.symbol, b.symbol
      from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as a (symbol)
      cross join string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as b (symbol)
      where (strpos(decoder.look_alikes(a.symbol), b.symbol) > 0) <> (strpos(decoder.look_alikes(b.symbol), a.symbol) > 0)$$,
    'a looks like b when b looks like a'
);

select is_empty(
    $$select c.symbol
      from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as c (symbol)
      where decoder.look_alikes(c.symbol) !~ '^[0-9A-HJ-NPR-Z]*$' or strpos(decoder.look_alikes(c.symbol), c.symbol) > 0$$,
    'look-alikes are other characters of a VIN'
);

select results_eq(
    $$select symbol, decoder.look_alikes(symbol) from unnest(array['8', '5', '0', '1', '2', '9']) as symbol$$,
    $$values ('8', 'B3'), ('5', 'S'), ('0', 'D'), ('1', '7L'), ('2', 'Z'), ('9', '')$$,
    'the usual ones'
);

select * from finish();
rollback;
