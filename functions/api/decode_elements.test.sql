-- needs: fixture
begin;
select plan(9);

select results_eq(
    $$
    select element_id, variable, value, value_id, source, keys
    from api.decode_elements('1AAA1BC27LF000001')
    where element_id not in (142, 143, 144, 156, 191, 196)
    order by element_id, value
    $$,
    $$
    values
        (5, 'Body Class', 'Sedan/Saloon', '13', 'Pattern', '*1'),
        (14, 'Doors', '4', '4', 'Pattern', '**B'),
        (15, 'Drive Type', 'FWD/Front-Wheel Drive', '4', 'Pattern', '****2'),
        (24, 'Fuel Type - Primary', 'Gasoline', '4', 'Pattern', '***[0-9A-F]'),
        (26, 'Make', 'ASTER', '1', 'pattern - model', '[A-Z]'),
        (27, 'Manufacturer Name', 'ASTER MOTORS', '1', 'Manu. Name', '1AA'),
        (28, 'Model', 'Alpha', '11', 'Pattern', '[A-Z]'),
        (29, 'Model Year', '2020', '2020', 'ModelYear', '***X*|Y'),
        (31, 'Plant City', 'Haven', 'Haven', 'Pattern', '*****|*F'),
        (39, 'Vehicle Type', 'PASSENGER CAR', '2', 'VehType', '1AA'),
        (114, 'Note', 'first note', 'first note', 'Pattern', 'A'),
        (114, 'Note', 'second note', 'second note', 'Pattern', '*1'),
        (114, 'Note', 'third note', 'third note', 'Pattern', '*1')
    $$,
    'every decoded element with what it rests on; a note for every pattern that matches'
);

select is_empty(
    $$
    select v.vin, e.element_id
    from (
        values
        ('1AAA1BC27LF000001'), ('1AAA1BC20LF000001'), ('1AA'), ('1AAA1*C27LF'), (''), ('   '), ('ZZZZZZZZZZZZZZZZZ'), (null),
        (repeat('1', 18)), (repeat('1', 1000000)), ('''; drop table'), (E'1AAA1BC27LF00000\n'), ('ÄÖÜß中文🚗'), ('IOQ'),
        ('1AAA1BC27LF00000'), ('[*]|#_%\'), ('-'), (E'\t')
    ) as v (vin)
    cross join unnest(array[142, 143, 144, 156, 191, 196]) as e (element_id)
    where (select count(*) from api.decode_elements(v.vin) as d where d.element_id = e.element_id) <> 1
    $$,
    'any text has an answer, in which the error elements are there once each'
);

select is_empty(
    $$
    select v.vin, d.element_id, d.confidence
    from (values ('1AAA1BC27LF000001'), ('1AAA1BC20LF000001'), ('1AA'), (''), (null), ('1ACA1BC27LF000001')) as v (vin)
    cross join lateral api.decode_elements(v.vin) as d
    where d.confidence is null or d.confidence not between 0 and 1
    $$,
    'a confidence is a probability'
);

select ok(
    (select d.confidence from api.decode_elements('1AAA1BC27LF000001') as d where d.element_id = 28)
    > (select d.confidence from api.decode_elements('1AAA1BC20LF000001') as d where d.element_id = 28),
    'a wrong check digit makes the model less certain'
);

select is_empty(
    $$
    select t.reason, t.vin, t.model_year, d.value
    from (
        values
        ('1AAA1BC27LF000001', null, '2020', 'position 10'),
        (' 1aaa1bc27lf000001 ', null, '2020', 'lower case, spaces around'),
        ('1AAA1BC27LF000001', 2020, '2020', 'the caller knows it too'),
        ('1AAA1BC27LF000001', 1492, '2020', 'a caller''s year that cannot be'),
        ('1AAA1BC27LF000001', -2147483648, '2020', 'nor this')
    ) as t (vin, model_year, year, reason)
    left join lateral (
        select e.value from api.decode_elements(t.vin, t.model_year) as e where e.element_id = 29
    ) as d on true
    where d.value is distinct from t.year
    $$,
    'the model year'
);

select is_empty(
    $$
    select e.element_id
    from api.decode_elements('1AAA1BC27LF000001') as e
    where e.element_id not in (select c.element_id from catalog.element as c where c.is_emitted)
    $$,
    'private variables never show'
);

select results_eq(
    $$ select * from api.decode_elements('1AAA1BC27LF000001') $$,
    $$ select * from api.decode_elements('1AAA1BC27LF000001', null) $$,
    'the model year may be left out'
);

select is_empty(
    $$ select from api.decode_elements('1AAA1BC27LF000001') as d where d.variable is null or d.source is null $$,
    'each has a name and a source'
);

delete from catalog.current_release;
select throws_ok($$ select * from api.decode_elements('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
