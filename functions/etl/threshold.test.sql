begin;
select plan(2);

select is_empty(
    $$
    select t.name, t.least, t.most, etl.threshold(t.name) as actual
    from (
        values
        ('lost rows', 0.0, 0.5), ('lost rows at least', 1, 1000), ('orphan_schema_link', 0, 0.1), ('orphan_pattern', 0, 0.1),
        ('orphan_make_model', 0, 0.1), ('malformed_key', 0, 0.1), ('implausible_link_year', 0, 0.1), ('rejected_row', 0, 0.1), ('duplicate_pattern', 0, 0),
        ('more WMIs without make', 0, 0.1), ('canaries of a type', 20, 500), ('changed canaries', 0.038, 0.3),
        ('changed canaries of a type', 0.038, 0.5)
    ) as t (name, least, most)
    where etl.threshold(t.name) is null or etl.threshold(t.name) < t.least or etl.threshold(t.name) > t.most
    $$,
    'every figure is there and within reason'
);
select is(etl.threshold('no such'), null, 'an unknown name has none');

select * from finish();
rollback;
