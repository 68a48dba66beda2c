-- needs: fixture
begin;
select plan(1);

-- The last column lists the parts by their names; what is compared is their text.
select is_empty(
    $$
    with part (name, text) as (
        values
        ('four', 'In the Possible values section, the Numeric value before the : indicates the position in error and the values after the : indicate the possible values that are allowed in this position.'),
        ('five', 'The error positions are indicated by ! in Suggested VIN. In the Possible values section, each pair of parenthesis indicate information about each error position in VIN . The Numeric value before the : indicates the position in error and the values after the : indicate the possible values that are allowed in this position'),
        ('unused', 'Unused position(s): 5,6.'),
        ('invalid', 'Invalid character(s): 5:?, 11:O.'),
        ('incomplete', 'Incomplete Vehicle Warning - Please be advised that the vehicle may have been altered and may not be an accurate representation of the vehicle in its current condition.'),
        ('year', 'The Model Year decoded for this VIN may be incorrect. If you know the Model year, please enter it and decode again to get more accurate information.')
    )
    select t.reason, a.text
    from (
        values
        ('{"codes": [0]}', '{}', 'rule 39: nothing to tell is null'),
        ('{"codes": [1, 2, 3, 6]}', '{}', 'rule 39: codes without more to tell'),
        ('{"codes": [4]}', '{four}', 'rule 39: code 4'),
        ('{"codes": [5]}', '{five}', 'rule 39: code 5'),
        ('{"codes": [0, 14], "unused_positions": "5,6"}', '{unused}', 'rule 39: unused positions'),
        ('{"codes": [4, 14], "unused_positions": "5,6"}', '{four,unused}', 'rule 39: in that order'),
        ('{"codes": [0, 14]}', '{}', 'rule 39: code 14 by rule 37 alone has no list, and is null'),
        ('{"codes": [4, 14]}', '{}', 'rule 39: a 14 without a list makes the whole text so far null'),
        ('{"codes": [0, 14], "is_year_ambiguous": true}', '{year}', 'rule 39: but not what follows'),
        ('{"codes": [4, 14, 400], "invalid_characters": "5:?, 11:O"}', '{invalid}', 'rule 39: but not what follows'),
        ('{"codes": [400], "invalid_characters": "5:?, 11:O"}', '{invalid}', 'rule 39: invalid characters'),
        ('{"codes": [0], "vehicle_type_id": 10}', '{incomplete}', 'rule 39: vehicle type 10'),
        ('{"codes": [0], "vehicle_type_id": 2}', '{}', 'rule 39: another vehicle type'),
        ('{"codes": [0], "body_class": "62"}', '{incomplete}', 'rule 39: an incomplete body'),
        ('{"codes": [0], "body_class": "116"}', '{incomplete}', 'rule 39: the last such body'),
        ('{"codes": [0], "body_class": "66"}', '{}', 'rule 39: another body'),
        ('{"codes": [0], "vehicle_type_id": 2, "body_class": "62"}', '{incomplete}', 'rule 39: an incomplete body of another vehicle type'),
        ('{"codes": [0], "is_year_ambiguous": true}', '{year}', 'rule 39: an ambiguous year'),
        ('{"codes": [14], "unused_positions": "5,6", "is_year_ambiguous": true, "vehicle_type_id": 10}',
            '{unused,incomplete,year}', 'rule 39: all in one order'),
        ('{"codes": [5, 14, 400], "unused_positions": "5,6", "invalid_characters": "5:?, 11:O", "is_year_ambiguous": true, "vehicle_type_id": 10}',
            '{five,unused,invalid,incomplete,year}', 'rule 39: cut to 500 characters')
    ) as t (pass, parts, reason)
    cross join lateral (
        select decoder.additional_error_text(
            decoder.current_release_id(), jsonb_populate_record(null::decoder.pass, t.pass::jsonb)
        ) as text
    ) as a
    where a.text is distinct from (
        select left(string_agg(part.text, ' ' order by n.ordinality), 500)
        from unnest(t.parts::text[]) with ordinality as n (name, ordinality)
        inner join part on part.name = n.name
    )
    $$,
    'what is told beside the codes'
);

select * from finish();
rollback;
