-- needs: fixture
begin;
select plan(3);

select is_empty(
    $$
    select t.reason, b.best
    from (
        values
        ('[{"year": 2020, "codes": [8]}]', null, 2020, 'one pass is the best'),
        ('[{"year": 2020, "codes": [8]}, {"year": 1990, "codes": [5, 14]}]', null, 1990, 'rule 43a: the lighter errors'),
        ('[{"year": 2020, "codes": [5, 14]}, {"year": 1990, "codes": [8]}]', 1990, 2020, 'rule 43a: before the caller''s year'),
        ('[{"year": 2020, "codes": [0], "items": [{"element_id": 34, "value": "x", "source": "Pattern"}]},
            {"year": 1990, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}]}]',
            2020, 1990, 'rule 43b: the weightier elements'),
        ('[{"year": 2020, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}]}, {"year": 1990, "codes": [0]}]',
            2020, 1990, 'rule 43: no weight at all sorts before any'),
        ('[{"year": 2020, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}]},
            {"year": 1990, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}, {"element_id": 110, "value": "x", "source": "Pattern"}]}]',
            2020, 1990, 'rule 43c: more patterns'),
        ('[{"year": 2020, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}]},
            {"year": 1990, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Default"}]}]',
            2020, 1990, 'rule 43c: no pattern at all sorts before any number'),
        ('[{"year": 1990, "codes": [0]}, {"year": 2020, "codes": [0]}]', null, 2020, 'rule 43d: the later year'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [0]}]', 1990, 1990, 'rule 43d: the caller''s year'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [0]}]', 2005, 2020, 'rule 43d: a caller''s year of neither')
    ) as t (passes, model_year, expected, reason)
    cross join lateral decoder.best_pass(
        decoder.current_release_id(),
        array(select p from jsonb_array_elements(t.passes::jsonb) as j cross join jsonb_populate_record(null::decoder.pass, j) as p),
        null,
        t.model_year
    ) as b
    where (t.passes::jsonb -> b.best - 1 ->> 'year')::int is distinct from t.expected
    $$,
    'the choice between model years'
);

select is_empty(
    $$
    select t.reason, b.is_year_open
    from (
        values
        ('[{"year": 2020, "codes": [0]}]', null, false, 'one pass'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [0]}]', null, true, 'two years without errors'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [0]}]', 2005, true, 'a caller''s year of neither'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [0]}]', 1990, false, 'the caller decides'),
        ('[{"year": 2020, "codes": [0]}, {"year": 1990, "codes": [1]}]', null, false, 'the other has heavier errors'),
        ('[{"year": 2020, "codes": [8]}, {"year": 1990, "codes": [8]}]', null, false, 'neither has data')
    ) as t (passes, model_year, expected, reason)
    cross join lateral decoder.best_pass(
        decoder.current_release_id(),
        array(select p from jsonb_array_elements(t.passes::jsonb) as j cross join jsonb_populate_record(null::decoder.pass, j) as p),
        null,
        t.model_year
    ) as b
    where b.is_year_open is distinct from t.expected
    $$,
    'whether another year would do as well'
);

-- Element 5 weighs 99: the default of type 7 makes up for what the later year lacks.
insert into catalog.default_value (release_id, vehicle_type_id, element_id, value, value_id)
values (decoder.current_release_id(), 7, 5, 'Sedan/Saloon', '13');
select is_empty(
    $$
    select t.reason, b.best
    from (values (7, 1, 'with the default'), (2, 2, 'another type has none'), (null, 2, 'no type')) as t (vehicle_type_id, expected, reason)
    cross join lateral decoder.best_pass(
        decoder.current_release_id(),
        array(
            select p
            from jsonb_array_elements(
                '[{"year": 2020, "codes": [0], "items": [{"element_id": 34, "value": "x", "source": "Pattern"}]},
                    {"year": 1990, "codes": [0], "items": [{"element_id": 5, "value": "x", "source": "Pattern"}]}]'
            ) as j
            cross join jsonb_populate_record(null::decoder.pass, j) as p
        ),
        t.vehicle_type_id,
        null
    ) as b
    where b.best <> t.expected
    $$,
    'rule 43b: defaults weigh too'
);

select * from finish();
rollback;
