begin;
select plan(1);

select is_empty(
    $$
    select v from unnest(array['1AAA1BC27LF000001', '1M8GDM9AXKP042788']) as v
    where decoder.regular_json(v)::text <> decoder.own_json(v, true, substr(v, 9, 1))
    $$,
    'as decoder.own_json of a right check digit'
);

select * from finish();
rollback;
