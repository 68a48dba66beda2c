begin;
select plan(2);

select is_empty(
    $$
    select t.image, p, substring(decoder.image_symbols(t.image) from (p - 1) * 41 + 1 for 41) as actual
    from unnest(array['', 'A', 'CM826|3A004352', '*_#%-', 'ßé', 'CM826|3A0043521234']) as t (image)
    cross join generate_series(1, 14) as p
    where substring(decoder.image_symbols(t.image) from (p - 1) * 41 + 1 for 41) is distinct from decoder.symbol_at(t.image, p)
    $$,
    'fourteen symbols in a row, whatever the length'
);

select is(decoder.image_symbols(null), null, 'null has none');

select * from finish();
rollback;
