-- needs: fixture
begin;
select plan(2);

-- Every story of the fixture: each maker, each case (the letter in position 4), clean VINs and others, two cycles.
create temporary table looked as
select
    v.vin, lean.text_ids is not null as is_lean,
    decoder.describe_keys(lean_release.release_id, lean, w, decoder.common_heads(h.heads)) as told,
    decoder.describe_items(lean_release.release_id, full_pass) as expected
from (
    select overlay(v.text placing coalesce(vin.check_digit(v.text), '0') from 9 for 1) as vin
    from catalog.wmi as w
    cross join string_to_table('ABCDEFGHJKLMNPR', null) as letter
    cross join unnest(array['1BC2', '1DC2', '1112', '2Z11']) as characters
    cross join unnest(array['LF', 'FF', 'VA']) as year_and_plant
    cross join lateral (
        select left(w.wmi, 3) || letter || characters || '0' || year_and_plant || coalesce(nullif(substr(w.wmi, 4), ''), '000') || '001' as text
    ) as v
    where w.release_id = decoder.current_release_id()
) as v
cross join (select decoder.current_release_id() as release_id) as lean_release
cross join lateral decoder.decode(lean_release.release_id, v.vin, null, '2026-06-30', false) as lean
cross join lateral decoder.decode(lean_release.release_id, v.vin, null, '2026-06-30') as full_pass
cross join lateral (select decoder.statement_heads(lean_release.release_id) as heads) as h
left join catalog.wmi as w on w.release_id = lean_release.release_id and w.wmi = vin.wmi(v.vin);

select is_empty(
    $$ select t.is_lean from (values (true, 100), (false, 100)) as t (is_lean, at_least) where (select count(*) from looked as l where l.is_lean = t.is_lean) < t.at_least $$,
    'the fixture has VINs of both ways'
);

select is_empty(
    $$
    select l.vin, t.part, t.told, t.expected
    from looked as l
    cross join (
        select bit_or(set_bit(B'0'::bit(256), n, 1)) as bits from generate_series(0, 255) as n where decoder.field_name(n) is not null
    ) as f
    cross join lateral (
        values
        ('fields', ('{' || (l.told).fields || '}')::jsonb, ('{' || (l.expected).fields || '}')::jsonb),
        ('confidences', ('{' || (l.told).confidences || '}')::jsonb, ('{' || (l.expected).confidences || '}')::jsonb),
        ('raw', (select jsonb_agg(r order by r::text) from jsonb_array_elements(('[' || (l.told).raw || ']')::jsonb) as r),
            (select jsonb_agg(r order by r::text) from jsonb_array_elements(('[' || (l.expected).raw || ']')::jsonb) as r)),
        -- What has no bit here is added as null.
        ('elements', to_jsonb((l.told).elements & f.bits), to_jsonb((l.expected).elements & f.bits)),
        ('displacement', to_jsonb((l.told).displacement), to_jsonb((l.expected).displacement)),
        ('cylinders', to_jsonb((l.told).cylinders), to_jsonb((l.expected).cylinders)),
        ('configuration', to_jsonb((l.told).configuration), to_jsonb((l.expected).configuration)),
        ('engine model', to_jsonb((l.told).engine_model), to_jsonb((l.expected).engine_model)),
        ('fuel', to_jsonb((l.told).fuel_type), to_jsonb((l.expected).fuel_type)),
        ('engine confidence', to_jsonb((l.told).engine_confidence), to_jsonb((l.expected).engine_confidence)),
        ('confidence', to_jsonb((l.told).confidence), to_jsonb((l.expected).confidence))
    ) as t (part, told, expected)
    where l.is_lean and t.told is distinct from t.expected
    $$,
    'the keys'' texts say what their patterns say, one by one'
);

select * from finish();
rollback;
