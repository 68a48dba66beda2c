-- The release and the clock are inputs, so that a decode can be pinned, compared and tested. Callers plan generically
-- (plan_cache_mode): planning a statement costs more than running it.
create or replace function decoder.decode(release_id int, input text, model_year int, as_of timestamp)
    returns decoder.pass
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    trimmed constant text := btrim(coalesce(input, ''), ' ');
    -- Of a text of megabytes no more than a VIN is ever looked at.
    vin constant text := vin.normalize(left(trimmed, 17));
    year_limit constant int := extract(year from as_of)::int + 2;
    symbols constant bit(574) := decoder.image_symbols(vin.key_image(vin));
    wmi_text constant text := vin.wmi(vin);
    descriptor constant text := vin.descriptor(vin);
    light constant record := decoder.year_candidates(vin, true, year_limit);
    heavy constant record := decoder.year_candidates(vin, false, year_limit);
    maker record;
    wmi catalog.wmi;
    segment catalog.segment;
    other_segment catalog.segment;
    asked_segment catalog.segment;
    is_known boolean;
    is_exception boolean;
    year int;
    other_year int;
    alternative int;
    year_keys text := '***X*|Y';
    passes decoder.pass[];
    -- Of each pass.
    segments catalog.segment[];
    at int;
    choice record;
    best decoder.pass;
    is_year_open boolean;
    is_doubtful boolean;
begin
    if length(trimmed) > 17 or input is null then
        return decoder.refuse(input);
    end if;
    select
        w as wmi, s as segment, o as other_segment,
        array(select x.vin from catalog.vin_exception as x where x.release_id = release_id and x.descriptor = descriptor) as exceptions
    into maker
    from (select) as always
    left join catalog.wmi as w on w.release_id = release_id and w.wmi = wmi_text
    left join catalog.segment as s
        on s.release_id = release_id and s.wmi_id = w.wmi_id
        and s.year_from <= coalesce(case when w.is_light then light.year else heavy.year end, 0)
        and s.year_to >= coalesce(case when w.is_light then light.year else heavy.year end, 0)
    left join catalog.segment as o
        on o.release_id = release_id and o.wmi_id = w.wmi_id
        and o.year_from <= case when w.is_light then light.other_year else heavy.other_year end
        and o.year_to >= case when w.is_light then light.other_year else heavy.other_year end;
    wmi := maker.wmi;
    segment := maker.segment;
    other_segment := maker.other_segment;
    is_known := coalesce(wmi.public_at <= as_of, false);
    is_exception := vin = any(maker.exceptions);
    if wmi.is_light then
        year := light.year;
        other_year := light.other_year;
    else
        year := heavy.year;
        other_year := heavy.other_year;
    end if;
    if other_year is null and year is not null and segment.wmi_id is null then
        -- Where the data knows only the other cycle, it is right and the letter's rule is not.
        alternative := case when year <= year_limit - 30 then year + 30 when year >= 2010 then year - 30 end;
        select s.* into segment from decoder.find_segment(release_id, wmi.wmi_id, alternative) as s where alternative is not null;
        if segment.wmi_id is not null then
            year := alternative;
        end if;
    end if;
    if model_year between 1980 and year_limit and model_year is distinct from year and model_year is distinct from other_year then
        year_keys := model_year::text;
        select s.* into asked_segment from decoder.find_segment(release_id, wmi.wmi_id, model_year) as s;
        segments := array[asked_segment];
        passes := array[decoder.decode_pass(
            release_id, vin, symbols, wmi, is_known, is_exception, asked_segment, model_year, false, true, year_keys
        )];
    end if;
    -- A caller's year of its own is final, unless there is no data for it.
    if passes is null or (8 = any(passes[1].codes) and year is not null) then
        segments := segments || segment;
        passes := passes || decoder.decode_pass(
            release_id, vin, symbols, wmi, is_known, is_exception, segment, year, other_year is not null,
            coalesce(model_year <> year, false), year_keys
        );
        if other_year is not null then
            segments := segments || other_segment;
            passes := passes || decoder.decode_pass(
                release_id, vin, symbols, wmi, is_known, is_exception, other_segment, other_year, true,
                coalesce(model_year <> other_year, false), year_keys
            );
        end if;
    end if;
    at := decoder.lightest_pass(release_id, passes);
    is_year_open := false;
    if at is null then
        choice := decoder.best_pass(release_id, passes, case when is_known then wmi.vehicle_type_id end, model_year);
        at := choice.best;
        is_year_open := choice.is_year_open;
    end if;
    best := passes[at];
    best.is_year_open := is_year_open;
    is_doubtful := best.codes && array[1, 2, 3, 4, 5, 6, 7, 11, 400];
    -- The choice of the year, too, rests on nothing behind the descriptor.
    best.is_common := is_known and not is_doubtful and decoder.is_plain(vin) and cardinality(maker.exceptions) = 0
        and (segment.looks_past_descriptor or other_segment.looks_past_descriptor or asked_segment.looks_past_descriptor) is not true;
    if best.items is not null then
        best.items := best.items || array(select d from decoder.find_defaults(release_id, wmi.vehicle_type_id, best.items) as d);
        if best.body_class is null then
            best.body_class := (select max(i.value_id) from unnest(best.items) as i where i.element_id = 5);
        end if;
    end if;
    best.doubts := case
        when is_doubtful then decoder.find_doubts(best, segments[at], wmi.is_light) else decoder.undetected_doubts()
    end;
    return best;
end;
$$;
comment on function decoder.decode(int, text, int, timestamp) is
    'Decodes any text as NHTSA does: up to three model years are tried, the best decode wins. model_year is the caller''s, or null; as_of decides what is public and which years are plausible.';
