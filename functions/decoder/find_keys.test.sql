-- needs: fixture
begin;
select plan(3);

-- Each case lists its keys; null when the patterns have to be looked at.
create temporary table case_of_keys as
select t.*, f.keys as found, f.has_pattern, f.has_model, f.body_class, f.used_positions
from (
    values
    ('1ALA1BC28LF000001', 2020, 'A [A-F]1BC2|*F', 'keys that say different things'),
    ('1AAM1BC20LF000001', 2020, '*****|*F ****2 ***[0-9A-F] **B *1 [A-Z]', 'a schema that is linked twice says the same twice'),
    ('1AAB1BC20LF000001', 2020, null, 'two series'),
    ('1ADA1BC23LF000001', 2020, 'A1BC2|*F', 'a note'),
    ('1ADB1BC23LF000001', 2020, '', 'no key'),
    ('1ARA1BC20LF000001', 2020, '', 'no schema'),
    ('1AAA1BC20LF000001', 1985, '', 'no schema covers the year'),
    ('1AHA11120LF000001', 2020, null, 'formulas'),
    ('1AJA11120LF000001', 2020, null, 'an engine model'),
    ('1AJD11120LF000001', 2020, 'D', 'an engine that nobody knows'),
    ('1AJF11120LF000001', 2020, 'F', 'a displacement and what it is in other units'),
    ('1AJN11120LF000001', 2020, null, 'two displacements'),
    ('1APA11120LF000001', 2020, null, 'a model of two makes'),
    ('1APB11120LF000001', 2020, null, 'a model of none'),
    ('1APE11120LF000001', 2020, 'E', 'a model of one make'),
    ('1APG11120LF000001', 2020, null, 'a value that nobody knows'),
    ('1APF11120LF000001', 2020, null, 'an element that has no bit'),
    ('1APJ11120LF000001', 2020, '', 'a schema that waits for its check'),
    ('1AMA1BC23LF000001', 2020, null, 'specifications'),
    ('1AMB1BC28LF000001', 2020, '**B *[12] B1BC2|*F', 'no specifications of the model')
) as t (vin, year, expected, reason)
cross join lateral (
    select f.*,
        case when f.text_ids is not null then array_to_string(array(
            select k.keys from catalog.pattern_key as k
            where k.release_id = w.release_id and k.text_id = any(f.text_ids) and k.schema_id = any(s.schema_ids)
            order by k.keys
        ), ' ') end as keys
    from catalog.wmi as w
    left join catalog.segment as s on s.release_id = w.release_id and s.wmi_id = w.wmi_id and t.year between s.year_from and s.year_to
    cross join lateral decoder.find_keys(w.release_id, w, s, decoder.image_symbols(vin.key_image(t.vin)), t.year) as f
    where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(t.vin)
) as f;

select is_empty(
    $$ select c.reason, c.vin, c.found from case_of_keys as c where c.found is distinct from c.expected $$,
    'keys that are all there is to know'
);

select is_empty(
    $$
    select c.vin, c.has_pattern, c.has_model, c.body_class, c.used_positions, i.*
    from case_of_keys as c
    cross join lateral (
        select i.has_pattern, i.has_model, i.body_class, i.used_positions
        from catalog.wmi as w
        left join catalog.segment as s on s.release_id = w.release_id and s.wmi_id = w.wmi_id and c.year between s.year_from and s.year_to
        cross join lateral decoder.find_items(w.release_id, w, s, c.vin, decoder.image_symbols(vin.key_image(c.vin)), c.year, '') as i
        where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(c.vin)
    ) as i
    where c.found is not null
        and (coalesce(c.has_pattern, false), c.has_model, c.body_class, coalesce(c.used_positions, 0))
            is distinct from (coalesce(i.has_pattern, false), i.has_model, i.body_class, coalesce(i.used_positions, 0))
    $$,
    'the checks get the same of it as of the patterns'
);

-- A release that was compiled before.
update catalog.pattern_key set elements = null, body_class = null, spec_model_id = null, is_whole = null;
select is_empty(
    $$
    select c.vin, f.text_ids
    from case_of_keys as c
    cross join lateral (
        select f.*
        from catalog.wmi as w
        left join catalog.segment as s on s.release_id = w.release_id and s.wmi_id = w.wmi_id and c.year between s.year_from and s.year_to
        cross join lateral decoder.find_keys(w.release_id, w, s, decoder.image_symbols(vin.key_image(c.vin)), c.year) as f
        where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(c.vin)
    ) as f
    where f.text_ids <> '{}'
    $$,
    'keys of which nothing is known are looked at'
);

select * from finish();
rollback;
