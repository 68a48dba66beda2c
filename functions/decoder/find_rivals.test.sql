-- needs: fixture
begin;
select plan(1);

-- Aster cars: position 4 is the case, and the loser's reason is the rule that decided.
select is_empty(
    $$
    select t.reason, t.vin, r.*
    from (
        values
        ('1AAB1BC20LF000001', 2020, 'changed in 2024', '%changed earlier%', 'rule 24: a null timestamp ranks first'),
        ('1AAC1BC20LF000001', 2020, 'changed in 2023', '%changed earlier%', 'rule 24: the latest change'),
        ('1AAE1BC20LF000001', 2020, 'longer key', '%longer%', 'rule 24: the shorter key'),
        ('1AAG1BC20LF000001', 2020, 'one position, three characters', '%longer%', 'rule 24: brackets count'),
        ('1AAH1BC20LF000001', 2020, 'H1', '%alphabet%', 'rule 24: the alphabet'),
        ('1AAJ1BC20LF000001', 2020, 'J1B', '%alphabet%', 'rule 24: without brackets'),
        ('1AAK1BC20LF000001', 2020, 'younger row', '%younger%', 'rule 24: the older row'),
        ('1AAL1BC20GF000001', 2016, 'link of 2010, no time', '%since 2010%since 2015%', 'rule 24: the later link year'),
        ('1AAM1BC20LF000001', 2020, null, null, 'no rival')
    ) as t (vin, year, value, text, reason)
    left join lateral (
        select f.value, f.reason
        from catalog.wmi as w
        inner join catalog.segment as s on s.release_id = w.release_id and s.wmi_id = w.wmi_id and t.year between s.year_from and s.year_to
        cross join lateral (select decoder.image_symbols(vin.key_image(t.vin)) as symbols) as i
        cross join lateral decoder.find_rivals(
            w.release_id, s, i.symbols, (decoder.find_items(w.release_id, w, s, t.vin, i.symbols, t.year, '')).items
        ) as f
        where w.release_id = decoder.current_release_id() and w.wmi = '1AA' and f.element_id = 34
    ) as r on true
    where r.value is distinct from t.value or (t.text is not null and not coalesce(r.reason like t.text, false))
    $$,
    'patterns that lost, and why'
);

select * from finish();
rollback;
