-- The release and the clock are inputs, so that a decode can be pinned, compared and tested.
create or replace function decoder.decode(release_id int, input text, model_year int, as_of timestamp)
    returns decoder.pass
    language plpgsql
    stable parallel safe
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
    trimmed constant text := btrim(coalesce(input, ''), ' ');
    -- Of a text of megabytes no more than a VIN is ever looked at.
    vin text := vin.normalize(left(trimmed, 17));
    year_limit int := extract(year from as_of)::int + 2;
    image text := vin.key_image(vin);
    symbols bit(574) := decoder.image_symbols(image);
    wmi catalog.wmi;
    is_known boolean;
    is_exception boolean;
    segments catalog.segment[];
    candidates record;
    year int;
    alternative int;
    year_keys text := '***X*|Y';
    passes decoder.pass[];
    best decoder.pass;
begin
    if length(trimmed) > 17 or input is null then
        return decoder.refuse(input);
    end if;
    select w.* into wmi from catalog.wmi as w where w.release_id = release_id and w.wmi = vin.wmi(vin);
    is_known := coalesce(wmi.public_at <= as_of, false);
    is_exception := exists (select from catalog.vin_exception as x where x.release_id = release_id and x.vin = vin);
    segments := array(select s from catalog.segment as s where s.release_id = release_id and s.wmi_id = wmi.wmi_id);
    select * into candidates from decoder.year_candidates(vin, coalesce(wmi.is_light, false), year_limit);
    year := candidates.year;
    if candidates.is_conclusive and year is not null then
        -- Where the data knows only the other cycle, it is right and the letter's rule is not.
        alternative := case when year <= year_limit - 30 then year + 30 when year >= 2010 then year - 30 end;
        if alternative is not null
            and decoder.segment_of(segments, year) is null
            and decoder.segment_of(segments, alternative) is not null
        then
            year := alternative;
        end if;
    end if;
    if model_year between 1980 and year_limit
        and model_year is distinct from year
        and model_year is distinct from candidates.other_year
    then
        year_keys := model_year::text;
        passes := array[decoder.decode_pass(
            release_id, vin, image, symbols, wmi, is_known, is_exception,
            decoder.segment_of(segments, model_year), model_year, false, true, year_keys
        )];
    end if;
    -- A caller's year of its own is final, unless there is no data for it.
    if passes is null or (8 = any(passes[1].codes) and year is not null) then
        passes := passes || decoder.decode_pass(
            release_id, vin, image, symbols, wmi, is_known, is_exception,
            decoder.segment_of(segments, year), year, not candidates.is_conclusive,
            coalesce(model_year <> year, false), year_keys
        );
        if candidates.other_year is not null then
            passes := passes || decoder.decode_pass(
                release_id, vin, image, symbols, wmi, is_known, is_exception,
                decoder.segment_of(segments, candidates.other_year), candidates.other_year, true,
                coalesce(model_year <> candidates.other_year, false), year_keys
            );
        end if;
    end if;
    best := decoder.best_pass(release_id, passes, model_year);
    best.doubts := decoder.find_doubts(best, decoder.segment_of(segments, best.year), wmi.is_light);
    return best;
end;
$$;
comment on function decoder.decode(int, text, int, timestamp) is
    'Decodes any text as NHTSA does: up to three model years are tried, the best decode wins. model_year is the caller''s, or null; as_of decides what is public and which years are plausible.';
