-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, p.year
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
        t.model_year
    ) as p
    where p.year is distinct from t.expected
    $$,
    'the choice between model years'
);

select * from finish();
rollback;
