-- needs: fixture
begin;
select plan(10);

create temporary table result as
select r.ordinality as place, r.value ->> 'Value' as value, r.value ->> 'ValueId' as value_id, r.value ->> 'Variable' as variable,
    (r.value ->> 'VariableId')::int as variable_id, r.value as document
from jsonb_array_elements(api.vpic_decode_vin('1AAA1BC20LF000001')) with ordinality as r (value, ordinality);

select is_empty(
    $$
    select c.element_id, count(r.variable_id)
    from catalog.element as c
    left join result as r on r.variable_id = c.element_id and r.variable = c.name
    where c.is_emitted
    group by c.element_id
    having count(r.variable_id) <> case when c.element_id = 114 then 3 else 1 end
    $$,
    'a row for every public variable, and one for each of several values'
);
select is_empty(
    $$ select r.variable from result as r where r.variable_id not in (select c.element_id from catalog.element as c where c.is_emitted) $$,
    'and for no other'
);

select is_empty(
    $$
    select r.document from result as r
    where not r.document ?& array['Value', 'ValueId', 'Variable', 'VariableId']
        or (select count(*) from jsonb_object_keys(r.document)) <> 4
        or jsonb_typeof(r.document -> 'Value') not in ('string', 'null')
        or jsonb_typeof(r.document -> 'ValueId') not in ('string', 'null')
        or jsonb_typeof(r.document -> 'VariableId') <> 'number'
    $$,
    'the four keys of the public API'
);

select is_empty(
    $$
    select t.reason, r.value, r.value_id
    from (
        values
        (26, 'ASTER', '1', 'looked up: the id goes with it'),
        (5, 'Sedan/Saloon', '13', 'looked up'),
        (28, 'Alpha', '11', 'looked up'),
        (14, '4', '', 'a number as it stands'),
        (29, '2020', '', 'the year'),
        (143, '1', '1', 'the error code'),
        (142, '', '', 'no suggestion'),
        (144, '', '', 'no possible values'),
        (156, null, '', 'nothing more to say'),
        (196, '1AAA1BC2*LF', '', 'the descriptor'),
        (38, null, '', 'a variable that is not decoded'),
        (37, null, null, 'nor is this, which would be looked up: no id, rather than an empty one')
    ) as t (variable_id, value, value_id, reason)
    inner join result as r on r.variable_id = t.variable_id
    where (r.value, r.value_id) is distinct from (t.value, t.value_id)
    $$,
    'values, their ids, and what is empty'
);

select results_eq(
    $$
    select (r.value ->> 'VariableId')::int
    from jsonb_array_elements(api.vpic_decode_vin('1AAA1BC20LF000001', null, true)) as r
    where (r.value ->> 'VariableId')::int not in (select variable_id from result)
    $$,
    array[96, 186],
    'extended: the private variables too'
);
select is(
    (
        select r.value
        from jsonb_array_elements(api.vpic_decode_vin('1AAA1BC20LF000001', null, true)) as r
        where (r.value ->> 'VariableId')::int = 96
    ),
    '{"Value": null, "ValueId": null, "Variable": "NCSA Body Type", "VariableId": 96}'::jsonb,
    'of which nothing is known'
);

select results_eq(
    'select variable_id from result order by place limit 7',
    array[142, 143, 144, 156, 191, 196, 26],
    'what is said about the VIN comes first, then the groups in NHTSA''s order'
);

select results_eq(
    $$
    select distinct (select count(distinct r.value -> 'VariableId') from jsonb_array_elements(api.vpic_decode_vin(v.vin)) as r)
    from (values (''), (null), ('1A'), ('*'), ('nonsense'), (repeat('9', 100000)), ('1AAA1*C')) as v (vin)
    $$,
    'select count(*) from catalog.element as c where c.is_emitted',
    'any text has an answer with every variable'
);

select is(
    (
        select r.value ->> 'Value'
        from jsonb_array_elements(api.vpic_decode_vin('1ACA1BC20LF000001', 1990)) as r
        where (r.value ->> 'VariableId')::int = 29
    ),
    (select e.value from api.decode_elements('1ACA1BC20LF000001', 1990) as e where e.element_id = 29),
    'the caller''s model year is heard'
);

delete from catalog.current_release;
select throws_ok($$ select api.vpic_decode_vin('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
