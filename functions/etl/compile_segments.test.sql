begin;
select plan(6);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.wmi (id, wmi, publicavailabilitydate) values (1, '1HG', '2015-01-01'), (2, '1A9001', '2015-01-01');
insert into vpic.vinschema (id, name) values (10, 'early'), (20, 'late'), (30, 'without patterns');
insert into vpic.element (id, name, isprivate, decode) values (13, 'Displacement (L)', false, 'Pattern');
insert into vpic.wmi_vinschema (wmiid, vinschemaid, yearfrom, yearto)
values (1, 10, 2000, 2005), (1, 20, 2003, null), (1, 30, 2010, 2010), (2, 20, 2003, 2004), (99, 10, 2000, 2001);
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values
    (1, 10, 'A[B-D]', 13, '2'), (2, 10, '*C', 13, '2'), (3, 20, 'X****|*A', 13, '2'), (4, 20, '#', 13, '2'),
    (5, 20, '*****|***Z', 13, '2'), (6, 20, '[oops', 13, '2');
do $$ begin perform etl.compile_wmis(1); perform etl.compile_keys(1); perform etl.compile_patterns(1); perform etl.compile_texts(1); end; $$;

select is(etl.compile_segments(1), 8::bigint, 'five spans of years for one WMI, one for the other, and for both the row without a year');

select results_eq(
    $$
    select wmi_id, year_from, year_to, schema_ids, link_years from catalog.segment order by wmi_id, year_from
    $$,
    $$
    values
        (1, 0, 0, array[30, 20, 10], array[2010, 2003, 2000]),
        (1, 2000, 2002, array[10], array[2000]),
        (1, 2003, 2005, array[20, 10], array[2003, 2000]),
        (1, 2006, 2009, array[20], array[2003]),
        (1, 2010, 2010, array[30, 20], array[2010, 2003]),
        (1, 2011, 2999, array[20], array[2003]),
        (2, 0, 0, array[20], array[2003]),
        (2, 2003, 2004, array[20], array[2003])
    $$,
    'years in which the same schemas hold; the latest link first; no end means NHTSA''s far year'
);

select is_empty(
    $$
    select a.wmi_id
    from catalog.segment as a
    inner join catalog.segment as b on b.wmi_id = a.wmi_id and b.year_from > a.year_from and b.year_from <= a.year_to
    $$,
    'no year of a WMI is in two segments'
);

select results_eq(
    $$
    select year_from, valid_characters[1], valid_characters[2], valid_characters[8], valid_characters[10]
    from catalog.segment where wmi_id = 1 order by year_from
    $$,
    $$
    values
        (0, null, null, null, null),
        (2000, 'A', 'BCD', null, null),
        (2003, '0123456789AX', 'BCD', 'A', 'Z'),
        (2006, '0123456789X', null, 'A', 'Z'),
        (2010, '0123456789X', null, 'A', 'Z'),
        (2011, '0123456789X', null, 'A', 'Z')
    $$,
    'what the patterns of the years know, by position; nothing is checked without a year; a malformed key says nothing'
);

select results_eq(
    'select valid_characters from catalog.segment where wmi_id = 2 and year_from = 2003',
    $$ values (array['0123456789X', null, null, null, null, null, null, 'A', null, null, null]) $$,
    'positions 12 to 14 of a small maker belong to its WMI'
);

select results_eq(
    'select year_from, has_formula, looks_past_descriptor from catalog.segment where wmi_id = 1 order by year_from',
    $$
    values
        (0, true, true), (2000, false, false), (2003, true, true), (2006, true, true), (2010, true, true), (2011, true, true)
    $$,
    'which segments have formulas, and which read behind the descriptor'
);

select * from finish();
rollback;
