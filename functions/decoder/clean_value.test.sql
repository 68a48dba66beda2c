begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.value, decoder.clean_value(t.value) as actual
    from (
        values
        (E'Sport\tLine', 'Sport Line', 'rule 46: a tab'),
        (E'Sport\r\nLine', 'Sport  Line', 'rule 46: a line end of two characters'),
        (' Delta ', ' Delta ', 'rule 46: spaces stay'),
        ('Größe', 'Größe', 'so does every other letter'),
        ('', '', 'nothing'),
        (null, null, 'null')
    ) as t (value, expected, reason)
    where decoder.clean_value(t.value) is distinct from t.expected
    $$,
    'values as they are shown'
);

select * from finish();
rollback;
