begin;
select plan(1);

select is_empty(
    $$
    select t.reason, decoder.engine_name(t.displacement, t.cylinders, t.configuration, t.model) as actual
    from (
        values
        ('2.0', '4', 'In-Line', 'EM-1', '2.0L I4 EM-1', 'all that is known'),
        ('1.998', '4', 'In-Line', null, '2.0L I4', 'rounded to a tenth'),
        ('3', '6', 'V-Shaped', null, '3.0L V6', 'a whole number'),
        ('6.0', '12', 'W Shaped', null, '6.0L W12', 'a W'),
        ('2.5', '4', 'Horizontally opposed (boxer)', null, '2.5L H4', 'a boxer'),
        ('1.3', '2', 'Rotary', null, '1.3L 2-cylinder Rotary', 'a rotary'),
        ('2.0', '4', null, null, '2.0L 4-cylinder', 'cylinders in no known layout'),
        ('0.125', null, null, null, '125cc', 'below a litre in cc'),
        ('0', null, null, null, null, 'no displacement'),
        ('TBD', 'TBD', 'In-Line', null, null, 'no numbers'),
        (null, null, 'V-Shaped', null, null, 'a layout alone is no engine'),
        (null, null, null, ' EM-1 ', 'EM-1', 'the maker''s name alone'),
        (null, null, null, '  ', null, 'a blank name'),
        (null, null, null, null, null, 'nothing')
    ) as t (displacement, cylinders, configuration, model, expected, reason)
    where decoder.engine_name(t.displacement, t.cylinders, t.configuration, t.model) is distinct from t.expected
    $$,
    'engines in one line'
);

select * from finish();
rollback;
