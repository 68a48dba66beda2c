-- needs: fixture
begin;
select plan(4);

-- Aster cars: position 4 is the case, and its winner the series (34).
select is_empty(
    $$
    select t.reason, t.vin, m.value, m.keys, m.priority
    from (
        values
        ('1AAB1BC20LF000001', 2020, 'no time', 'B', 2010, 'rule 24: a null timestamp ranks first'),
        ('1AAC1BC20LF000001', 2020, 'changed in 2024', 'C', 2010, 'rule 24: the latest change, of any schema of one first year'),
        ('1AAD1BC20LF000001', 2020, 'changed in 2025', 'D', 2010, 'rule 18: the change counts before the creation'),
        ('1AAE1BC20LF000001', 2020, 'shorter key', 'E1', 2010, 'rule 24: the shorter key'),
        ('1AAF1BC20LF000001', 2020, 'two characters, three wildcards', 'F***2', 2010, 'rule 24: length without wildcards'),
        ('1AAG1BC20LF000001', 2020, 'two positions, two characters', 'G1', 2010, 'rule 24: length with brackets'),
        ('1AAH1BC20LF000001', 2020, 'H*B', 'H*B', 2010, 'rule 24: the alphabet'),
        ('1AAJ1BC20LF000001', 2020, '[J]', '[J]', 2010, 'rule 24: the alphabet without brackets'),
        ('1AAK1BC20LF000001', 2020, 'older row', 'K', 2010, 'rule 24: the older row'),
        ('1AAL1BC20GF000001', 2016, 'link of 2015', 'L1B', 2015, 'rule 24: the later first year before the later change'),
        ('1AAL1BC20LF000001', 2020, 'link of 2010, no time', 'L', 2010, 'rule 16: the other link ended in 2018'),
        ('1AAN9BC20LF000001', 2020, 'winner', 'N', 2010, 'rule 24: the latest change'),
        ('1AAM1BC20LF000001', 2020, null, null, null, 'no pattern states it')
    ) as t (vin, year, value, keys, priority, reason)
    left join catalog.segment as s
        on s.release_id = decoder.current_release_id() and s.wmi_id = 1 and t.year between s.year_from and s.year_to
    left join lateral decoder.match_patterns(
        s.release_id, s.schema_ids, s.link_years, decoder.image_symbols(vin.key_image(t.vin))
    ) as m on m.element_id = 34
    where (m.value, m.keys, m.priority) is distinct from (t.value, t.keys, t.priority) or m.source <> 'Pattern'
    $$,
    'one value of an element'
);

prepare matched (text, int, int) as
select m.value
from catalog.segment as s
cross join lateral decoder.match_patterns(
    s.release_id, s.schema_ids, s.link_years, decoder.image_symbols(vin.key_image($1))
) as m
where s.release_id = decoder.current_release_id() and s.wmi_id = $2 and 2020 between s.year_from and s.year_to and m.element_id = $3
order by m.value;

select results_eq(
    $$execute matched('1AAA1BC20LF000001', 1, 114)$$,
    $$values ('first note'), ('second note'), ('third note')$$,
    'rules 16 and 23: every note, and each once though its schema is linked twice'
);

select results_eq(
    $$execute matched('1AJB1112?LF000001', 11, -18)$$,
    $$values ('2')$$,
    'rule 19: the younger row chooses the engine model'
);

select results_eq(
    $$execute matched('1AJB1112?LF000001', 11, 18)$$,
    $$values ('EM-1')$$,
    'rule 24: the older row is shown'
);

select * from finish();
rollback;
