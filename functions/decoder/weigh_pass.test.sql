-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, w.*
    from (
        values
        ('{"codes": [0]}', 0, null, null, 'rule 43: no item has no weight and no count, which is not 0'),
        ('{"codes": [1, 12, 14]}', -55, null, null, 'rule 43a: errors add up'),
        ('{"codes": [7]}', -10000, null, null, 'rule 43a: an unknown maker weighs most'),
        ('{"codes": [400, 2, 3, 4, 5, 6, 8, 11]}', -1770, null, null, 'rule 43a: the other weights'),
        ('{"codes": [0], "items": [{"element_id": 5, "value": "Sedan", "source": "Pattern"}, {"element_id": 5, "value": "Coupe", "source": "Pattern"}]}',
            0, 99, 2, 'rule 43b: an element weighs once, 43c: patterns count each'),
        ('{"codes": [0], "items": [{"element_id": 24, "value": null, "source": "Pattern"}]}',
            0, 91, 1, 'rule 22: a lookup that found nothing still counts'),
        ('{"codes": [0], "items": [{"element_id": 9, "value": null, "source": "EngineModelPattern"}]}',
            0, 88, 1, 'rule 22: an engine model''s as well'),
        ('{"codes": [0], "items": [{"element_id": 25, "value": null, "source": "Vehicle Specs"}]}',
            0, 70, null, 'rule 22: a specification''s as well, though it is no pattern'),
        ('{"codes": [0], "items": [{"element_id": 24, "value": null, "source": "Default"}, {"element_id": 39, "value": null, "source": "VehType"}]}',
            0, null, null, 'rule 43b: other empty values weigh nothing'),
        ('{"codes": [0], "items": [{"element_id": 24, "value": "Not Applicable", "source": "Default"}, {"element_id": 29, "value": "2020", "source": "ModelYear"}]}',
            0, 190, null, 'rule 43b: defaults and the year weigh'),
        ('{"codes": [0], "items": [{"element_id": 11, "value": "2000", "source": "Conversion 4: 2 * 1000"}, {"element_id": 26, "value": "ASTER", "source": "pattern - model"}]}',
            0, 197, null, 'rule 43c: conversions and makes are no patterns'),
        ('{"codes": [0], "items": [{"element_id": 111, "value": "12", "source": "Formula Pattern"}, {"element_id": 110, "value": "", "source": "Formula Pattern"}]}',
            0, 0, 1, 'rule 43c: a formula counts when it says something')
    ) as t (pass, error_value, elements_weight, pattern_count, reason)
    cross join lateral decoder.weigh_pass(
        decoder.current_release_id(), jsonb_populate_record(null::decoder.pass, t.pass::jsonb)
    ) as w
    where (w.error_value, w.elements_weight, w.pattern_count) is distinct from (t.error_value::bigint, t.elements_weight::bigint, t.pattern_count::bigint)
    $$,
    'what model years are compared by'
);

select * from finish();
rollback;
