begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.group_name, decoder.listing_rank(t.group_name)
    from (
        values
        (null, 0, 'what is said about the VIN comes first'),
        ('General', 1, 'then the vehicle'),
        ('Interior', 7, 'the interior follows the wheels'),
        ('Active Safety System', 17, 'the last of the list'),
        ('Exterior / Bus', 99, 'buses are among the rest'),
        ('Exterior / Motorcycle', 99, 'and so are motorcycles'),
        ('Internal', 99, 'what only extended answers have'),
        ('A new group', 99, 'what NHTSA will think of')
    ) as t (group_name, expected, reason)
    where decoder.listing_rank(t.group_name) is distinct from t.expected
    $$,
    'the order of recorded answers'
);
select is(
    (select count(distinct decoder.listing_rank(e.group_name)) > 3 from (values ('General'), ('Engine'), ('Interior'), (null)) as e (group_name)),
    true,
    'groups differ'
);

select * from finish();
rollback;
