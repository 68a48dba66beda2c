begin;
select plan(1);

select is_empty(
    $$
    select v.vin
    from generate_series(1, 17) as p
    cross join string_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', null) as c
    cross join lateral (select overlay('1AAA1BC27LF000001' placing c from p for 1) as vin) as v
    where decoder.vin_symbols(v.vin) <> decoder.image_symbols(vin.key_image(v.vin))
    $$,
    'as decoder.image_symbols of the key image'
);

select * from finish();
rollback;
