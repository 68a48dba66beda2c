-- needs: fixture
begin;
select plan(6);

-- Values of one element, several joined by " + ", a missing one as null, a value that is null as NULL.
select is_empty(
    $$
    select t.reason, t.vin, t.element_id, d.values
    from (
        values
        -- Rules 20, 25 and 26: what comes from the WMI, and makes.
        ('1AAA1BC27LF000001', null, 39, 'PASSENGER CAR', 'rule 20: the vehicle type in upper case'),
        ('1AAA1BC27LF000001', null, 27, 'ASTER MOTORS', 'rule 20: the manufacturer in upper case'),
        ('1ADA1BC23LF000001', null, 27, 'STRAßE & SÖHNE', 'trap: ß stays one character'),
        ('1ARA1BC20LF000001', null, 27, 'NULL', 'rule 20: no manufacturer'),
        ('1AAA1BC27LF000001', null, 29, '2020', 'rule 20: the year'),
        ('1ACA1BC200F000001', null, 29, null, 'rule 20: no year, no item'),
        ('1AAA1BC27LF000001', null, 26, 'ASTER', 'rule 25: the model''s make'),
        ('1APA11123LF000001', null, 26, 'ASTER + BORA ', 'rule 48: both makes of a model'),
        ('1APB11128LF000001', null, 26, null, 'rule 25: a model of no make has none, though the WMI has'),
        ('1APC11122LF000001', null, 28, 'NULL', 'trap: an unknown model id'),
        ('1APC11122LF000001', null, 26, null, 'rule 25: and no make'),
        ('1APD11127LF000001', null, 28, 'NULL', 'trap: a model that is no id'),
        ('1APE11121LF000001', null, 26, 'STRAßE', 'rule 25: the make of the model, not of the WMI'),
        ('1APE11121LF000001', null, 28, 'Delta ', 'rule 46: names keep their case and their blanks'),
        ('1APG11120LF000001', null, 26, 'ASTER', 'rule 26: without a model the WMI''s only make'),
        ('1ADA1BC23LF000001', null, 26, null, 'rule 26: a WMI without makes'),
        ('1ACA1BC2X2F000001', null, 26, null, 'rule 26: a WMI with two'),
        ('1A9A1BC26LF001234', null, 26, 'STRAßE', 'rule 4: the small maker''s'),
        ('1A9A1BC2*LF00', null, 26, 'ASTER', 'rule 4: the other maker of that beginning'),
        ('9ZZA1BC27LF000001', null, 39, null, 'rule 5: nothing for an unknown WMI'),
        ('1AEA1BC29LF000001', null, 27, null, 'rule 5: nothing for an invisible one'),

        -- Rules 16 and 24: schemas and ranking.
        ('1AAB1BC2*LF000001', null, 34, 'no time', 'rule 24: a null timestamp ranks first'),
        ('1AAL1BC2*GF000001', null, 34, 'link of 2015', 'rule 24: the later link year before everything'),
        ('1AAL1BC2*LF000001', null, 34, 'link of 2010, no time', 'rule 16: links end'),
        ('1ACA1BC200F000001', null, 28, 'Beta', 'rule 16: without a year all links count, the latest first'),
        ('1AAA1BC27LF000001', null, 114, 'first note + second note + third note', 'rule 23: every note'),

        -- Rules 18 and 46: what may be stated, and how it is shown.
        ('1APF11126LF000001', null, 26, 'ASTER', 'rule 18: a pattern states no make'),
        ('1APF11126LF000001', null, 27, 'ASTER MOTORS', 'rule 18: no manufacturer'),
        ('1APF11126LF000001', null, 29, '2020', 'rule 18: no year'),
        ('1APF11126LF000001', null, 39, 'PASSENGER CAR', 'rule 18: no vehicle type'),
        ('1APF11126LF000001', null, 96, null, 'rule 18: private elements'),
        ('1APF11126LF000001', null, 186, null, 'rule 47: private elements, though multi-valued'),
        ('1APF11126LF000001', null, 900, null, 'rule 18: undecoded elements'),
        ('1APF11126LF000001', null, 901, null, 'rule 47: elements that are not shown'),
        ('1APG11120LF000001', null, 24, 'NULL', 'rule 46: 04 is not 4'),
        ('1APG11120LF000001', null, 15, 'FWD/Front-Wheel Drive', 'rule 46: 4 is'),
        ('1APH11125LF000001', null, 38, 'Sport Line  Plus', 'rule 46: tabs and line ends become spaces'),
        ('1APJ11123LF000001', null, 38, null, 'rule 18: an unchecked schema says nothing'),

        -- Rules 19 and 27: engines.
        ('1AJA11120LF000001', null, 9, '6', 'rule 19: an engine model, found without case and blanks'),
        ('1AJA11120LF000001', null, 11, '3000.0', 'trap: its displacement is converted'),
        ('1AJB11125LF000001', null, 18, 'EM-1', 'rule 24: the older row is shown'),
        ('1AJB11125LF000001', null, 9, '8', 'rule 19: the younger chooses the engine model'),
        ('1AJB11125LF000001', null, 39, 'PASSENGER CAR', 'rule 24: an engine model states no vehicle type'),
        ('1AJC1112XLF000001', null, 9, '12', 'rule 24: a pattern before an engine model'),
        ('1AJD11124LF000001', null, 9, null, 'rule 19: no engine model of that name'),
        ('1AJK11125LF000001', null, 11, '0', 'rule 27: TBD becomes 0'),
        ('1AJL1112XLF000001', null, 12, '122.0474881894645679', 'trap: of two sources the one changed last'),
        ('1AJM11124LF000001', null, 12, '121.9254407012751033', 'trap: at one instant the first conversion'),
        ('1AJP11128LF000001', null, 12, '182.9491847960073873', 'trap: a pattern before the engine model'),
        ('1AHJ11129LF000001', null, 12, '0', 'rule 27: a formula''s attribute'),

        -- Rule 21: formulas.
        ('1AHA12B2*LF000001', null, 111, '12', 'rule 21: digits of the VIN'),
        ('1AHG1112*LF000001', null, 111, 'pattern', 'rule 24: a pattern before a formula'),
        ('1AHH11120LF000001', null, 9, '1', 'rule 24: a formula before an engine model'),
        ('1AHM1232*LF000001', null, 111, null, 'rule 45: no formula of an unchecked schema, and no empty answer'),

        -- Rules 28 and 42: specifications and defaults.
        ('1AMA1BC23LF000001', null, 25, 'Class 1B: 3,001 - 4,000 lb (1,360 - 1,814 kg)', 'rule 28: all keys hold'),
        ('1AMA1BC21MF000001', null, 25, null, 'rule 28: another year'),
        ('1AMA1DC29LF000001', null, 25, 'Class 1C: 4,001 - 5,000 lb (1,814 - 2,268 kg)', 'rule 28: another trim'),
        ('1AMA1BC23LF000001', null, 5, 'Sedan/Saloon', 'rule 28: nothing over what is stated'),
        ('1AMA1DC29LF000001', null, 1, 'battery of the pattern + battery of the specification', 'rule 28: element 1 always'),
        ('1AMA1DC29LF000001', null, 114, 'note of the pattern + younger note', 'rule 28: notes always, one of them'),
        ('1AMB1BC28LF000001', null, 110, null, 'rule 28: another model'),
        ('1AMC1BC22LF000001', null, 110, null, 'rule 28: no model'),
        ('1AMA1BC23LF000001', null, 2, 'Not Applicable', 'rule 42: a lookup''s default 0'),
        ('1AMA1BC23LF000001', null, 121, '0', 'rule 42: another element''s'),
        ('1AMA1BC23LF000001', null, 37, 'Automatic', 'rule 42: a pattern before a default'),
        ('1AMB1BC28LF000001', null, 37, 'NULL', 'rule 42: a default that finds nothing'),
        ('1ADA1BC23LF000001', null, 14, '0', 'rule 42: of the vehicle type'),

        -- Rules 38 to 41: corrections.
        ('1AAA1BC27LF000001', null, 143, '0', 'rule 38: codes'),
        ('1AAA1BC27LF000001', null, 142, '', 'rule 41: empty, but there'),
        ('1AAA1BC27LF000001', null, 144, '', 'rule 41: empty, but there'),
        ('1AAA1BC27LF000001', null, 156, 'NULL', 'rule 39: nothing to tell is null'),
        ('1AMC1BC22LF000001', null, 156, 'NULL', 'rule 39: code 14 without positions is null as well'),
        ('1AAN9BC24LF000001', null, 156, 'Unused position(s): 5.', 'rule 39: unused positions'),
        ('1ADA1BC23LF000001', null, 156, 'The Model Year decoded for this VIN may be incorrect. If you know the Model year, please enter it and decode again to get more accurate information.',
            'rule 39: the 14 of rule 37 is null, the year''s note is told'),
        ('1AAA1BC27UF000001', null, 156, 'Invalid character(s): 10:U.', 'rule 39: invalid characters'),
        ('1AKA1BC22LF000001', 2020, 143, '0', 'rule 12: the year that both think of'),
        ('1ANX9BC25LF000001', null, 142, '1AN!!BC25LF000001', 'rule 31: suggested VIN'),
        ('1ANX9BC25LF000001', null, 144, '(4:A)(5:123)', 'rule 31: possible values'),
        ('1ALA1BC2ALF000001', null, 143, '1,10', 'rule 33: off-road'),
        ('1AAA1BC27LF000001', null, 196, '1AAA1BC2*LF', 'rule 40: the descriptor'),
        ('1A9A1BC26LF001234', null, 196, '1A9A1BC2*LF001', 'rule 40: the descriptor of a small maker'),
        ('1AAA1', null, 196, '1AAA1******', 'rule 40: of a part of a VIN'),
        (null, null, 143, '7,11', 'rule 1: null'),
        (null, null, 196, '***********', 'rule 40: null'),
        ('', null, 143, '6,7,11', 'rule 1: nothing'),
        (repeat('A', 100000), null, 143, '400', 'rule 1: too long')
    ) as t (vin, model_year, element_id, expected, reason)
    cross join lateral (
        select string_agg(coalesce(d.value, 'NULL'), ' + ' order by d.value collate "C") as values
        from decoder.decode_elements(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as d
        where d.element_id = t.element_id
    ) as d
    where d.values is distinct from t.expected
    $$,
    'values'
);

-- Where a value comes from.
select is_empty(
    $$
    select t.reason, t.vin, t.element_id, d.source, d.keys, d.value_id
    from (
        values
        ('1AAA1BC27LF000001', null, 28, 'Pattern', '[A-Z]', '11', 'rule 18: the key of the pattern'),
        ('1AAA1BC27LF000001', null, 26, 'pattern - model', '[A-Z]', '1', 'rule 25: the key of the model'),
        ('1APG11120LF000001', null, 26, 'Make', '1AP', '1', 'rule 26: the WMI'),
        ('1AAA1BC27LF000001', null, 27, 'Manu. Name', '1AA', '1', 'rule 20: the WMI'),
        ('1A9A1BC26LF001234', null, 39, 'VehType', '1A9001', '6', 'rule 20: of six characters'),
        ('1AAA1BC27LF000001', null, 29, 'ModelYear', '***X*|Y', '2020', 'rule 13: position 10'),
        ('1AAA1BC27LF000001', 2020, 29, 'ModelYear', '***X*|Y', '2020', 'rule 13: the caller''s year is the VIN''s'),
        ('1AAA1BC27LF000001', 2015, 29, 'ModelYear', '2015', '2015', 'rule 13: the caller''s year'),
        ('1AAA1BC27LF000001', 2003, 29, 'ModelYear', '2003', '2020', 'trap: it sticks where it was given up'),
        ('1AAA1BC27LF000001', 1979, 29, 'ModelYear', '***X*|Y', '2020', 'rule 13: out of the window it was never tried'),
        ('1AHA12B2*LF000001', null, 111, 'Formula Pattern', 'A##', 'TBD', 'rule 21: the attribute stays'),
        ('1AJA11120LF000001', null, 9, 'EngineModelPattern', 'A', '6', 'rule 19: the key of the engine model''s pattern'),
        ('1AJA11120LF000001', null, 12, 'Conversion 7: 3.0 / 0.016387064 ', 'A', '183.0712322841968519', 'rule 27: the formula with its value'),
        ('1AMA1BC23LF000001', null, 25, 'Vehicle Specs', '', '2', 'rule 28: no key'),
        ('1AMA1BC23LF000001', null, 2, 'Default', null, '0', 'rule 42: null keys'),
        ('1APH11125LF000001', null, 38, 'Pattern', 'H', E'Sport\tLine\r\nPlus', 'rule 46: the attribute stays as it is'),
        ('1AAA1BC27LF000001', null, 143, 'Corrections', '', '0', 'rule 41: corrections')
    ) as t (vin, model_year, element_id, source, keys, value_id, reason)
    left join lateral decoder.decode_elements(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as d
        on d.element_id = t.element_id
    where (d.source, d.keys, d.value_id) is distinct from (t.source, t.keys, t.value_id)
    $$,
    'sources and keys'
);

-- Which keys match: each note is the text of its key.
select is_empty(
    $$
    select t.reason, t.vin, d.notes
    from (
        values
        ('1AGA1B11*FF000001', '*****,******,*****|*F,A,A*B', 'trap: a malformed key costs itself only; 11 of them are in this schema'),
        ('1AGA', 'A', 'trap: a missing character is no wildcard'),
        ('1AGA1B11', '*****,A,A*B', 'trap: six characters need a year'),
        ('1AGA1B11*F', '*****,******,A,A*B', 'trap: a wildcard matches the |'),
        ('1AGB1', 'B[12]', 'rule 17: a class'),
        ('1AGB4', 'B[3-5X-Z8],B[3-5]', 'rule 17: ranges'),
        ('1AGB8', 'B[3-5X-Z8]', 'rule 17: and listed ones'),
        ('1AGC1', 'C[1-A-JT]', 'rule 17: 1-A is 1A'),
        ('1AGCG', 'C[1-A-JT]', 'rule 17: 1-A is 1A, and A-J goes on'),
        ('1AGC5', null, 'rule 17: 1-A is no range'),
        ('1AGDI', 'D[IOQ]', 'rule 17: I, O, Q listed'),
        ('1AGHO', 'H[H-R]', 'rule 17: I, O, Q in a range'),
        ('1AGEX', 'E_', 'rule 17: _ is a wildcard of LIKE'),
        ('1AGE1X', 'E_', 'rule 17: not beside a class'),
        ('1AGE1_', 'E[1]_,E_', 'rule 17: there it is itself'),
        ('1AGE_', 'E[_2],E_', 'trap: a _ in a VIN is a character'),
        ('1AGF#', '#,F#', 'trap: a # in a VIN meets a # of a key, and is the formula''s value'),
        ('1AGF7', '7', 'rule 17: a digit does not; it is the formula''s value'),
        ('1AGG*', null, 'rule 17: no class holds a *'),
        ('1AGA*', 'A', 'rule 17: a * in a VIN is data'),
        ('1AG*****', '*****', 'rule 17: which a wildcard matches'),
        ('1AGA%B-,*', '*****,A,A*B', 'trap: so it does % - ,'),
        ('1AGZ1111*LF777777', '*****|********,*****|*******7,*****|******7,*****|**7,*****|L', 'rule 15: keys up to VIN 17'),
        ('1AGZ1111*LF700007', '*****|********,*****|*******7,*****|**7,*****|L', 'rule 15: keys that look past VIN 11'),
        ('1AGZ1111*LF77777', '*****|******7,*****|**7,*****|L', 'trap: a missing character is no wildcard'),
        ('1AGZ1111*MF077700', '*****|********', 'rule 15: the year''s letter in a key')
    ) as t (vin, expected, reason)
    cross join lateral (
        select string_agg(d.value, ',' order by d.value collate "C") as notes
        from decoder.decode_elements(decoder.current_release_id(), t.vin, null, '2026-06-30') as d
        where d.element_id = 114
    ) as d
    where d.notes is distinct from t.expected
    $$,
    'keys that match'
);

select is(
    (
        select count(*)
        from vpic.pattern as p
        where p.vinschemaid = 161
            and not exists (
                select
                from catalog.pattern_key as k
                where k.release_id = decoder.current_release_id() and k.schema_id = p.vinschemaid and k.keys = p.keys
            )
    ),
    11::bigint,
    'malformed keys are in the source and not in the release'
);

-- Rules 41 and 47.
select is_empty(
    $$
    select t.vin, c.count
    from unnest(array['1AAA1BC27LF000001', '9ZZ', '', null, repeat('X', 1000), '1AA_%#,-']) as t (vin)
    cross join lateral (
        select count(distinct d.element_id)
        from decoder.decode_elements(decoder.current_release_id(), t.vin, null, '2026-06-30') as d
        where d.element_id in (142, 143, 144, 156, 191, 196) and d.source = 'Corrections'
    ) as c
    where c.count <> 6
    $$,
    'rule 41: six corrections, whatever is asked'
);

select is_empty(
    $$
    select d.element_id, d.group_rank, d.confidence
    from (
        select d.*, lag(d.group_rank, 1, 0) over () as rank_before
        from decoder.decode_elements(decoder.current_release_id(), '1AMA1DC29LF000001', null, '2026-06-30') as d
    ) as d
    where d.group_rank < d.rank_before
        or d.confidence not between 0 and 1
        or (d.element_id in (28, 142, 1)) and d.group_rank <> (case d.element_id when 28 then 1 when 1 then 14 else 99 end)
    $$,
    'rule 47: the order of groups; a confidence for every value'
);

select * from finish();
rollback;
