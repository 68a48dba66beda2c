-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(6);

-- That what it answers is right, decoder.decode_by_keys' test and decode_document's on real data tell; here, what it leaves out.
create function pg_temp.answered(vin text, model_year int default null, as_of timestamp default '2026-06-30') returns boolean
    language plpgsql
as $$
declare
    phrase catalog.phrase;
begin
    select p.* into phrase from catalog.phrase as p where p.release_id = decoder.current_release_id();
    return exists (
        select
        from decoder.decode_by_patterns(
            phrase.release_id, array[vin], array[model_year], as_of, phrase.heads, phrase.pattern_confidences, phrase.element_weights
        )
    );
end;
$$;

select is_empty(
    $$
    select t.reason, v.vin, t.model_year
    from (
        values
        ('1ALA1BC28LF000001', null, true, 'keys that contest nothing are patterns, too'),
        ('1ALA1BC28LF000001', 2020, true, 'the year that it is'),
        ('1ALA1BC28LF000001', 1900, true, 'a year that none is'),
        ('1ALA1BC28LF000001', 2000, false, 'another year of the caller''s'),
        ('1ACA1BC2ALF000001', null, true, 'two years with data and no error: the weightier'),
        ('1ACA1BC2ALF000001', 1900, true, 'a year that none is'),
        ('1ACA1BC2ALF000001', 2020, false, 'the caller''s year of two with data: the errors decide'),
        ('1ACB1BC2ALF000001', null, true, 'two years with data, one does not know a character'),
        ('1ACC11112LF000001', null, false, 'two years with data, neither knows a character'),
        ('1AMA1BC23LF000001', null, false, 'specifications'),
        ('1AJA11123LF000001', null, false, 'a rule for the year that the data does not know'),
        ('1APA11123LF000001', null, false, 'a model of two makes'),
        ('1AAB1BX23GF000001', null, false, 'a character that nothing knows'),
        ('1ARA1BC20LF000001', null, false, 'a maker without data'),
        ('1AAA1BC27LF000001', null, false, 'an exception of the descriptor'),
        ('9ZZA1BC27LF000001', null, false, 'an unknown maker')
    ) as t (vin, model_year, expected, reason)
    cross join lateral (select overlay(t.vin placing vin.check_digit(t.vin) from 9 for 1) as vin) as v
    where pg_temp.answered(v.vin, t.model_year) is distinct from t.expected
    $$,
    'where more than the patterns decides it has no answer'
);

-- Every story of engine models, displacements and formulas: position 4 tells them apart. The digit in position 7 says nothing
-- about a heavy vehicle's year.
update catalog.wmi set is_light = false where wmi in ('1AJ', '1AH');
create temporary table story as
select
    v.vin, (v.own || d.common)::jsonb as told, d.is_common as told_common,
    (b.own || b.common)::jsonb as expected, b.is_common
from (
    select vin.vin, decoder.regular_json(vin.vin) as own
    from (values ('1AJ'), ('1AH')) as maker (wmi)
    cross join string_to_table('ABCDEFGHJKLMNPR', null) as story (letter)
    cross join lateral (select maker.wmi || story.letter || '11120LF000001' as text) as a
    cross join lateral (select overlay(a.text placing vin.check_digit(a.text) from 9 for 1) as vin) as vin
) as v
cross join catalog.phrase as p
cross join lateral decoder.describe_vin(p.release_id, v.vin, null, '2026-06-30') as b
left join lateral decoder.decode_by_patterns(
    p.release_id, array[v.vin], null, '2026-06-30', p.heads, p.pattern_confidences, p.element_weights
) as d on true
where p.release_id = decoder.current_release_id();
select results_eq(
    $$ select substr(vin, 3, 2), expected -> 'errors' -> 0 -> 'code' from story where told is null order by 1 $$,
    $$ values ('JJ', '8'::jsonb) $$,
    'it answers all of them but one that no pattern matches'
);
select is_empty(
    $$
    select s.vin, s.told, s.expected
    from story as s
    where s.told is not null
        and (
            s.told - 'rawData' <> s.expected - 'rawData'
            or s.told_common <> s.is_common
            or (select jsonb_agg(r order by r) from jsonb_array_elements(s.told -> 'rawData') as r)
                <> (select jsonb_agg(r order by r) from jsonb_array_elements(s.expected -> 'rawData') as r)
        )
    $$,
    'what engine models and formulas state, as decoder.describe_vin has it'
);

-- Both candidates of a letter in one span: neither the data nor the letter tells which.
delete from catalog.segment as s using catalog.wmi as w
where w.release_id = s.release_id and w.wmi_id = s.wmi_id and w.wmi = '1AD' and 2020 not between s.year_from and s.year_to;
update catalog.segment as s set year_from = 1980, year_to = 2028
from catalog.wmi as w
where w.release_id = s.release_id and w.wmi_id = s.wmi_id and w.wmi = '1AD';
select results_eq(
    $$
    select t.model_year, d.document -> 'year', (d.document -> 'fieldConfidence' ->> 'year')::numeric < 0.6
    from (values (null), (1990), (2020), (0)) as t (model_year)
    cross join catalog.phrase as p
    cross join lateral (
        select (decoder.regular_json('1ADA1BC23LF000001') || d.common)::jsonb as document
        from decoder.decode_by_patterns(
            p.release_id, array['1ADA1BC23LF000001'], array[t.model_year], '2026-06-30', p.heads, p.pattern_confidences, p.element_weights
        ) as d
        limit 1
    ) as d
    order by t.model_year
    $$,
    $$ values (0, '2020'::jsonb, true), (1990, '1990', false), (2020, '2020', false), (null::int, '2020', true) $$,
    'of an open year the later is told, half as sure, unless the caller knows'
);

update catalog.phrase set element_weights = null, unknown_symbol_weight = null;
select results_eq(
    $$
    select pg_temp.answered(overlay(t.vin placing vin.check_digit(t.vin) from 9 for 1))
    from unnest(array['1ALA1BC28LF000001', '1ACA1BC2ALF000001', '1ACB1BC2ALF000001']) with ordinality as t (vin, ordinality)
    order by t.ordinality
    $$,
    $$ values (true), (false), (false) $$,
    'a release without weights is answered from where there is one year'
);

delete from catalog.phrase;
select ok(not pg_temp.answered('1ALA1BC28LF000001'), 'a release without texts is not answered from');

select * from finish();
rollback;
