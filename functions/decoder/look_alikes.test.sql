begin;
select plan(3);

select is_empty(
    $$
    select c.symbol, decoder.look_alikes(c.symbol) as actual
    from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as c (symbol)
    where decoder.look_alikes(c.symbol) !~ '^[0-9A-HJ-NPR-Z]*$' or strpos(decoder.look_alikes(c.symbol), c.symbol) > 0
    $$,
    'characters of a VIN, never the same one'
);

select is(decoder.look_alikes('8'), 'B3', 'an 8 reads like a B or a 3');
select is(array[decoder.look_alikes('*'), decoder.look_alikes('9')], array['', ''], 'some have none');

select * from finish();
rollback;
