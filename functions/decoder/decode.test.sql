-- needs: fixture
begin;
select plan(5);

-- Error codes, and the model year that was decided for.
select is_empty(
    $$
    select t.reason, t.vin, t.model_year, p.codes, p.year
    from (
        values
        -- Rule 1: any text.
        ('1AAA1BC27LF000001', null, '0', 2020, 'code 0: a clean decode'),
        ('  1aaa1bc27lf000001 ', null, '0', 2020, 'rule 1: small letters, spaces around'),
        (null, null, '7,11', null, 'rule 1: null'),
        (null, 2020, '7,11', null, 'rule 1: null with a year'),
        ('', null, '6,7,11', null, 'rule 1: nothing'),
        ('   ', null, '6,7,11', null, 'rule 1: only spaces'),
        ('1', null, '6,7,11', null, 'rule 4: less than a WMI'),
        ('1AA', null, '6,8,11', null, 'rule 15: a WMI alone matches no key'),
        ('1AAA1', null, '6,11', null, 'code 6: a part of a VIN'),
        ('1AAA1BC27LF00001', null, '6', 2020, 'code 6: 16 characters'),
        ('1AAA1BC27LF0000011', null, '400', null, 'rule 1: 18 characters are refused'),
        (E'1AA\t1BC27LF000001', null, '1,4,14,400', 2020, 'rule 35: a tab is a wrong character'),

        -- Rules 36 and 37: check digit and exceptions.
        ('1AAA1BC20LF000001', null, '1', 2020, 'code 1: a wrong check digit'),
        ('1AAA1BC20LF000009', null, '0', 2020, 'rule 36: a known exception'),
        ('1AAA1BC22LF000009', null, '1', 2020, 'rule 36: an exception that is none'),
        ('1ALA1BC28LF000001', null, '0,10', 2020, 'rules 33 and 37: off-road, and clean'),
        ('1ALA1BC2ALF000001', null, '1,10', 2020, 'rule 35: an off-road vehicle may have a letter in position 9'),
        ('1AAA1BC2ALF000001', null, '1,400', 2020, 'rule 35: others may not'),
        ('1ALB1BC22LF000001', null, '0,9', 2020, 'rules 33 and 37: a glider, and clean'),
        ('1ADA1BC23LF000001', null, '0,14', 2020, 'rule 37: clean without a model is 14'),
        ('1AAA1BC27LF0A0001', null, '1,400', 2020, 'rule 35: position 13 of a light vehicle'),
        ('1ACA1BC28LF0A0001', null, '1', 2020, 'rule 35: position 13 of another'),

        -- Rules 4, 5, 29: WMIs.
        ('9ZZA1BC27LF000001', null, '1,7', 2020, 'code 7: an unknown WMI'),
        ('1AEA1BC29LF000001', null, '7', 2020, 'rule 5: one that was never published'),
        ('1AFA1BC24LF000001', null, '7', 2020, 'rule 5: one that is not published yet'),
        ('1AEA1BC29LF0A0001', null, '1,7,400', 2020, 'rule 5: its vehicle type still tells where digits are'),
        ('9ZZA1BC29LF0A0001', null, '1,7', 2020, 'rule 35: an unknown one is not light'),
        ('1AEA1B529LF000001', 2020, '1,7', 2020, 'rule 5: its links still decide the cycle'),
        ('1AEA1B529LF000001', 1990, '1,7,12', 1990, 'rule 5: so the other cycle is the caller''s'),
        ('1ARA1BC20LF000001', null, '8', 2020, 'code 8: a WMI without schemas'),
        ('1A9A1BC26LF001234', null, '0,14', 2020, 'rule 4: six characters'),
        ('1A9A1BC26LF002234', null, '1,7', 2020, 'rule 4: not the three that other VINs have'),
        ('1A9A1BC2*LF00', null, '6,14', 2020, 'rule 4: a 13-character VIN has three'),

        -- Rules 6 to 9 and 12: years.
        ('1AAA1B527LF000001', null, '1', 2020, 'rule 8: a light vehicle of the first cycle, which is not covered'),
        ('1AAA1B525WF000001', null, '0', 2028, 'rule 8: the same at the end of the window'),
        ('1AAA1B523XF000001', null, '8', 1999, 'rule 8: no further'),
        ('1ABA1BC22LF000001', null, '0', 1990, 'rule 8: one of the second, which is not covered'),
        ('1ABA1BC22LF000001', 2020, '0,12', 1990, 'rules 8 and 11: nothing known for the caller''s year'),
        ('1AAA1BC27UF000001', null, '1,11,400', null, 'code 11: U is no year'),
        ('1ACA1BC200F000001', null, '1,11,400', null, 'rule 9: one pass without a year'),
        ('1ACA1BC2X2F000001', null, '8', 2002, 'rule 7: 2032 is too far away, and 2002 not covered'),
        ('1ACA1BC20XF000001', null, '0', 1999, 'rule 7: 2029 is too far away'),

        -- Rules 11 to 13: the caller's year.
        ('1AAA1BC27LF000001', 2020, '0', 2020, 'rule 11: the same year'),
        ('1AAA1BC27LF000001', 2015, '0,12', 2015, 'rule 11: another year that is covered is final'),
        ('1AAA1BC27LF000001', 2003, '0,12', 2020, 'rule 11: one that is not is tried and given up'),
        ('1AAA1BC27LF000001', 1979, '0,12', 2020, 'rule 12: before the window'),
        ('1AAA1BC27LF000001', 2029, '0,12', 2020, 'rule 12: after the window'),
        ('1AAA1BC27LF000001', 2028, '0,12', 2028, 'rule 11: the last year of the window'),
        ('1AAA1BC27LF000001', -5, '0,12', 2020, 'rule 12: nonsense'),
        ('1ACA1BC28LF000001', 1990, '0', 1990, 'rule 11: the other candidate'),
        ('1ACA1BC28LF000001', 1985, '0,12', 1985, 'rule 11: a year of neither, covered'),
        ('1ACA1BC28LF000001', 2005, '0,12', 2020, 'rule 11: not covered: both candidates are tried'),
        ('1ADA1BC23LF000001', 1990, '0,12,14', 2020, 'rule 43: a candidate without data loses, though it is the caller''s'),
        ('1AAA1BC270F000001', 2018, '1,12,400', 2018, 'rule 11: the caller''s year where position 10 has none'),
        ('1AAA1BC270F000001', 2003, '1,8,12,400', 2003, 'rule 11: final even without data, as there is no other year'),
        ('1AAA1BC270F000001', 2050, '1,11,400', null, 'rule 12: two years are needed to differ'),

        -- Rule 43: the choice between two cycles.
        ('1ACA1BC28LF000001', null, '0', 2020, 'rule 43d: the later year'),
        ('1ACB1BC22LF000001', null, '0', 1990, 'rule 43a: lighter errors'),
        ('1ACC1BC27LF000001', null, '0', 1990, 'rule 43b: weightier elements'),
        ('1ACD1BC21LF000001', null, '0', 1990, 'rule 43c: more patterns'),
        ('1ACE1BC26LF000001', null, '0', 1990, 'rule 43b: unresolved lookups weigh too')
    ) as t (vin, model_year, codes, year, reason)
    cross join lateral decoder.decode(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as p
    where (array_to_string(p.codes, ','), p.year) is distinct from (t.codes, t.year)
    $$,
    'error codes and years'
);

-- What is said about positions.
select is_empty(
    $$
    select t.reason, t.vin, p.codes, p.suggested_vin, p.possible_values, p.unused_positions, p.invalid_characters
    from (
        values
        ('1ANA1BC29LF000001', '0', '', '', null, null, 'nothing'),
        ('1ANX1BC26LF000001', '2,14', '1ANA1BC26LF000001', '(4:A)', '4', null, 'code 2: one character fits'),
        ('1ANA9BC29LF000001', '1,3,14', '1ANA1BC29LF000001', '(5:1)', '5', null, 'code 3: the check digit chooses'),
        ('1ANA9BC28LF000001', '4,14', '1ANA!BC28LF000001', '(5:123)', '5', null, 'code 4: it cannot'),
        ('1ANX9BC25LF000001', '5,14', '1AN!!BC25LF000001', '(4:A)(5:123)', '4,5', null, 'code 5: two positions'),
        ('1ANA1BC26LF900001', '4', '1ANA1BC26LF!00001', '(12:012345)', null, null, 'rule 30: position 12'),
        ('1ANA1BP26LF000001', '0,14', '', '', '7', null, 'rule 30: private elements make characters valid'),
        ('1ANA1BC24LU000001', '0,14', '', '', '11', null, 'rule 30: so do unchecked schemas'),
        ('1ANA1BC2*0FA00001', '1,11,400', '1ANA1BC2*!FA00001', '', null, '10:0', 'rule 30: without a year no position is checked'),
        ('1A9A1BC26LF001234', '0,14', '', '', null, null, 'rule 30: positions 12-14 of a small maker are never checked'),
        ('1AAN9BC24LF000001', '0,14', '', '', '5', null, 'trap: the key of a loser does not make a position used'),
        ('1AAA1B*27LF000001', '1,4,14', '1AAA1B!27LF000001', '(7:0123456789ABCDEF)', '7', null, 'trap: a * in a VIN is data'),
        ('1AGHIB111FF000001', '1,14,400', '1AGH!B111FF000001', '', '5,6,7,8', '5:I', 'trap: an I in a range does not make a position used'),
        ('1AGDIB111FF000001', '1,14,400', '1AGD!B111FF000001', '', '6,7,8', '5:I', 'rule 30: listed it does'),
        ('1AA_1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:_', 'trap: _ in a VIN'),
        ('1AA#1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:#', 'trap: # in a VIN'),
        ('1AA%1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:%', 'trap: % in a VIN'),
        ('1AA,1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:,', 'trap: , in a VIN'),
        ('1AA-1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:-', 'trap: - in a VIN'),
        ('1AAß1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:ß', 'trap: another alphabet'),
        ('1AA' || chr(127) || '1BC27LF000001', '1,4,14,400', '1AA!1BC27LF000001', '(4:ABCDEFGHJKLMNPRSTUVWXYZ)', '4', '4:' || chr(127), 'a control character'),
        ('1AA1A!"§$%&/()=?`', '1,8,11,400', '1AA1A!!!!!!!!!!!!', '', null,
            '6:!, 7:", 8:§, 9:$, 10:%, 11:&, 12:/, 13:(, 14:), 15:=, 16:?, 17:`', 'nothing but signs')
    ) as t (vin, codes, suggested_vin, possible_values, unused_positions, invalid_characters, reason)
    cross join lateral decoder.decode(decoder.current_release_id(), t.vin, null, '2026-06-30') as p
    where (array_to_string(p.codes, ','), p.suggested_vin, p.possible_values, p.unused_positions, p.invalid_characters)
        is distinct from (t.codes, t.suggested_vin, t.possible_values, t.unused_positions, t.invalid_characters)
    $$,
    'positions and characters'
);

-- Rule 2: the clock is an input.
select is_empty(
    $$
    select t.reason, t.vin, t.as_of, p.codes, p.year
    from (
        values
        ('1AFA1BC24LF000001', '2099-01-01 23:59:59', '7', 2020, 'rule 5: a moment before it is published'),
        ('1AFA1BC24LF000001', '2099-01-02', '8', 2020, 'rule 5: the moment it is published'),
        ('1AAA1BC27LF000001', '2014-12-31', '7', 1990, 'rule 5: before all of them were'),
        ('1ACA1BC22WF000001', '2026-06-30', '0', 2028, 'rule 2: 2028 is plausible in 2026'),
        ('1ACA1BC22WF000001', '2025-12-31', '0', 1998, 'rule 2: not in 2025, and 1998 is known')
    ) as t (vin, as_of, codes, year, reason)
    cross join lateral decoder.decode(decoder.current_release_id(), t.vin, null, t.as_of::timestamp) as p
    where (array_to_string(p.codes, ','), p.year) is distinct from (t.codes, t.year)
    $$,
    'the clock'
);

select performs_ok(
    $$
    select decoder.decode(decoder.current_release_id(), v, null, '2026-06-30')
    from unnest(array[repeat('A', 3000000), repeat(' ', 3000000) || '1AAA1BC27LF000001' || repeat(' ', 3000000), repeat('ß', 3000000)]) as v
    $$,
    5000,
    'megabytes are never looked at'
);

select is(
    (decoder.decode(decoder.current_release_id(), repeat(' ', 100000) || '1AAA1BC27LF000001', null, '2026-06-30')).codes,
    array[0],
    'a VIN behind many spaces'
);

select * from finish();
rollback;
