-- What a list of VINs is decoded by, before any pattern is looked at. Inlined; "offset 0" keeps the planner from computing a value
-- anew wherever it is used.
create or replace function decoder.take_apart(release_id int, vins text[], model_years int[], as_of timestamp)
    returns table (
        ordinal int,
        model_year int,
        descriptor text,
        symbols bit(574),
        wmi_id int,
        vehicle_type_id int,
        make_ids int[],
        fields text,
        confidences text,
        statements text,
        make_field text,
        make_confidence text,
        make_statement text,
        year int,
        other_year int,
        is_decided boolean
    )
    language sql
    stable parallel safe
begin atomic
    select
        a.ordinality::int, a.model_year, a.descriptor, decoder.vin_symbols(a.vin), maker.wmi_id, maker.vehicle_type_id, maker.make_ids,
        maker.fields, maker.confidences, maker.statements, maker.make_field, maker.make_confidence, maker.make_statement,
        -- decoder.year_candidates
        case
            when a.letter_year > a.last_year or (maker.is_light and substr(a.vin, 7, 1) < 'A') then a.letter_year - 30
            else a.letter_year
        end,
        case when a.letter_year <= a.last_year and not maker.is_light then a.letter_year - 30 end,
        (a.model_year between 1980 and a.last_year) is not true
    from (
        select
            v.vin, v.model_year, v.ordinality, vin.wmi(v.vin) as wmi, vin.descriptor(v.vin) as descriptor,
            vin.model_year_code(v.vin) as letter_year, extract(year from take_apart.as_of)::int + 2 as last_year
        from unnest(take_apart.vins, take_apart.model_years) with ordinality as v (vin, model_year, ordinality)
        where v.vin is not null
        offset 0
    ) as a
    inner join catalog.wmi as maker
        on maker.release_id = take_apart.release_id and maker.wmi = a.wmi and maker.public_at <= take_apart.as_of
    where a.descriptor <> all(maker.exceptions)
    offset 0;
end;
comment on function decoder.take_apart(int, text[], int[], timestamp) is
    'Of regular VINs (decoder.is_regular; null is left out) of makers that are public and have no check-digit exception of their descriptor: what the keys are matched with, the maker''s texts (catalog.wmi), the candidates for the model year (decoder.year_candidates). is_decided: the caller''s year is none that could be.';
